"""Pages of a list by number: one row more than is shown tells whether there is a next page, so nothing is counted."""

import re
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, QueryDict

#: The database skips the rows before a page one by one; nobody leafs further, and a robot shall not make it try.
LAST_NUMBER = 9999
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Page:
    """What one page of a list shows, and the numbers of its neighbours; 0 where there is none."""

    rows: list
    number: int
    previous: int
    next: int

    @property
    def query(self) -> str:
        """What the page's own address ends in: nothing for the first page, `?page=2` for the second."""
        return f"?page={self.number}" if self.number > 1 else ""


def asked_number(query: QueryDict) -> int:
    """The page number in a query string; 1 where none is asked for. Raises Http404 for what is no number of a page."""
    raw = query.get("page", "1")
    if not _NUMBER.fullmatch(raw):
        raise Http404
    return int(raw)


def first_page(found: list, size: int) -> Page:
    """The first page, of rows that were read already: one more than it shows, where there are so many."""
    return Page(found[:size], 1, 0, 2 if len(found) > size else 0)


def page_of(rows: QuerySet, number: int, size: int) -> Page:
    """Return one page of an ordered queryset. Raises Http404 where the list ends before; a first page may be empty."""
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    if not found and number > 1:
        raise Http404
    more = len(found) > size and number < LAST_NUMBER
    return Page(found[:size], number, number - 1, number + 1 if more else 0)
