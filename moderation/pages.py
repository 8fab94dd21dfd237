"""Pages by key: any page of a long list costs what the first one costs, and no page counts or skips rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, QuerySet

#: Rows that one request looks through for a search that no index answers.
MOST_SIFTED = 5_000
Sift = Callable[[QuerySet], QuerySet]


@dataclass(frozen=True, slots=True)
class Page:
    """Keys of one page in display order, and the keys from which the pages around it go on.

    Attributes:
        previous: pass it as `before` for the page before, None on the first page.
        next: pass it as `after` for the page after, None on the last page.
        cut: the sifting stopped at its limit; there may be more from `next` on.
    """

    ids: list[int]
    previous: int | None = None
    next: int | None = None
    cut: bool = False


def page_of(
    branches: Sequence[QuerySet],
    *,
    size: int,
    descending: bool,
    after: int | None = None,
    before: int | None = None,
    sift: Sift | None = None,
) -> Page:
    """One page of the rows of all branches together, ordered by key.

    Args:
        branches: querysets without a row in common. Apart, each walks its own index; joined by OR they would be
            sorted whole, or the table walked, on both databases.
        size: rows a page.
        descending: newest first.
        after: show what comes after this key; `before`: the page that ends before this key.
        sift: conditions without an index, applied within a stretch of MOST_SIFTED rows of each branch.
    """
    if before is not None:
        found, end = _scan(branches, size, not descending, before, sift)
        if len(found) > size or end is not None:
            ids = found[:size][::-1]
            first = ids[0] if len(found) > size else end
            return Page(ids, previous=first, next=ids[-1] if ids else before, cut=end is not None and not ids)
        # The first page is near: show it whole and not what is left of it.
    found, end = _scan(branches, size, descending, after, sift)
    ids = found[:size]
    previous = ids[0] if after is not None and ids else None
    if len(found) > size:
        return Page(ids, previous, ids[-1])
    return Page(ids, previous, end, cut=end is not None)


def _scan(
    branches: Sequence[QuerySet], size: int, descending: bool, start: int | None, sift: Sift | None
) -> tuple[list[int], int | None]:
    """At most `size` + 1 keys from `start` on, and the key at which the sifting stopped early, or None."""
    beyond, within = ("pk__lt", "pk__gte") if descending else ("pk__gt", "pk__lte")
    order, extreme = ("-pk", Min) if descending else ("pk", Max)
    branches = [branch.order_by(order) for branch in branches]
    if start is not None:
        branches = [branch.filter(**{beyond: start}) for branch in branches]
    end = None
    if sift:
        stretches = [
            branch.values("pk")[:MOST_SIFTED].aggregate(n=Count("pk"), end=extreme("pk")) for branch in branches
        ]
        ends = [stretch["end"] for stretch in stretches if stretch["n"] == MOST_SIFTED]
        if ends:
            end = max(ends) if descending else min(ends)
            branches = [branch.filter(**{within: end}) for branch in branches]
        branches = [sift(branch) for branch in branches]
    found = [pk for branch in branches for pk in branch.values_list("pk", flat=True)[: size + 1]]
    return sorted(found, reverse=descending)[: size + 1], end


def count_up_to(branches: Sequence[QuerySet], most: int) -> str:
    """How many rows, for a label: exact up to `most`, then "99+". Looks at no more rows than that."""
    found = sum(branch.order_by().values("pk")[: most + 1].count() for branch in branches)
    return f"{most}+" if found > most else str(found)
