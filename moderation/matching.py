"""Which comments an order about "everything that matches" means: walked by number, counted with a limit."""

from django.db.models import Count, Max, QuerySet

from comments.models import Comment
from moderation import queue
from moderation.forms import QueueFilter
from moderation.models import Batch
from moderation.pages import MOST_SIFTED, Page, page_of
from moderation.transitions import TRANSITIONS, WHO, allows

MOST_COUNTED = 100_000
PAGING = ("after", "before", "focus", "order")


def kept(chosen: dict) -> dict:
    """The cleaned data of a `QueueFilter` as an order keeps it: what is set, without the place on the page."""
    return {name: value for name, value in chosen.items() if value and name not in PAGING}


def whole(chosen: dict) -> dict:
    """What `kept` kept, with every word of a `QueueFilter` again."""
    return {**dict.fromkeys(QueueFilter.base_fields), "tab": "pending", **chosen}


def count(chosen: dict, action: str = "", until: int | None = None) -> tuple[int, bool]:
    """How many match, up to the comment `until`, and whether there may be more.

    What no index answers is counted within one stretch only.

    With an act, those for which the act is possible.
    """
    branches, sift = _branches(chosen, action)
    if until is not None:
        branches = [branch.filter(pk__lte=until) for branch in branches]
    if sift is None:
        found = sum(branch.order_by().values("pk")[: MOST_COUNTED + 1].count() for branch in branches)
        return min(found, MOST_COUNTED), found > MOST_COUNTED
    found, more = 0, False
    for branch in branches:
        stretch = branch.order_by("pk").values("pk")[:MOST_SIFTED].aggregate(n=Count("pk"), end=Max("pk"))
        if stretch["n"]:
            found += sift(branch.filter(pk__lte=stretch["end"])).count()
        more = more or stretch["n"] == MOST_SIFTED
    return found, more


def sample(chosen: dict, size: int) -> list[int]:
    """The numbers of some that match: the first of what the queue shows."""
    branches, sift = _branches(chosen, "")
    return page_of(branches, size=size, descending=chosen["tab"] != "pending", sift=sift).ids


def walk(batch: Batch, size: int) -> Page:
    """The next comments of a batch behind its cursor, lowest number first. `next` is None on the last stretch."""
    branches, sift = _branches(whole(batch.chosen), batch.action)
    branches = [branch.filter(pk__lte=batch.until) for branch in branches]
    return page_of(branches, size=size, descending=False, after=batch.cursor, sift=sift)


def meant(batch: Batch, before: dict) -> bool:
    """Whether a comment in this state is one of those that the order is about, as far as its state goes."""
    tab = whole(batch.chosen)["tab"]
    was = Comment(status=before["status"], proposed_revision=before["proposed_revision"])
    listed = tab in ("all", was.status) or (tab == "pending" and was.proposed_revision is not None)
    return listed and allows(batch.action, was, WHO.PERSON)


def others(batch: Batch, ids: set[int]) -> set[int]:
    """Which of these comments the filters mean apart from the tab: the post, the sender, the words."""
    branches, sift = queue.matching({**whole(batch.chosen), "tab": "all"})
    branches = [branch.filter(pk__in=ids) for branch in branches]
    return {pk for branch in branches for pk in (sift(branch) if sift else branch).values_list("pk", flat=True)}


def _branches(chosen: dict, action: str) -> tuple[list[QuerySet], queue.Callable | None]:
    branches, sift = queue.matching(chosen)
    if transition := TRANSITIONS.get(action):
        branches = [branch.filter(status__in=sorted(transition.sources)) for branch in branches]
        if transition.edit is not None:
            branches = [branch.filter(proposed_revision__isnull=not transition.edit) for branch in branches]
    return branches, sift
