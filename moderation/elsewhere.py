"""Numbers that other parts of the desk keep, asked for in one place each."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import TruncMonth

from moderation.days import midnight
from moderation.models import Appeal, Report


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of the numbers page: what is counted, how many, and what became of them in words."""

    label: str
    number: int
    says: str


def desk_lines(first: date, last: date) -> list[Line]:
    """Reports and appeals of the days from `first` to `last` for the numbers page, in two queries."""
    reports = _counted(Report, first, last)
    appeals = _counted(Appeal, first, last)
    upheld, granted = reports[Report.State.UPHELD], appeals[Appeal.State.GRANTED]
    judged, answered = upheld + reports[Report.State.DISMISSED], granted + appeals[Appeal.State.DENIED]
    return [
        Line("Reports", reports.total(), f"{upheld} of {judged} judged were right" if judged else ""),
        Line("Appeals", appeals.total(), f"{granted} of {answered} answered were granted" if answered else ""),
    ]


def appeals_by_month(first: date, last: date) -> dict[date, tuple[int, int]]:
    """By the first day of each month before `last`: appeals decided, and those of them that were granted. One query."""
    decided = Appeal.objects.filter(decided_at__gte=midnight(first), decided_at__lt=midnight(last))
    rows = decided.annotate(month=TruncMonth("decided_at")).order_by().values("month", "state").annotate(n=Count("pk"))
    found: dict[date, tuple[int, int]] = {}
    for row in rows:
        month = row["month"].date()
        all_of_it, granted = found.get(month, (0, 0))
        found[month] = (all_of_it + row["n"], granted + row["n"] * (row["state"] == Appeal.State.GRANTED))
    return found


def _counted(model: type[Report] | type[Appeal], first: date, last: date) -> Counter:
    """How many came in in these days, by what became of them."""
    came = model.objects.filter(created_at__gte=midnight(first), created_at__lt=midnight(last + timedelta(days=1)))
    return Counter(dict(came.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n")))
