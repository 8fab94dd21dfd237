"""The rows that were ticked on a page, each with the version that the page showed."""

from collections.abc import Iterable
from dataclasses import dataclass

from moderation.forms import MOST_KEY, MOST_VERSION

MOST = 200  # rows that one request may tick; everything beyond is what a filter is for


@dataclass(frozen=True, slots=True)
class Ticked:
    """A row that was ticked: the comment, and the version of it that the page showed."""

    comment_id: int
    seen: int

    def __str__(self) -> str:
        return f"{self.comment_id}:{self.seen}"


def read_ticked(values: Iterable[str]) -> tuple[list[Ticked], int]:
    """The rows that "id:version" values name, each comment once and at most MOST, and how many more there were.

    What is no such pair is left out.
    """
    found: dict[int, Ticked] = {}
    for value in values:
        left, colon, right = value.partition(":")
        comment_id, seen = _number(left, MOST_KEY), _number(right, MOST_VERSION)
        if colon and comment_id and seen:
            found.setdefault(comment_id, Ticked(comment_id, seen))
    rows = list(found.values())
    return rows[:MOST], len(rows[MOST:])


def _number(text: str, most: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= 19):
        return None
    number = int(text)
    return number if 1 <= number <= most else None
