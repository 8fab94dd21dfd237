"""What the public page of numbers says, month by month.

Only whole months are shown: a running count would tell a reader that the comment refused an hour ago was the one that
they saw. Reasons that were used fewer than LEAST times in a month stand together without their names, so that nobody
who knows of one refusal learns its reason; how many that are is not more than the difference of two public counts.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Q, Sum, Value, When
from django.utils import timezone

from comments.models import Reason
from moderation.elsewhere import appeals_by_month
from moderation.models import DayTally
from moderation.numbers import net
from moderation.percent import percent
from moderation.waits import in_words, quantile

MONTHS = 12
LEAST = 5
SHOWN = (
    Q(name__startswith="act.")
    | Q(name__startswith="reason.")
    | Q(name__startswith="wait.")
    | Q(name__startswith="undone:act.")
    | Q(name__startswith="undone:reason.")
)
ACTS = {
    "published_people": ("act.approve.person",),
    "published_machine": ("act.approve.system",),
    "refused": ("act.reject.person",),
    "spam_people": ("act.spam.person",),
    "spam_machine": ("act.spam.system",),
}


@dataclass(frozen=True, slots=True)
class Month:
    """One month's decisions. `reasons` are (words, count) of those used at least LEAST times, most used first.

    Attributes:
        rare: whether rejections had other reasons besides.
        appeals: decided and granted, or None where the site has no appeals.
    """

    first: date
    published_people: int
    published_machine: int
    refused: int
    spam_people: int
    spam_machine: int
    undone: int
    reasons: list[tuple[str, int]]
    rare: bool
    median: str
    appeals: tuple[int, int] | None

    @property
    def total(self) -> int:
        return self.published_people + self.published_machine + self.refused + self.spam_people + self.spam_machine

    @property
    def automatic(self) -> str:
        """The share that no person decided."""
        return percent((self.published_machine + self.spam_machine) / self.total) if self.total else ""


def months(now: datetime) -> list[Month]:
    """The last MONTHS whole months of the site's time zone, newest first, from the first with a decision on."""
    this = timezone.localdate(now).replace(day=1)
    wanted = [_back(this, number) for number in range(1, MONTHS + 1)]
    counts: dict[date, Counter] = {month: Counter() for month in wanted}
    # Not TruncMonth: on SQLite that calls Python for every row, two seconds for a year of a large site.
    which = Case(*(When(day__gte=month, then=Value(at)) for at, month in enumerate(wanted)))
    rows = DayTally.objects.filter(SHOWN, day__gte=wanted[-1], day__lt=this).annotate(at=which)
    for at, name, number in rows.values_list("at", "name").annotate(Sum("count")):
        counts[wanted[at]][name] = number
    appeals = appeals_by_month(wanted[-1], this)
    found = [_month(month, counts[month], appeals.get(month)) for month in wanted]
    while found and not found[-1].total:
        found.pop()
    return found


def _month(first: date, counts: Counter, appeals: tuple[int, int] | None) -> Month:
    acts = {field: sum(net(counts, name) for name in names) for field, names in ACTS.items()}
    reasons = sorted(
        ((reason.label.partition(" (")[0], net(counts, f"reason.{reason}")) for reason in Reason),
        key=lambda pair: (-pair[1], pair[0]),
    )
    shown = [pair for pair in reasons if pair[1] >= LEAST]
    waits: Counter = Counter()
    for name, number in counts.items():
        if name.startswith(("wait.person.", "wait.system.")):
            waits[int(name.rpartition(".")[2])] += number
    return Month(
        first=first,
        **acts,
        undone=sum(number for name, number in counts.items() if name.startswith("undone:act.")),
        reasons=shown,
        rare=any(0 < number < LEAST for _, number in reasons),
        median=in_words(quantile(waits, 0.5)),
        appeals=appeals,
    )


def _back(month: date, number: int) -> date:
    """The first day of the month that lies `number` months before."""
    year, before = divmod(month.year * 12 + month.month - 1 - number, 12)
    return date(year, before + 1, 1)
