"""Numbers that other parts of the desk keep, asked for in one place each. A part that has none leaves its line out."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the numbers page: what is counted, and how many, in words."""

    label: str
    says: str


def desk_lines(first: date, last: date) -> list[Line]:
    """Reports, appeals and the like for the numbers page, in a constant number of queries."""
    return []


def appeals_by_month(first: date, last: date) -> dict[date, tuple[int, int]]:
    """By the first day of each month: appeals decided, and those of them that were granted. At most one query."""
    return {}
