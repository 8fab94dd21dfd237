"""Screenings by their recorded score, with what people said about the text: what the filter's page is counted from.

Every list is bounded, and takes the same queries whatever there is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from moderation.filters.history import GOOD_HISTORY
from moderation.filters.relevance import ANSWERS, COPIED, OFF_TOPIC, TAKES_UP, may_answer
from moderation.models import Lesson, Review, Signal
from moderation.verdict import MUST_HOLD, probability_of

#: The newest so many that people judged are read, back to so many weeks ago.
MOST_JUDGED, WEEKS = 5000, 26
#: The newest so many screenings are read for what another line would have done.
MOST_RECENT = 10_000
#: Policies of before the filter learned: their scores stand for no probability.
UNLEARNED = ("policy-1", "policy-2")
#: The policy of before the finding ANSWERS, which is read from what the filters were told then.
NO_ANSWERS = "policy-3"
#: Findings that decide by themselves or beside the score.
DECISIVE = MUST_HOLD | {GOOD_HISTORY, COPIED, OFF_TOPIC, TAKES_UP, ANSWERS}
COLUMNS = ("pk", "comment", "revision", "score", "mode", "trusted", "facts__staff", "created_at")


@dataclass(frozen=True, slots=True)
class Screened:
    """One screening.

    Attributes:
        codes: of its findings those in DECISIVE; empty where they were not asked for.
        spam: what a person said about this text; None if nobody said anything.
    """

    review: int
    comment: int
    revision: int
    score: float
    mode: str
    trusted: bool
    staff: bool
    at: datetime
    codes: frozenset[str] = frozenset()
    spam: bool | None = None

    @property
    def p(self) -> float:
        """The probability of spam that the filter gave it."""
        return probability_of(self.score)


@dataclass(frozen=True, slots=True)
class Recent:
    """The newest screening of each text, newest first; `cut` if there are more in the time that was asked for."""

    screenings: list[Screened]
    cut: bool


def judged(now: datetime) -> list[Screened]:
    """What people decided about or checked blind, newest first, each as it was screened before that. 2 queries."""
    said = _words().filter(created_at__gte=now - timedelta(weeks=WEEKS)).order_by("-pk")
    before = _scored().filter(
        comment=OuterRef("comment"), revision=OuterRef("revision"), created_at__lte=OuterRef("created_at")
    )
    lessons = said.annotate(review=Subquery(before.order_by("-pk").values("pk")[:1])).filter(review__isnull=False)
    words = dict(lessons.values_list("review", "spam")[:MOST_JUDGED])
    reviews = _scored().filter(pk__in=lessons.values("review")[:MOST_JUDGED]).order_by("-pk").values_list(*COLUMNS)
    return [_screened(row, words.get(row[0])) for row in reviews]


def recent(days: int, now: datetime) -> Recent:
    """The newest screening of each text of the last days, with what decides beside it. 3 queries."""
    word = _words().filter(comment=OuterRef("comment"), revision=OuterRef("revision")).values("spam")[:1]
    newest = _scored().order_by("-pk")
    codes = _codes(newest[:MOST_RECENT])
    since, seen, found = now - timedelta(days=days), set(), []
    rows = list(newest.annotate(word=Subquery(word)).values_list(*COLUMNS, "word")[:MOST_RECENT])
    for *row, spam in rows:
        text = (row[1], row[2])
        if row[-1] >= since and text not in seen:
            seen.add(text)
            found.append(_screened(row, spam, codes.get(row[0], frozenset())))
    return Recent(found, len(rows) == MOST_RECENT and rows[-1][-2] >= since)


def _scored() -> QuerySet:
    return Review.objects.filter(error="").exclude(policy__in=UNLEARNED)


def _words() -> QuerySet:
    """What people said and did not take back. What an archive says is no judgement of what was screened."""
    return Lesson.objects.filter(live=True, comment__isnull=False).exclude(source=Lesson.Source.ARCHIVE)


def _codes(reviews: QuerySet) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    signals = Signal.objects.filter(code__in=sorted(DECISIVE), review__in=reviews.values("pk")).order_by()
    for review, code in signals.values_list("review", "code"):
        found.setdefault(review, set()).add(code)
    before = Review.objects.filter(pk__in=reviews.values("pk"), policy=NO_ANSWERS)
    told = (f"facts__context__relevance__{name}" for name in ("whole", "cosine", "thread"))
    for review, *relevance in before.values_list("pk", *told):
        if may_answer(*relevance):
            found.setdefault(review, set()).add(ANSWERS)
    return {review: frozenset(codes) for review, codes in found.items()}


def _screened(row: Iterable, spam: bool | None, codes: frozenset[str] = frozenset()) -> Screened:
    review, comment, revision, score, mode, trusted, staff, at = row
    return Screened(review, comment, revision, score, mode, trusted, bool(staff), at, codes, spam)
