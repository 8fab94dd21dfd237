"""The desk's lists: what waits, oldest first, and what was decided, newest first; filtered, a page at a time."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse

from blog.models import Post
from comments.models import Comment
from moderation.forms import QueueFilter
from moderation.items import Item, gather
from moderation.models import Review, Signal
from moderation.pages import Page, count_up_to, page_of

SIZE = 25
MOST_COUNTED = 99
S = Comment.Status
LINKED = Q(body__contains="://") | Q(body__icontains="www.") | ~Q(website="")


def _pending(rows: QuerySet) -> list[QuerySet]:
    """`Comment.objects.pending()` in two parts without a row in common, each with an index of its own."""
    return [
        rows.filter(status=S.PENDING),
        rows.filter(proposed_revision__isnull=False).exclude(status=S.PENDING),
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


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab's code, label, address, and how many there are ("99+" for more); nothing for all."""

    code: str
    label: str
    address: str
    count: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One filter in force, in words, and the address without it."""

    says: str
    without: str


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue. `place` is its query string, for coming back after a decision."""

    tab: str
    items: list[Item]
    tabs: list[Tab]
    narrowings: list[Narrowing]
    place: str
    page: Page
    previous: str
    next: str
    first: str


def read(chosen: dict) -> Queue:
    """The page that the cleaned data of a `QueueFilter` asks for."""
    code = chosen["tab"]
    page = page_of(
        TABS[code][1](_rows(chosen)),
        size=SIZE,
        descending=code != "pending",
        after=chosen["after"],
        before=chosen["before"],
        sift=_sift(chosen),
    )
    return Queue(
        tab=code,
        items=gather(page.ids),
        tabs=[
            Tab(
                each,
                label,
                address({"tab": each}),
                "" if each == "all" else count_up_to(branches(Comment.objects.all()), MOST_COUNTED),
            )
            for each, (label, branches) in TABS.items()
        ],
        narrowings=_narrowings(chosen),
        place=place(chosen),
        page=page,
        previous=address({**chosen, "before": page.previous, "after": None}) if page.previous else "",
        next=address({**chosen, "after": page.next, "before": None}) if page.next else "",
        first=address({**chosen, "after": None, "before": None}) if chosen["after"] or chosen["before"] else "",
    )


def place(chosen: dict) -> str:
    """The query string of a page of the queue: known words only, defaults left out."""
    query = QueryDict(mutable=True)
    for name in QueueFilter.base_fields:
        value = chosen.get(name)
        if value and (name, value) != ("tab", "pending"):
            query[name] = "1" if value is True else str(value)
    return query.urlencode()


def address(chosen: dict) -> str:
    """The address of a page of the queue."""
    query = place(chosen)
    return reverse("moderation:queue") + (f"?{query}" if query else "")


def place_from(raw: str) -> str:
    """The place that a form carried along, as far as it is one of ours; otherwise the first page."""
    form = QueueFilter(QueryDict(raw[:1000]))
    return place(form.cleaned_data) if form.is_valid() else ""


def matching(chosen: dict) -> tuple[list[QuerySet], Callable[[QuerySet], QuerySet] | None]:
    """What a filter means, whatever the page: querysets without a row in common, and the conditions to sift them by."""
    return TABS[chosen["tab"]][1](_rows(chosen)), _sift(chosen)


def narrowings(chosen: dict) -> list[Narrowing]:
    """The filters in force, in words."""
    return _narrowings(chosen)


def _rows(chosen: dict) -> QuerySet:
    """Filters that an index answers."""
    rows = Comment.objects.all()
    if chosen["post"]:
        rows = rows.filter(post=chosen["post"])
    if chosen["sender"]:
        rows = rows.filter(sender=chosen["sender"])
    return rows


def _sift(chosen: dict) -> Callable[[QuerySet], QuerySet] | None:
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


def _narrowings(chosen: dict) -> list[Narrowing]:
    says = {
        "q": lambda value: f"containing “{value}”",
        "links": lambda _: "with a link",
        "post": lambda value: f"on “{_title(value)}”",
        "signal": lambda value: f"with the finding {value}",
        "sender": lambda _: "from one browser",
        "network": lambda value: f"from the network of comment {value}",
    }
    unpaged = {**chosen, "after": None, "before": None}
    return [
        Narrowing(word(chosen[name]), address({**unpaged, name: None})) for name, word in says.items() if chosen[name]
    ]


def _title(post_id: int) -> str:
    return Post.objects.filter(pk=post_id).values_list("title", flat=True).first() or f"post {post_id}"
