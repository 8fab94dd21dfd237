"""One comment as the classifier reads it: the filters' reading, with disguised words put back together."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from comments.links import Link
from moderation.filters.evidence import Evidence
from moderation.filters.reading import Reading
from moderation.filters.words import Word, with_runs_joined

#: Words of a body that are read; they fill a screen, and the rest says nothing new.
MOST_WORDS = 400
MOST_LINKS = 60

_LEET = str.maketrans("013457@$", "oieastas")


class Scale(NamedTuple):
    """A number put on a ladder: `step` says between which of the ladder's rungs it lies."""

    rungs: tuple[float, ...]

    def step(self, number: float) -> int:
        """0 up to the first rung, 1 up to the second, and so on."""
        return bisect_left(self.rungs, number)


class Seen:
    """The evidence with what several groups of features need of it. Made for one screening and thrown away with it."""

    def __init__(self, evidence: Evidence, reading: Reading) -> None:
        self.evidence = evidence
        self.reading = reading
        self.leet = 0
        #: Where each of `words` stands in the folded body.
        self.places: list[Word] = with_runs_joined(reading.body.words, reading.body.spelled_out)[:MOST_WORDS]
        self.words: list[str] = [self._plain(word.text) for word in self.places]

    @cached_property
    def name_words(self) -> list[str]:
        """The words of the sender's name."""
        return [word.text for word in self.reading.name.words]

    @cached_property
    def links(self) -> list[Link]:
        """The links in the body, at most MOST_LINKS."""
        return self.reading.links[:MOST_LINKS]

    @cached_property
    def site(self) -> str:
        """The host of the sender's website without "www.", or ""."""
        return bare(self.reading.website_host)

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """Every host that the comment leads to, each once, the website's first."""
        named = [self.site, *(bare(link.host) for link in self.links)]
        return tuple(dict.fromkeys(host for host in named if host))

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """Words that follow one another."""
        return list(pairwise(self.words))

    def _plain(self, word: str) -> str:
        """A word with its digits read as letters where it is one in disguise; a number as its count of digits."""
        if word.isalpha():
            return word
        if word.isdigit():
            return "0" * min(len(word), 5)
        if len(word) > 3 and 2 * sum(map(str.isdigit, word)) < len(word):
            letters = word.translate(_LEET)
            if letters.isalpha():
                self.leet += 1
                return letters
        return word


def bare(host: str) -> str:
    """A host without its "www."."""
    return host.removeprefix("www.")
