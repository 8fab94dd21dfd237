"""What the page of numbers shows, read from the tallies: a constant number of queries, whatever was ever decided."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum
from django.utils import timezone

from blog.models import User
from comments.models import Comment
from moderation import plots
from moderation.elsewhere import Line, desk_lines
from moderation.intervals import exact
from moderation.models import DayTally
from moderation.pages import count_up_to
from moderation.percent import between, percent
from moderation.tallies import SUSPICIOUS, UNDONE, WAITING
from moderation.waits import in_words, quantile, seconds_of

PERIODS = (30, 90)
MOST_COUNTED = 999
FIRST_FEW = 100
MOST_ROWS = 12  # of a list of people or findings
#: The outcomes of the volume plot: CSS class, words, and the tallies that it adds up.
OUTCOMES = (
    ("passed-person", "Published by people", ("act.approve.person",)),
    ("passed-machine", "Published automatically", ("act.approve.system",)),
    ("kept-person", "Refused or filed as spam by people", ("act.reject.person", "act.spam.person")),
    ("kept-machine", "Filed as spam automatically", ("act.spam.system",)),
)
BANDS = (
    ("Within an hour", 3600),
    ("Within 6 hours", 6 * 3600),
    ("Within a day", 86_400),
    ("Within 3 days", 3 * 86_400),
    ("Later", float("inf")),
)
#: Acts that decide nothing: an undo counts with what it undoes, and these of a comment's author are no moderation.
NO_JUDGEMENTS = ("undo.person", "edit.sender", "withdraw.sender")
HELD = ((SUSPICIOUS, "looked suspicious"), (WAITING, "waited because of who sent it or where"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits now; counts in words, because they stop at MOST_COUNTED."""

    comments: str
    edits: str
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Outcome:
    css: str
    label: str
    total: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list with a bar: label, number, length of the bar, and a remark."""

    label: str
    number: int
    length: float
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The page of numbers. `volume` is (day, counts in the order of `outcomes`), without the days before the first."""

    first: date
    last: date
    waiting: Waiting
    outcomes: list[Outcome]
    volume: list[tuple[date, list[int]]]
    stacks: plots.Stacks
    decided: int
    undone: int
    median: str
    slowest: str
    bands: list[Row]
    people: list[Row]
    findings: list[Row]
    held: list[str]
    more: list[Line]


def read(days: int, now: datetime) -> Numbers:
    """The numbers of the last `days` days, today included, in the site's time zone."""
    last = timezone.localdate(now)
    first = last - timedelta(days=days - 1)
    tallies = DayTally.objects.filter(day__gte=first, day__lte=last)
    totals = Counter(dict(tallies.values_list("name").annotate(Sum("count"))))
    volume = _volume(tallies, first, days)
    waits = {int(bucket): number for bucket, number in _under(totals, "wait.person.")}
    return Numbers(
        first=first,
        last=last,
        waiting=_waiting(),
        outcomes=[Outcome(css, label, sum(net(totals, name) for name in names)) for css, label, names in OUTCOMES],
        volume=volume,
        stacks=plots.stacks([counts for _, counts in volume], [css for css, _, _ in OUTCOMES]),
        decided=sum(number for act, number in _under(totals, "act.") if act not in NO_JUDGEMENTS),
        undone=sum(number for _, number in _under(totals, f"{UNDONE}act.")),
        median=in_words(quantile(waits, 0.5)),
        slowest=in_words(quantile(waits, 0.9)),
        bands=_bands(waits),
        people=_people(totals),
        findings=_findings(totals),
        held=[says for kind, words in HELD if (says := _held(totals, kind, words))],
        more=desk_lines(first, last),
    )


def net(totals: Counter, name: str) -> int:
    """How many of a tally still stand: an undone one counts as undone."""
    return max(0, totals[name] - totals[UNDONE + name])


def _waiting() -> Waiting:
    pending = Comment.objects.filter(status=Comment.Status.PENDING)
    edits = Comment.objects.filter(proposed_revision__isnull=False).exclude(status=Comment.Status.PENDING)
    return Waiting(
        comments=count_up_to([pending], MOST_COUNTED),
        edits=count_up_to([edits], MOST_COUNTED),
        # Numbers follow the time of arrival, but for what was imported or moved: hence the oldest of the first few.
        oldest=min(pending.order_by("pk").values_list("created_at", flat=True)[:FIRST_FEW], default=None),
    )


def _volume(tallies, first: date, days: int) -> list[tuple[date, list[int]]]:
    shown = [name for _, _, names in OUTCOMES for name in names]
    counts: dict[date, Counter] = {}
    for day, name, number in tallies.filter(name__in=[*shown, *(UNDONE + name for name in shown)]).values_list(
        "day", "name", "count"
    ):
        counts.setdefault(day, Counter())[name] = number
    every = [first + timedelta(days=number) for number in range(days)]
    return [
        (day, [sum(net(counts.get(day, Counter()), name) for name in names) for _, _, names in OUTCOMES])
        for day in every
    ]


def _under(totals: Counter, prefix: str) -> list[tuple[str, int]]:
    return [(name.removeprefix(prefix), number) for name, number in totals.items() if name.startswith(prefix)]


def _bands(waits: dict[int, int]) -> list[Row]:
    counts = [0] * len(BANDS)
    for bucket, number in waits.items():
        at = next(at for at, (_, most) in enumerate(BANDS) if seconds_of(bucket) <= most)
        counts[at] += number
    total, most = sum(counts), max(counts)
    return [
        Row(label, number, plots.length(number, most), percent(number / total) if total else "")
        for (label, _), number in zip(BANDS, counts, strict=True)
    ]


def _people(totals: Counter) -> list[Row]:
    load = sorted(((number, int(user)) for user, number in _under(totals, "by.")), reverse=True)[:MOST_ROWS]
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=[user for _, user in load]).defer("about")}
    most = load[0][0] if load else 0
    return [Row(names.get(user, f"Account {user}"), number, plots.length(number, most)) for number, user in load]


def _findings(totals: Counter) -> list[Row]:
    ends: dict[str, Counter] = {}
    for name, _ in _under(totals, "finding."):
        code, _, end = name.rpartition(".")
        ends.setdefault(code, Counter())[end] = net(totals, f"finding.{name}")
    found = sorted(((sum(end.values()), code) for code, end in ends.items()), key=lambda pair: (-pair[0], pair[1]))
    found = [pair for pair in found if pair[0]][:MOST_ROWS]
    most = found[0][0] if found else 0
    return [
        Row(code, number, plots.length(number, most), percent(ends[code]["published"] / number))
        for number, code in found
    ]


def _held(totals: Counter, kind: str, words: str) -> str:
    published, refused = (net(totals, f"held.{kind}.{end}") for end in ("published", "refused"))
    if not (decided := published + refused):
        return ""
    return (
        f"Of {decided} held because {'they' if decided > 1 else 'it'} {words}, people published {published or 'none'}: "
        f"{percent(published / decided)} ({between(exact(published, decided))})."
    )
