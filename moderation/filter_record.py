"""How the filter did on what people judged: by week, and whether its probabilities came true. Counts by score alone."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from moderation import plots
from moderation.classifier.trial import Lines, calibration_error
from moderation.intervals import exact
from moderation.percent import between, percent
from moderation.screened import Screened
from moderation.verdict import suspicion_at

#: What became of a judged comment: CSS class, words. The mistakes stand at the bottom, where they can be compared.
KINDS = (
    ("leaked", "Refused, and it would have published it"),
    ("lost", "Fine, and it would have filed it as spam"),
    ("held", "Fine, and it would have held it"),
    ("caught", "Refused, and it would have kept it off the page"),
    ("passed", "Fine, and it would have published it"),
)
#: Judged comments from which the mean distance says something.
ENOUGH = 100
#: Edges of the bins of probability: finer where most comments are, and where the lines lie.
EDGES = (0.0, 0.02, 0.06, 0.15, 0.30, 0.50, 0.70, 0.85, 0.95, 0.98, 1.0)


@dataclass(frozen=True, slots=True)
class Total:
    """One kind of outcome over the whole time."""

    css: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Record:
    """The filter's record. `weeks` is (Monday, counts in the order of KINDS), oldest first, none left out."""

    judged: int
    spam: int
    totals: list[Total]
    weeks: list[tuple[date, list[int]]]
    stacks: plots.Stacks
    says: list[str]


@dataclass(frozen=True, slots=True)
class Bin:
    """Comments of about the same probability, in words and as a figure of the plot."""

    label: str
    number: int
    spam: int
    expected: str
    share: str
    interval: str
    reach: plots.Reach | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether probabilities came true.

    Attributes:
        error: the mean distance, in words; "" where nothing was judged.
        too_few: so little was judged that it may be chance.
    """

    bins: list[Bin]
    error: str
    too_few: bool


def record(judged: Iterable[Screened], lines: Lines) -> Record:
    """What the filter would have done by these lines with what people judged."""
    judged = list(judged)
    weeks: dict[date, Counter] = {}
    for one in judged:
        weeks.setdefault(_monday(one), Counter())[kind_of(one, lines)] += 1
    names = [css for css, _ in KINDS]
    first, last = min(weeks, default=None), max(weeks, default=None)
    every = [first + timedelta(weeks=at) for at in range((last - first).days // 7 + 1)] if weeks else []
    counts = [(monday, [weeks.get(monday, Counter())[name] for name in names]) for monday in every]
    totals = Counter()
    for counter in weeks.values():
        totals += counter
    spam = sum(one.spam for one in judged)
    return Record(
        judged=len(judged),
        spam=spam,
        totals=[Total(css, label, totals[css]) for css, label in KINDS],
        weeks=counts,
        stacks=plots.stacks([week for _, week in counts], names),
        says=_says(totals, spam, len(judged) - spam),
    )


def kind_of(one: Screened, lines: Lines) -> str:
    """Which of KINDS a judged comment is, by its score alone."""
    held, filed = (one.score >= suspicion_at(line) for line in (lines.hold, lines.spam))
    if one.spam:
        return "caught" if held else "leaked"
    return "lost" if filed else "held" if held else "passed"


def calibration(judged: Sequence[Screened]) -> Calibration:
    """What share of each bin people called spam, beside what the filter had said."""
    bins: list[list[Screened]] = [[] for _ in EDGES[1:]]
    for one in judged:
        bins[bisect_right(EDGES, one.p) - 1].append(one)
    error = calibration_error([(one.p, bool(one.spam)) for one in judged])
    return Calibration(
        bins=[_bin(at, some) for at, some in enumerate(bins)],
        error="" if error is None else f"{100 * error:.1f}",
        too_few=len(judged) < ENOUGH,
    )


def _bin(at: int, some: list[Screened]) -> Bin:
    low, high = EDGES[at], EDGES[at + 1]
    label = f"{low * 100:.0f} to {high * 100:.0f}"
    if not some:
        return Bin(label, 0, 0, "", "", "", None)
    spam, mean = sum(bool(one.spam) for one in some), sum(one.p for one in some) / len(some)
    interval, share = exact(spam, len(some)), spam / len(some)
    reach = plots.reach(at, len(EDGES) - 1, interval.low, interval.high, share, mean)
    return Bin(label, len(some), spam, percent(mean), percent(share), between(interval), reach)


def _says(totals: Counter, spam: int, fine: int) -> list[str]:
    said = []
    if spam:
        leaked = totals["leaked"]
        said.append(
            f"Of {spam} that people refused, its score alone would have published {leaked or 'none'}"
            f"{_share(leaked, spam)}."
        )
    if fine:
        held, lost = totals["held"], totals["lost"]
        said.append(
            f"Of {fine} that people found fine, it would have held {held or 'none'}{_share(held, fine)}"
            f" and filed {lost or 'none'} as spam{_share(lost, fine)}."
        )
    return said


def _share(hits: int, trials: int) -> str:
    return f", {percent(hits / trials)} ({between(exact(hits, trials))})" if hits else ""


def _monday(one: Screened) -> date:
    day = timezone.localdate(one.at)
    return day - timedelta(days=day.weekday())
