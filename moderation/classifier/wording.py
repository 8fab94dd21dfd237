"""What a comment says: its words, pairs of words and runs of letters."""

from __future__ import annotations

from .seen import Seen

#: Letters of a run.
RUN = 4
_MOST_LETTERS = 2000
_SHORT = 12


def words(seen: Seen) -> list[str]:
    """Each word."""
    return seen.words


def pairs(seen: Seen) -> list[str]:
    """Each two words in a row."""
    return [f"{one} {two}" for one, two in seen.pairs]


def line(seen: Seen) -> str:
    """All words in a row: runs of letters go over their edges, for endings, and languages that do not part words."""
    return f" {' '.join(seen.words)} "[:_MOST_LETTERS]


def whole(seen: Seen) -> list[str]:
    """A short text as a whole: "Thank you" is sent by many."""
    return [" ".join(seen.words)] if len(seen.words) <= _SHORT else []
