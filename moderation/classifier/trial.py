"""How the filter does on a labelled blog, with a moderator in the loop.

Comments come in the order of their time. Each is published, held or filed as spam by today's thresholds. The moderator
decides all that is held within the next comments, audits a part of the spam folder, and the filter learns from these
decisions and from no others: what it published wrongly, nobody tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from time import process_time

from moderation.filters.relevance import ANSWERS, COPIED, OFF_TOPIC, TAKES_UP

from .explain import judge
from .labelled import Look, Row, Site
from .learner import Learner, probability
from .prior import Prior

#: A decision comes at most so many comments later.
WITHIN = 20
#: The part of the spam folder that the moderator looks through.
AUDITED = 0.05
#: Where the first comments of a new blog end.
FIRST = 200
_BINS = 10


@dataclass(frozen=True, slots=True)
class Lines:
    """From which probability of spam a comment is held, and from which it is filed as spam.

    Args:
        hold: from here on a person looks.
        spam: from here on it is filed.
        answer: from here on it is filed although it may be an answer to the post or to what others say there.
        stray: from here on a person looks at a long text that says nothing about its post.
    """

    hold: float
    spam: float
    answer: float
    stray: float


@dataclass(slots=True)
class Count:
    """What became of some comments."""

    comments: int = 0
    spam: int = 0
    leaked: int = 0
    held_ham: int = 0
    lost_ham: int = 0
    decisions: int = 0


@dataclass(slots=True)
class Outcome:
    """The result of a trial: counts of all comments and of the first ones, and every comment's probability.

    `judged` holds (probability, whether it is spam) in the order of time, `milliseconds` the processor
    time that features, score and reasons of each took.
    """

    whole: Count = field(default_factory=Count)
    first: Count = field(default_factory=Count)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    model_bytes: int = 0


def run(
    rows: Sequence[Row],
    posts: Mapping[str, tuple[str, str]],
    prior: Prior,
    lines: Lines,
    *,
    seed: int = 1,
    tell: Callable[[int], None] = lambda at: None,
) -> Outcome:
    """Try the filter on a blog's comments.

    Args:
        rows: in the order of time.
        posts: title and text by key.
        prior: one that never saw this blog.
        seed: of what is decided when and what is audited.
        tell: called after each comment with how many there were.
    """
    random = Random(seed)  # noqa: S311 - the same draws each time
    learner, site, outcome = Learner(prior), Site(posts, prior), Outcome()
    coming: list[tuple[int, int, Look]] = []
    for at, row in enumerate(rows):
        while coming and coming[0][0] <= at:
            _, _, look = coming.pop(0)
            learner.learn(look.features, look.row.spam)
            if not look.row.spam:
                site.published(look.row)
        look = site.look(row, learner.memory)
        began = process_time()
        p = probability(learner.score(look.features))
        judge(look.seen, look.features, look.signals, learner, 0)  # the reasons cost time too
        outcome.milliseconds.append(look.milliseconds + (process_time() - began) * 1000)
        outcome.judged.append((p, row.spam))
        codes = {signal.code for signal in look.signals}
        filed = p >= (lines.answer if ANSWERS in codes else lines.spam) and TAKES_UP not in codes
        held = not filed and (COPIED in codes or p >= (lines.stray if OFF_TOPIC in codes else lines.hold))
        decided = held or (filed and random.random() < AUDITED)
        if decided:
            coming.append((at + 1 + random.randrange(WITHIN), at, replace(look, seen=None)))
            coming.sort(key=lambda one: one[:2])
        elif not filed:
            site.published(row)
        for count in (outcome.whole, outcome.first) if at < FIRST else (outcome.whole,):
            count.comments += 1
            count.spam += row.spam
            count.leaked += row.spam and not held and not filed
            count.held_ham += not row.spam and held
            count.lost_ham += not row.spam and filed and not decided
            count.decisions += decided
        tell(at + 1)
    outcome.model_bytes = len(learner.to_bytes())
    return outcome


def area(judged: Sequence[tuple[float, bool]]) -> float | None:
    """The area under the ROC curve: how often a spam has a higher probability than a ham. None without both kinds."""
    ranked = sorted(judged)
    spam = sum(1 for _, is_spam in ranked if is_spam)
    ham = len(ranked) - spam
    if not spam or not ham:
        return None
    total, at = 0.0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        total += (at + end + 1) / 2 * sum(1 for _, is_spam in ranked[at:end] if is_spam)
        at = end
    return (total - spam * (spam + 1) / 2) / (spam * ham)


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float | None:
    """How far probabilities are from what came true: the mean over ten equal bins, weighed by what they hold."""
    if not judged:
        return None
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for p, spam in judged:
        bins[min(int(p * _BINS), _BINS - 1)].append((p, spam))
    return sum(abs(sum(p for p, _ in some) - sum(spam for _, spam in some)) for some in bins) / len(judged)
