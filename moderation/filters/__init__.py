"""The filters: every one looks at every comment, and none ends the run early.

A filter is a plain function of the evidence and of one shared reading of it, without clock, chance, database
or network, so that a stored screening can be replayed. What the signals lead to is decided in
`moderation.verdict`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from . import disguise, duplicates, history, links, relevance, rules, shape, timing
from .evidence import Evidence, Signal
from .reading import Reading

__all__ = ["FILTERS", "Filter", "FilterFailed", "run"]


class Filter(NamedTuple):
    """A named way to look at a comment."""

    name: str
    find: Callable[[Evidence, Reading], list[Signal]]


FILTERS: tuple[Filter, ...] = (
    Filter("rules", rules.find),
    Filter("links", links.find),
    Filter("duplicates", duplicates.find),
    Filter("timing", timing.find),
    Filter("history", history.find),
    Filter("disguise", disguise.find),
    Filter("shape", shape.find),
    Filter("relevance", relevance.find),
)


class FilterFailed(Exception):
    """A filter raised; the comment was not fully screened, so the caller must hold it.

    The original error is the `__cause__`.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"the filter {name!r} failed")
        self.name = name


def run(evidence: Evidence, reading: Reading | None = None) -> list[Signal]:
    """What all filters find, in the order of `FILTERS`.

    Args:
        evidence: what is known of the comment.
        reading: of the same comment, where there is one already.

    Raises:
        FilterFailed: a filter raised. Findings of the others are not returned: half a screening could
        publish.
    """
    reading = reading or Reading(evidence)
    signals: list[Signal] = []
    for name, find in FILTERS:
        try:
            signals.extend(find(evidence, reading))
        except Exception as error:
            raise FilterFailed(name) from error
    return signals
