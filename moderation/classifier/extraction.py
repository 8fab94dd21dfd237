"""From evidence to features: one table of groups, each a function that names what it sees.

What a feature is called is hashed into one fixed space, so that the model has one size for ever and knows no word
(K. Weinberger et al., "Feature hashing for large scale multitask learning", 2009).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from math import sqrt
from typing import NamedTuple
from zlib import crc32

from moderation.filters.evidence import Signal
from moderation.filters.learned import UNWEIGHED

from . import addresses, author, layout, surroundings, wording
from .features import SPACE, Features, Group, exact
from .seen import Seen


class Kind(NamedTuple):
    """A group of features.

    Args:
        name: what it is called, in the hash too.
        part: under which of the named parts of the score it is counted; see explain.py.
        value: what the group counts: each feature this much or, where `shared`, all of them together as much as one
            vector of this length, so that a long text says no more than a short one.
    """

    name: str
    part: str
    find: Callable[[Seen], list[str]] | None
    value: float
    shared: bool = False

    def numbers(self, seen: Seen) -> list[int]:
        """Its features in a comment, each once, ascending."""
        return _hashed(self.name, self.find(seen)) if self.find else sorted(set(runs_hashed(wording.line(seen))))


KINDS: tuple[Kind, ...] = (
    Kind("words", "wording", wording.words, 3.0, True),
    Kind("pairs", "wording", wording.pairs, 1.8, True),
    Kind("letters", "wording", None, 3.6, True),  # of the line of words: see `runs_hashed`
    Kind("whole", "wording", wording.whole, 1.2),
    Kind("name", "author", author.name, 1.8, True),
    Kind("name shape", "author", author.shape, 0.5),
    Kind("addresses", "addresses", addresses.parts, 4.8, True),
    Kind("links", "addresses", addresses.shape, 1.0),
    Kind("layout", "layout", layout.layout, 0.4),
    Kind("script", "script", layout.script, 0.42),
    Kind("tricks", "tricks", layout.tricks, 0.5),
    Kind("relevance", "relevance", surroundings.relevance, 0.5),
    Kind("thread", "thread", surroundings.thread, 0.42),
    Kind("memory", "memory", surroundings.memory, 0.5),
    Kind("likeness", "likeness", surroundings.likeness, 0.3),
    Kind("echo", "echo", surroundings.echo, 0.48),
    Kind("site", "site", surroundings.site, 0.3),
    Kind("circumstances", "circumstances", surroundings.circumstances, 0.3),
)
FINDING = exact(0.33)
#: The weight that every comment has: how the site's share of spam differs from the sites that the prior knows.
ALWAYS = Group("always", exact(1.28), (0,))


def of_seen(seen: Seen, signals: Iterable[Signal]) -> Features:
    """The features of a comment in which the filters found `signals`, without what it is to be remembered by."""
    groups = [ALWAYS]
    for kind in KINDS:
        if ids := kind.numbers(seen):
            value = kind.value / sqrt(len(ids)) if kind.shared else kind.value
            groups.append(Group(kind.name, exact(value), tuple(ids)))
    weighed = [signal for signal in signals if signal.family not in UNWEIGHED]
    if ids := _hashed("finding", [signal.code for signal in weighed]):
        groups.append(Group("findings", FINDING, tuple(ids)))
    return Features(tuple(groups), tuple((signal.code, signal.weight) for signal in weighed))


def _hashed(kind: str, told: Iterable[str]) -> list[int]:
    """The numbers of some features of a kind, each once, ascending."""
    begun, rest = crc32(f"{kind} ".encode()), SPACE - 1
    return sorted({crc32(each.encode("utf-8", "surrogatepass"), begun) % rest + 1 for each in set(told)})


def runs_hashed(line: str) -> list[int]:
    """The numbers of a line's runs of letters, in their order."""
    begun, rest, run = crc32(b"letters "), SPACE - 1, wording.RUN
    starts = range(len(line) - run + 1)
    if line.isascii():
        data = line.encode()  # a byte a letter: cut once encoded, a long text's two thousand runs take half the time
        return [crc32(data[at : at + run], begun) % rest + 1 for at in starts]
    return [crc32(line[at : at + run].encode("utf-8", "surrogatepass"), begun) % rest + 1 for at in starts]


@lru_cache(maxsize=8192)
def runs_of_word(word: str) -> tuple[int, ...]:
    """The numbers of the runs in a word that stands alone."""
    return tuple(runs_hashed(f" {word} "))


@lru_cache(maxsize=32_768)
def hashed(kind: str, told: str) -> int:
    """The number of a feature; 0 is kept for `ALWAYS`."""
    return crc32(f"{kind} {told}".encode("utf-8", "surrogatepass")) % (SPACE - 1) + 1
