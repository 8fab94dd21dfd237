"""Pages by key: any page of a long list costs what the first one costs, and no page counts or skips rows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

from django.db.models import Count, Max, Min, Q, QuerySet

#: Rows that one request looks through for a search that no index answers.
MOST_SIFTED = 5_000
MOST_KEY = 2**63 - 1
Sift = Callable[[QuerySet], QuerySet]
#: A row's number, or the value of another column and the number, which tells rows of one value apart.
Key = int | tuple[float, int]
WRITTEN = re.compile(r"(?:(-?[0-9]{1,17}(?:\.[0-9]{1,17})?(?:e[-+][0-9]{1,3})?)_)?([1-9][0-9]{0,18})", re.ASCII)


class NoKey(ValueError):
    """A text that is not the key of any row."""


@dataclass(frozen=True, slots=True)
class Page:
    """Keys of one page in display order, and the keys from which the pages around it go on.

    Attributes:
        previous: pass it as `before` for the page before, None on the first page.
        next: pass it as `after` for the page after, None on the last page.
        cut: the sifting stopped at its limit; there may be more from `next` on.
    """

    ids: list[int]
    previous: Key | None = None
    next: Key | None = None
    cut: bool = False


def page_of(
    branches: Sequence[QuerySet],
    *,
    size: int,
    descending: bool,
    after: Key | None = None,
    before: Key | None = None,
    sift: Sift | None = None,
    by: str = "",
) -> Page:
    """One page of the rows of all branches together, ordered by key.

    Args:
        branches: querysets without a row in common. Apart, each walks its own index; joined by OR they would be
            sorted whole, or the table walked, on both databases.
        size: rows a page.
        descending: newest first, or the highest value of `by`.
        after: show what comes after this key; `before`: the page that ends before this key.
        sift: conditions without an index, applied within a stretch of MOST_SIFTED rows of each branch.
        by: a column of floats to order by before the number; keys are pairs then.
    """
    return page_by(
        lambda down, start: _scan(branches, size, down, start, sift, by), size, descending, after=after, before=before
    )


def page_by(
    scan: Callable[[bool, Key | None], tuple[list[Key], Key | None]],
    size: int,
    descending: bool,
    after: Key | None = None,
    before: Key | None = None,
) -> Page:
    """The same of whatever is scanned: `scan(descending, start)` gives what `_scan` does."""
    if before is not None:
        found, end = scan(not descending, before)
        if len(found) > size or end is not None:
            keys = found[:size][::-1]
            first = keys[0] if len(found) > size else end
            return Page(_ids(keys), previous=first, next=keys[-1] if keys else before, cut=end is not None and not keys)
        # The first page is near: show it whole and not what is left of it.
    found, end = scan(descending, after)
    keys = found[:size]
    previous = keys[0] if after is not None and keys else None
    if len(found) > size:
        return Page(_ids(keys), previous, keys[-1])
    return Page(_ids(keys), previous, end, cut=end is not None)


def write_key(key: Key) -> str:
    """A key for an address: "17", or "-40338.25_17" with every digit that the database has."""
    return f"{key[0]!r}_{key[1]}" if isinstance(key, tuple) else str(key)


def read_key(text: str) -> Key:
    """The key that `write_key` wrote. Raises NoKey for anything else."""
    found = WRITTEN.fullmatch(text)
    if not found or int(found[2]) > MOST_KEY:
        raise NoKey(text)
    if found[1] is None:
        return int(found[2])
    value = float(found[1])
    if not isfinite(value) or repr(value) != found[1]:
        raise NoKey(text)
    return value, int(found[2])


def _scan(
    branches: Sequence[QuerySet], size: int, descending: bool, start: Key | None, sift: Sift | None, by: str
) -> tuple[list[Key], Key | None]:
    """At most `size` + 1 keys from `start` on, and the key at which the sifting stopped early, or None."""
    branches = [_ordered(branch, descending, by, start) for branch in branches]
    end = None
    if sift:
        ends = [key for branch in branches if (key := _end_of_stretch(branch, descending, by)) is not None]
        if ends:
            end = max(ends) if descending else min(ends)
            branches = [branch.filter(_within(end, descending, by)) for branch in branches]
        branches = [sift(branch) for branch in branches]
    rows = [row if by else row[0] for branch in branches for row in _keys(branch, by)[: size + 1]]
    return sorted(rows, reverse=descending)[: size + 1], end


def in_order(branch: QuerySet, size: int, descending: bool, by: str, start: Key | None = None) -> QuerySet:
    """At most `size` + 1 keys of one branch from `start` on, as rows of one or two columns."""
    return _keys(_ordered(branch, descending, by, start), by)[: size + 1]


def _ordered(branch: QuerySet, descending: bool, by: str, start: Key | None) -> QuerySet:
    sign = "-" if descending else ""
    branch = branch.order_by(*([f"{sign}{by}", f"{sign}pk"] if by else [f"{sign}pk"]))
    return branch if start is None else branch.filter(_beyond(start, descending, by))


def _keys(branch: QuerySet, by: str) -> QuerySet:
    return branch.values_list(*((by, "pk") if by else ("pk",)))


def _beyond(start: Key, descending: bool, by: str) -> Q:
    word = "lt" if descending else "gt"
    if not isinstance(start, tuple):
        return Q((f"pk__{word}", start))
    value, pk = start
    # The first condition is the index's; the second alone, being an OR, would be no range on either database.
    return Q((f"{by}__{word}e", value)) & (Q((f"{by}__{word}", value)) | Q((f"pk__{word}", pk)))


def _end_of_stretch(branch: QuerySet, descending: bool, by: str) -> Key | None:
    """The key of the last of MOST_SIFTED rows; None where there are fewer."""
    extreme, column = (Min if descending else Max), by or "pk"
    stretch = branch.values(*{"pk", column})[:MOST_SIFTED].aggregate(n=Count("pk"), end=extreme(column))
    if stretch["n"] < MOST_SIFTED:
        return None
    # Rows of one value stand in one stretch together, so that the next begins behind the last possible of them.
    return (stretch["end"], 1 if descending else MOST_KEY) if by else stretch["end"]


def _within(end: Key, descending: bool, by: str) -> Q:
    word = "gte" if descending else "lte"
    return Q((f"{by}__{word}", end[0])) if isinstance(end, tuple) else Q((f"pk__{word}", end))


def _ids(keys: Sequence[Key]) -> list[int]:
    return [key[1] if isinstance(key, tuple) else key for key in keys]


def count_up_to(branches: Sequence[QuerySet], most: int) -> str:
    """How many rows, for a label: exact up to `most`, then "99+". Looks at no more rows than that."""
    found = sum(branch.order_by().values("pk")[: most + 1].count() for branch in branches)
    return f"{most}+" if found > most else str(found)
