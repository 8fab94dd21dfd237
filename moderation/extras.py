"""What other parts of the desk show beside the item in focus. Read the list to know all of them.

A source looks at all items at once, so that the number of queries does not grow with them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from moderation import people, reports
from moderation.items import Item


@dataclass(frozen=True, slots=True)
class Extra:
    """A part of the focus: its template sees `item` and, as `extra`, the `content`."""

    template: str
    content: object


def _reports(items: list[Item], now: datetime) -> dict[int, Extra]:
    """The open reports of those that readers reported."""
    reported = [item.comment.pk for item in items if item.comment.open_reports]
    found = reports.of(reported) if reported else {}
    return {pk: Extra("moderation/_reported.html", filing) for pk, filing in found.items()}


def _people(items: list[Item], now: datetime) -> dict[int, Extra]:
    """Who sent each, as far as it is proven, and what is held against them."""
    found = people.of([item.comment for item in items], now)
    return {pk: Extra("moderation/_sent_by.html", known) for pk, known in found.items() if known.people}


#: Each takes items and the time, and gives by the comment's number what to show there; what is left out shows nothing.
SOURCES: list[Callable[[list[Item], datetime], dict[int, Extra]]] = [_people, _reports]


def fill(items: list[Item], now: datetime) -> None:
    """Put what every source has into `Item.extras`."""
    for source in SOURCES:
        found = source(items, now)
        for item in items:
            if item.comment.pk in found:
                item.extras.append(found[item.comment.pk])
