"""What the tabs of the queue list, filtered and a page of it; and how many there are."""

from collections.abc import Callable
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from blog.counting import CountOf
from blog.models import User
from blog.prepared import Prepared
from comments.models import Comment
from moderation import campaigns
from moderation.forms import by_urgency
from moderation.models import Review, Signal
from moderation.pages import Key, Page, in_order, page_by, page_of

#: Nothing is more urgent. Naming a range makes SQLite read edits and reports from their own indexes, also while there
#: are none of them; otherwise it may sort all comments to find nothing.
MOST_URGENT = 1e15
S = Comment.Status
LINKED = Q(body__contains="://") | Q(body__icontains="www.") | ~Q(website="")
FILTERS = ("post", "sender", "card", "q", "links", "network", "signal")


def _pending(rows: QuerySet) -> list[QuerySet]:
    """`Comment.objects.pending()` in three parts without a row in common, each with an index of its own."""
    decided = rows.filter(urgency__lte=MOST_URGENT).exclude(status=S.PENDING)
    return [
        rows.filter(status=S.PENDING),
        decided.filter(proposed_revision__isnull=False),
        decided.filter(proposed_revision__isnull=True, open_reports__gt=0),
    ]


def _with_status(status: str) -> Callable[[QuerySet], list[QuerySet]]:
    return lambda rows: [rows.filter(status=status)]


TABS: dict[str, tuple[str, Callable[[QuerySet], list[QuerySet]]]] = {
    "pending": ("Pending", _pending),
    "spam": ("Spam", _with_status(S.SPAM)),
    "rejected": ("Rejected", _with_status(S.REJECTED)),
    "published": ("Published", _with_status(S.PUBLISHED)),
    "all": ("All", lambda rows: [rows]),
}


def page(chosen: dict, size: int) -> Page:
    """The page that the cleaned data of a `QueueFilter` asks for."""
    code, urgent = chosen["tab"], by_urgency(chosen)
    descending, by = urgent or code != "pending", "urgency" if urgent else ""
    place = {"size": size, "descending": descending, "after": chosen["after"], "before": chosen["before"]}
    if not any(chosen[name] for name in FILTERS):
        return page_by(lambda down, start: (_keys(code, by, size, down, start), None), **place)
    sifting = sift(chosen)
    return page_of(
        _listed(code, rows(chosen), whole=sifting is None),
        sift=(lambda found: _uncovered(sifting(found), code)) if sifting else None,
        by=by,
        **place,
    )


def _keys(code: str, by: str, size: int, descending: bool, start: Key | None) -> list[Key]:
    """What `pages` finds in a tab without filters, by queries that are written once: so nearly every page is made."""
    at = {} if start is None else {"value": start[0], "pk": start[1]} if by else {"pk": start}
    parts = _parts(code, by, size, descending, started=start is not None)
    found = [tuple(row) if by else row[0] for part in parts for row in part.values(**at)]
    return sorted(found, reverse=descending)[: size + 1]


@lru_cache(maxsize=64)
def _parts(code: str, by: str, size: int, descending: bool, *, started: bool) -> list[Prepared]:
    branches = _listed(code, Comment.objects.all(), whole=True)
    if not started:
        return [Prepared(Comment, in_order(branch, size, descending, by).all) for branch in branches]

    def after(branch: QuerySet) -> Callable[..., QuerySet]:
        return lambda pk, value=None: in_order(branch, size, descending, by, (value, pk) if by else pk)

    examples = {"pk": 818_181_818, **({"value": -81818.25} if by else {})}
    return [Prepared(Comment, after(branch), **examples) for branch in branches]


def counted(most: int) -> dict[str, str]:
    """How many each tab has, for its label: exact up to `most`, then "99+". Looks at no more rows than that. 1 query.

    Nothing for the tab of all.
    """
    codes, numbers = _numbers(most + 1)
    totals = dict.fromkeys(codes, 0)
    for code, number in zip(codes, next(iter(numbers.rows()), ()), strict=False):
        totals[code] += number
    return {code: f"{most}+" if total > most else str(total) for code, total in totals.items()}


@lru_cache(maxsize=8)
def _numbers(most: int) -> tuple[list[str], Prepared]:
    """The tabs, each as often as it has parts, and how many these have: all at once, beside the account that asks.

    Ordered as an index has them. Without an order PostgreSQL reads the table from its beginning until it has found so
    many, however late they stand in it.
    """
    tabs = [(code, branches(Comment.objects.all())) for code, (_, branches) in TABS.items() if code != "all"]
    parts = [(code, rows) for code, branches in tabs for rows in branches]
    order = {"pending": ("-urgency", "-pk")}
    numbers = [CountOf(rows.order_by(*order.get(code, ("-pk",))).values("pk")[:most]) for code, rows in parts]
    return [code for code, _ in parts], Prepared(User, lambda: User.objects.order_by("pk").values_list(*numbers)[:1])


def rows(chosen: dict) -> QuerySet:
    """Filters that an index answers."""
    rows = Comment.objects.all()
    if chosen["post"]:
        rows = rows.filter(post=chosen["post"])
    if chosen["sender"]:
        rows = rows.filter(sender=chosen["sender"])
    if chosen["card"]:
        rows = rows.filter(campaign_membership__campaign=chosen["card"])
    return rows


def sift(chosen: dict) -> Callable[[QuerySet], QuerySet] | None:
    """Filters that look into every row of a stretch, or None."""
    condition = Q()
    if text := chosen["q"]:
        condition &= (
            Q(body__icontains=text) | Q(name__icontains=text) | Q(email__icontains=text) | Q(website__icontains=text)
        )
    if chosen["links"]:
        condition &= LINKED
    if chosen["network"]:
        # Named by a comment that came from it, so that no hash of an address stands in an address or a log.
        network = Comment.objects.filter(pk=chosen["network"]).exclude(network="").values("network")
        condition &= Q(network__in=network)
    if chosen["signal"]:
        latest = Review.objects.filter(comment=OuterRef(OuterRef("pk"))).order_by("-pk").values("pk")[:1]
        condition &= Exists(Signal.objects.filter(review=Subquery(latest), code=chosen["signal"]))
    return (lambda rows: rows.filter(condition)) if condition else None


def _listed(code: str, rows: QuerySet, *, whole: bool) -> list[QuerySet]:
    """What a tab lists: of the comments of one card that wait, one stands for all.

    Where the list is not read as a `whole` but sifted, that is a part of the sifting. PostgreSQL does not know how many
    stand behind cards, and would sort all that wait to find the end of a stretch.
    """
    branches = TABS[code][1](rows)
    return [_uncovered(branches[0], code), *branches[1:]] if whole else branches


def _uncovered(rows: QuerySet, code: str) -> QuerySet:
    """Without the pending comments behind another one of their card, in the list of what waits."""
    return rows.exclude(campaigns.hidden_behind_card(), status=S.PENDING) if code == "pending" else rows
