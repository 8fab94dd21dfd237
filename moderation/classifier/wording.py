"""What a comment says: its words, pairs of words and runs of letters."""

from __future__ import annotations

from .seen import Seen

_GRAM = 4
_MOST_LETTERS = 2000
_SHORT = 12


def words(seen: Seen) -> list[str]:
    """Each word."""
    return seen.words


def pairs(seen: Seen) -> list[str]:
    """Each two words in a row."""
    return [f"{one} {two}" for one, two in seen.pairs]


def letters(seen: Seen) -> list[str]:
    """Each run of four letters, over the edges of words: endings, and languages that do not part words."""
    line = f" {' '.join(seen.words)} "[:_MOST_LETTERS]
    return [line[at : at + _GRAM] for at in range(len(line) - _GRAM + 1)]


def whole(seen: Seen) -> list[str]:
    """A short text as a whole: "Thank you" is sent by many."""
    return [" ".join(seen.words)] if len(seen.words) <= _SHORT else []
