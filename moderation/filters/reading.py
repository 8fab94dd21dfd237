"""One comment, read once: its folded texts, words and links, worked out when a filter first asks for them."""

from __future__ import annotations

from functools import cached_property

from comments.links import Link, find_links, host_of
from comments.normalise import Folded, fold

from .evidence import Evidence, Field, Span
from .words import Word, joined_letters, words_of


class TextReading:
    """One field that the sender typed, in its original and its folded form."""

    def __init__(self, field: Field, text: str) -> None:
        self.field = field
        self.text = text

    @cached_property
    def folded(self) -> Folded:
        return fold(self.text)

    @cached_property
    def words(self) -> list[Word]:
        return words_of(self.folded.text)

    @cached_property
    def spelled_out(self) -> list[list[Word]]:
        """Words pulled apart into single letters, each as the list of its letters."""
        return joined_letters(self.folded.text, self.words)

    def cite(self, start: int, end: int) -> Span:
        """The span of the original text that `folded[start:end]` (not empty) came from."""
        first, last = self.folded.span(start, end)
        # One character may fold to several: a match of a part of them still cites that character.
        return Span(self.field, first, max(last, self.folded.origin[end - 1] + 1))

    def original(self, word: Word) -> str:
        """A word as it was typed, with whatever invisible characters stand inside it."""
        origin = self.folded.origin
        return self.text[origin[word.start] : origin[word.end - 1] + 1]

    def whole(self) -> tuple[Span, ...]:
        """The whole field, or nothing when the field is empty."""
        return (Span(self.field, 0, len(self.text)),) if self.text else ()


class Reading:
    """All that the filters read of one comment. Made for one run and thrown away with it."""

    def __init__(self, evidence: Evidence, body: TextReading | None = None) -> None:
        """`body` is the reading of the evidence's body, where there is one already."""
        self.body = body or TextReading("body", evidence.body)
        self.name = TextReading("name", evidence.name)
        self.website = TextReading("website", evidence.website)

    @cached_property
    def links(self) -> list[Link]:
        """The links in the body."""
        return find_links(self.body.text)

    @cached_property
    def website_host(self) -> str:
        """The host of the website field, or "" when it has none."""
        website = self.website.text.strip()
        if not website:
            return ""
        return host_of(website if "://" in website else f"http://{website}") or ""

    @cached_property
    def plain_words(self) -> int:
        """How many words of the body stand outside its links."""
        origin = self.body.folded.origin
        links = iter(self.links)
        link = next(links, None)
        count = 0
        for word in self.body.words:
            at = origin[word.start]
            while link is not None and link.end <= at:
                link = next(links, None)
            if link is None or at < link.start:
                count += 1
        return count
