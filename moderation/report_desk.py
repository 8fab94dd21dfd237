"""The desk's list of reported comments, the most urgent first, a page at a time by key."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import F, Q
from django.urls import reverse

from comments.models import Comment
from moderation import reports
from moderation.items import Item, gather
from moderation.reports import Filing

SIZE = 20


@dataclass(frozen=True, slots=True)
class Reported:
    """One comment and its open reports."""

    item: Item
    filing: Filing

    @property
    def published(self) -> bool:
        return self.item.comment.is_published


@dataclass(frozen=True, slots=True)
class ReportedPage:
    """A page of the list; the addresses are empty where there is no such page."""

    rows: list[Reported]
    next: str
    first: str


def read(after: tuple[float, int] | None) -> ReportedPage:
    """The page behind a comment's urgency and number, or the first one."""
    found = Comment.objects.filter(open_reports__gt=0)
    if after:
        urgency, number = after
        # The first condition says nothing new, but it is the range that the index can be entered by.
        found = found.filter(Q(urgency__lte=urgency) & (Q(urgency__lt=urgency) | Q(pk__lt=number)))
    keys = list(found.order_by(F("urgency").desc(), F("id").desc()).values_list("urgency", "pk")[: SIZE + 1])
    ids = [pk for _, pk in keys[:SIZE]]
    filings = reports.of(ids)
    rows = [Reported(item, filings[item.comment.pk]) for item in gather(ids) if item.comment.pk in filings]
    return ReportedPage(rows, _address(*keys[SIZE - 1]) if len(keys) > SIZE else "", _address() if after else "")


def _address(urgency: float | None = None, number: int = 0) -> str:
    base = reverse("moderation:reports")
    return base if urgency is None else f"{base}?{urlencode({'after': f'{urgency!r}_{number}'})}"
