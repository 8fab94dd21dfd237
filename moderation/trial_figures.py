"""The figures of a trial (`classifier/trial.py`): what one outcome comes to, the mean of several, a table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from math import ceil, fsum
from typing import NamedTuple

from .classifier.trial import FIRST, Outcome, area, calibration_error


@dataclass(frozen=True, slots=True)
class Figures:
    """What a trial came to; None where the comments leave a figure undefined.

    Args:
        comments, spam: how many there were.
        leaked, held, lost, decisions: per 1,000 comments: spam that was published, ham that was held, ham that was
            filed as spam and that nobody saw, and what the moderator decided about.
        first_leaked, first_held, first_decisions: the same among the first FIRST comments, in numbers.
        area: under the ROC curve.
        calibration: error of the probabilities after the first FIRST comments.
        mean_ms, p99_ms: processor time of a comment, the mean and what 99 of 100 stay within, in milliseconds.
        model_kb: what the site taught, stored, in kilobytes.
    """

    comments: float | None
    spam: float | None
    leaked: float | None
    held: float | None
    lost: float | None
    decisions: float | None
    first_leaked: float | None
    first_held: float | None
    first_decisions: float | None
    area: float | None
    calibration: float | None
    mean_ms: float | None
    p99_ms: float | None
    model_kb: float | None


def figures(outcome: Outcome) -> Figures:
    """What an outcome comes to. Without spam nothing can leak, and without ham none is held: such figures are None."""
    whole, first = outcome.whole, outcome.first
    ham, first_ham = whole.comments - whole.spam, first.comments - first.spam

    def per_thousand(count: int, among: int) -> float | None:
        return 1000 * count / whole.comments if among else None

    times = sorted(outcome.milliseconds)
    return Figures(
        comments=whole.comments,
        spam=whole.spam,
        leaked=per_thousand(whole.leaked, whole.spam),
        held=per_thousand(whole.held_ham, ham),
        lost=per_thousand(whole.lost_ham, ham),
        decisions=per_thousand(whole.decisions, whole.comments),
        first_leaked=first.leaked if first.spam else None,
        first_held=first.held_ham if first_ham else None,
        first_decisions=first.decisions if first.comments else None,
        area=area(outcome.judged),
        calibration=calibration_error(outcome.judged[FIRST:]),
        mean_ms=fsum(times) / len(times) if times else None,
        p99_ms=times[ceil(0.99 * len(times)) - 1] if times else None,
        model_kb=outcome.model_bytes / 1000,
    )


def mean(several: Sequence[Figures]) -> Figures:
    """The mean of each figure over those trials that have it."""

    def of(name: str) -> float | None:
        known = [value for one in several if (value := getattr(one, name)) is not None]
        return fsum(known) / len(known) if known else None

    return Figures(**{each.name: of(each.name) for each in fields(Figures)})


class Column(NamedTuple):
    """One column: the figure's name, two lines above it, and how many places after the point are shown."""

    figure: str
    over: str
    title: str
    places: int


COLUMNS = (
    Column("comments", "", "comments", 0),
    Column("spam", "", "spam", 0),
    Column("leaked", "per 1,000", "leaked", 1),
    Column("held", "ham", "held", 1),
    Column("lost", "ham", "lost", 1),
    Column("decisions", "", "decisions", 0),
    Column("first_leaked", f"first {FIRST}", "leaked", 1),
    Column("first_held", "ham", "held", 1),
    Column("first_decisions", "", "decisions", 1),
    Column("area", "", "AUC", 4),
    Column("calibration", "calibr.", "error", 3),
    Column("mean_ms", "CPU ms", "mean", 1),
    Column("p99_ms", "", "p99", 1),
    Column("model_kb", "model", "KB", 0),
)


def shown(value: float | None, places: int) -> str:
    """A figure as text; "-" for one that is undefined."""
    return "-" if value is None else f"{value:,.{places}f}"


def table(lines: Iterable[tuple[str, Figures]], extra: Iterable[tuple[str, Callable[[Column], str]]] = ()) -> str:
    """The figures as one table of plain text, ending without a newline.

    Args:
        lines: a name and its figures each.
        extra: further lines below: a name, and what stands in each column.
    """
    rows = [["", *(column.over for column in COLUMNS)], ["", *(column.title for column in COLUMNS)]]
    for name, found in lines:
        rows.append([name, *(shown(getattr(found, column.figure), column.places) for column in COLUMNS)])
    rows += [[name, *(say(column) for column in COLUMNS)] for name, say in extra]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            [cells[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(cells[1:], widths[1:], strict=True))]
        ).rstrip()
        for cells in rows
    )
