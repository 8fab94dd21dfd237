"""How much a comment needs a person: harm x exposure x doubt, doubled by every twelve hours of waiting.

Pure: facts in; factors, a number and words out. The number is a binary logarithm, so that waiting adds the same to all
of them and their order never changes by time alone (`comments.models.comment.by_age`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import log2
from types import MappingProxyType

from .verdict import THRESHOLDS

#: What stands between a reader and real damage comes first, whoever reports it.
GRAVE = frozenset({"threat", "illegal", "personal_data", "sexual", "hate"})
SERIOUS = frozenset({"harassment", "impersonation", "misinformation"})
FACTORS = MappingProxyType(
    {
        "grave": 4.0,  # reported for a reason of GRAVE
        "serious": 2.0,  # for one of SERIOUS
        "public": 4.0,  # everybody reads it now
        "hidden post": 0.5,  # nobody but its author sees the post
        "new post": 4.0,  # up to a day old: most of its readers come now
        "recent post": 2.0,  # up to a week
        "busy post": 1.5,  # BUSY comments or more
        "near": 2.0,  # the score is within NEAR of a threshold, or nothing could be found out
        "sure": 0.5,  # so far beyond the last threshold that a look will hardly change it
    }
)
NEAR = 1.0
BUSY = 20
MOST_WEIGHT = 30.0  # of reports; more of them say nothing new
DAY, WEEK = 86_400, 7 * 86_400


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about something that waits.

    Attributes:
        score: suspicion of the latest screening; None where none was finished.
        public: strangers read the comment now.
        post_age: seconds since the post came out; None where it is not public.
        thread: published comments on the post.
        reports: open ones, their `weight` together, and their reason codes.
    """

    score: float | None = None
    public: bool = False
    post_age: float | None = None
    thread: int = 0
    reports: int = 0
    weight: float = 0.0
    reasons: frozenset[str] = frozenset()


def harm(facts: Facts) -> float:
    """How bad it would be: by what the machine suspects, and by what readers say and for which reason."""
    suspected = 1 + max(0.0, min(facts.score or 0.0, THRESHOLDS["spam"])) / THRESHOLDS["hold"]
    if not facts.reports:
        return suspected
    kind = FACTORS["grave"] if facts.reasons & GRAVE else FACTORS["serious"] if facts.reasons & SERIOUS else 1.0
    return suspected * kind * (1 + max(0.0, min(facts.weight, MOST_WEIGHT)))


def exposure(facts: Facts) -> float:
    """How many people it concerns: those who read it, or who wait for it."""
    if facts.post_age is None:
        return FACTORS["hidden post"]
    factor = FACTORS["public"] if facts.public else 1.0
    factor *= FACTORS["new post"] if facts.post_age < DAY else FACTORS["recent post"] if facts.post_age < WEEK else 1.0
    return factor * (FACTORS["busy post"] if facts.thread >= BUSY else 1.0)


def doubt(facts: Facts) -> float:
    """How little the machine can tell: most where it is nearly of the other opinion, or has none."""
    if facts.score is None or _is_near(facts.score):
        return FACTORS["near"]
    return FACTORS["sure"] if facts.score > THRESHOLDS["spam"] + NEAR else 1.0


def weight(facts: Facts) -> float:
    """The binary logarithm of harm x exposure x doubt, to which the age is added."""
    return log2(harm(facts) * exposure(facts) * doubt(facts))


def words(facts: Facts) -> list[str]:
    """The same for people, weightiest first, without the age: "reported by 3", "public now", "on today's post"."""
    said = []
    if facts.reports:
        said.append(f"reported by {facts.reports}")
    if facts.public and facts.post_age is not None:
        said.append("public now")
    if facts.post_age is None:
        said.append("post is not public")
    elif facts.post_age < DAY:
        said.append("on today\N{RIGHT SINGLE QUOTATION MARK}s post")
    elif facts.post_age < WEEK:
        said.append("on this week\N{RIGHT SINGLE QUOTATION MARK}s post")
    if facts.post_age is not None and facts.thread >= BUSY:
        said.append(f"busy thread of {facts.thread}")
    if facts.score is None:
        said.append("not screened")
    elif facts.score >= THRESHOLDS["spam"] - NEAR:
        said.append("looks like spam")
    elif _is_near(facts.score):
        said.append("hard to tell")
    elif facts.score > THRESHOLDS["hold"]:
        said.append("looks suspicious")
    return said


def facts_of(
    *,
    score: float | None,
    public: bool,
    post_published_at: datetime | None,
    thread: int,
    reports: int,
    now: datetime,
    weight: float | None = None,
    reasons: Iterable[str] = (),
) -> Facts:
    """Facts from columns. `post_published_at` is None for a post that is not public; a report weighs 1 unless told."""
    return Facts(
        score=score,
        public=public,
        post_age=None if post_published_at is None else max(0.0, (now - post_published_at).total_seconds()),
        thread=thread,
        reports=reports,
        weight=float(reports) if weight is None else weight,
        reasons=frozenset(reasons),
    )


def _is_near(score: float) -> bool:
    return any(abs(score - THRESHOLDS[line]) <= NEAR for line in ("hold", "spam"))
