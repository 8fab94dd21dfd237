"""The desk's lists: what waits, most urgent or oldest first, and what was decided, newest first; a page at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from blog.models import Post, User
from blog.prepared import Prepared
from comments.models import Comment
from moderation import campaigns, claims, focus, listed, rows
from moderation.forms import ORDERS, QueueFilter
from moderation.items import Item
from moderation.listed import TABS
from moderation.models import LedgerHead
from moderation.pages import Page, write_key
from moderation.rows import Row

SIZE = 25
MOST_COUNTED = 99
DEFAULTS = {("tab", "pending"), ("order", ORDERS[0])}


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
    """A page of the queue.

    Attributes:
        items: the rows of the list.
        ready: items with everything, the one in focus first; the others only where they were asked for ahead.
        place: its query string without the focus, for coming back after a decision.
        order: "urgent", "oldest" or "newest"; `orders` the addresses of the first two, where there is a choice.
        seen: number of the latest decision that this page knows of.
    """

    tab: str
    items: list[Row]
    ready: list[Item]
    tabs: list[Tab]
    narrowings: list[Narrowing]
    place: str
    order: str
    orders: dict[str, str]
    page: Page
    previous: str
    next: str
    first: str
    steps: tuple[int | None, int | None]
    seen: int

    @property
    def focus(self) -> Item | None:
        return self.ready[0] if self.ready else None

    @property
    def focused(self) -> str:
        """The number of the comment in focus, as rows write theirs."""
        return str(self.focus.comment.pk) if self.focus else ""

    @property
    def focusing(self) -> str:
        """The beginning of the address that puts a comment of this page in focus; its number comes behind it."""
        return f"{with_focus(self.place)}{'&' if self.place else '?'}focus="

    @property
    def position(self) -> int:
        """Where the item in focus stands on the page, from 1 on; 0 for one that is not on it."""
        ids = [row.comment.pk for row in self.items]
        return ids.index(self.focus.comment.pk) + 1 if self.focus and self.focus.comment.pk in ids else 0


class NoSuchItem(Exception):
    """No comment has the number that was to be in focus."""


def read(chosen: dict, viewer: User, now: datetime, *, ahead: bool = False) -> Queue:
    """The page that the cleaned data of a `QueueFilter` asks for.

    `ahead` gets every item of the page ready and not only the one in focus. Raises NoSuchItem.
    """
    code = chosen["tab"]
    # Read before the rows: what is decided between the two is told as news once too often, and never not at all.
    seen = next((last for (last,) in _LAST.values() if last), 0)
    page = listed.page(chosen, SIZE)
    wanted = chosen["focus"]
    held = claims.of_others(viewer, [*page.ids, *([wanted] if wanted else [])], now)
    chief = wanted or following(page.ids, None, held)
    others = [pk for pk in page.ids if pk != chief] if ahead else []
    shown = [*page.ids, wanted] if ahead and wanted and wanted not in page.ids else page.ids
    cards = campaigns.cards_for(dict.fromkeys([*shown, chief] if chief else shown))
    ready = focus.of([chief, *others] if chief else [], held, cards, now)
    if wanted and (not ready or ready[0].comment.pk != wanted):
        raise NoSuchItem(wanted)
    for item in ready:
        item.next = following(page.ids, item.comment.pk, held)
    unpaged = {**chosen, "after": None, "before": None, "focus": None}
    return Queue(
        tab=code,
        items=rows.of(shown, held, cards, now),
        ready=ready,
        tabs=[Tab(each, label, address({"tab": each}), count) for each, label, count in counts()],
        narrowings=_narrowings(unpaged),
        place=place(chosen),
        order=chosen["order"] if code == "pending" else "newest",
        orders={order: address({**unpaged, "order": order}) for order in ORDERS} if code == "pending" else {},
        page=page,
        previous=address({**unpaged, "before": page.previous}) if page.previous else "",
        next=address({**unpaged, "after": page.next}) if page.next else "",
        first=address(unpaged) if chosen["after"] or chosen["before"] else "",
        steps=_steps(page.ids, chief),
        seen=seen,
    )


_LAST = Prepared(LedgerHead, lambda: LedgerHead.objects.filter(pk=1).values_list("last"))


def following(ids: list[int], after: int | None, held: dict[int, str]) -> int | None:
    """The comment to look at after another one: the next that nobody else has open, round the end of the page.

    Where others have them all, the next one; None where there is no other.
    """
    at = ids.index(after) + 1 if after in ids else 0
    round_ = [pk for pk in ids[at:] + ids[:at] if pk != after]
    return next((pk for pk in round_ if pk not in held), round_[0] if round_ else None)


def still_listed(place: str, comment_id: int) -> bool:
    """Whether a comment is still in the tab that a place leads to; the place's filters are not asked again."""
    code = QueryDict(place).get("tab", "pending")
    return any(branch.exists() for branch in TABS[code][1](Comment.objects.filter(pk=comment_id)))


def counts() -> list[tuple[str, str, str]]:
    """Of every tab its code, label and how many there are; "" for the tab of all."""
    numbers = listed.counted(MOST_COUNTED)
    return [(code, label, numbers.get(code, "")) for code, (label, _) in TABS.items()]


def _steps(ids: list[int], at: int | None) -> tuple[int | None, int | None]:
    """The comments before and after one on the page."""
    if at not in ids:
        return None, next((pk for pk in ids if pk != at), None)
    here = ids.index(at)
    return (ids[here - 1] if here else None), (ids[here + 1] if here + 1 < len(ids) else None)


def place(chosen: dict) -> str:
    """The query string of a page of the queue: known words only, defaults left out."""
    query = QueryDict(mutable=True)
    for name in QueueFilter.base_fields:
        value = chosen.get(name)
        if not value or name == "focus" or (name, value) in DEFAULTS:
            continue
        query[name] = "1" if value is True else write_key(value) if name in ("after", "before") else str(value)
    return query.urlencode()


def address(chosen: dict) -> str:
    """The address of a page of the queue."""
    return with_focus(place(chosen))


def with_focus(place: str, focus: int | None = None) -> str:
    """The address of the queue at a place, with a comment in focus."""
    query = "&".join(part for part in (place, f"focus={focus}" if focus else "") if part)
    return reverse("moderation:queue") + (f"?{query}" if query else "")


def place_from(raw: str) -> str:
    """The place that a form carried along, as far as it is one of ours; otherwise the first page."""
    form = QueueFilter(QueryDict(raw[:1000]))
    return place(form.cleaned_data) if form.is_valid() else ""


def matching(chosen: dict) -> tuple[list[QuerySet], Callable[[QuerySet], QuerySet] | None]:
    """What a filter means, whatever the page: querysets without a row in common, and the conditions to sift them by."""
    return TABS[chosen["tab"]][1](listed.rows(chosen)), listed.sift(chosen)


def narrowings(chosen: dict) -> list[Narrowing]:
    """The filters in force, in words."""
    return _narrowings(chosen)


def _narrowings(chosen: dict) -> list[Narrowing]:
    says = {
        "q": lambda value: f"containing “{value}”",
        "links": lambda _: "with a link",
        "post": lambda value: f"on “{_title(value)}”",
        "signal": lambda value: f"with the finding {value}",
        "sender": lambda _: "from one browser",
        "card": lambda value: f"of campaign {value}",
        "network": lambda value: f"from the network of comment {value}",
    }
    return [
        Narrowing(word(chosen[name]), address({**chosen, name: None})) for name, word in says.items() if chosen[name]
    ]


def _title(post_id: int) -> str:
    return Post.objects.filter(pk=post_id).values_list("title", flat=True).first() or f"post {post_id}"
