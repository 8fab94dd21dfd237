"""How much less spam a filter without lessons finds on a blog, when a trick with letters is played on all of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import floor
from random import Random
from typing import NamedTuple

from moderation.classifier.labelled import Row, Site
from moderation.classifier.learner import Learner
from moderation.classifier.memory import SiteMemory
from moderation.classifier.prior import Prior
from tests.moderation.letter_tricks import TRICKS, dressed_up

#: The part of the ham that may be flagged.
FLAGGED = 0.05


class Recall(NamedTuple):
    """The spam that is found, in percent: written plainly, and dressed up."""

    plain: float
    tricked: float

    @property
    def lost(self) -> float:
        """Points that the trick costs."""
        return self.plain - self.tricked


def recalls(
    rows: Sequence[Row], posts: Mapping[str, tuple[str, str]], prior: Prior, tell: Callable[[int], None]
) -> dict[str, Recall]:
    """By trick what it costs where FLAGGED of the plain ham is flagged.

    Args:
        prior: what the scores come from alone.
        tell: called after each comment of each pass.
    """
    plain = _scores(rows, posts, prior, tell)
    line = threshold([score for score, row in zip(plain, rows, strict=True) if not row.spam])
    found = {}
    for trick in TRICKS:
        random = Random(f"{trick} 1")
        dressed = [replace(row, body=dressed_up(row.body, trick, random)) if row.spam else row for row in rows]
        found[trick] = Recall(_found(plain, rows, line), _found(_scores(dressed, posts, prior, tell), rows, line))
    return found


def threshold(ham: Sequence[float]) -> float:
    """The score above which at most FLAGGED of the ham lies."""
    return sorted(ham, reverse=True)[floor(FLAGGED * len(ham))]


def _scores(
    rows: Sequence[Row], posts: Mapping[str, tuple[str, str]], prior: Prior, tell: Callable[[int], None]
) -> list[float]:
    learner, site, scores = Learner(prior), Site(posts, prior), []
    for at, row in enumerate(rows, 1):
        scores.append(learner.score(site.look(row, SiteMemory()).features))
        if not row.spam:
            site.published(row)
        tell(at)
    return scores


def _found(scores: Sequence[float], rows: Sequence[Row], line: float) -> float:
    spam = [score for score, row in zip(scores, rows, strict=True) if row.spam]
    return 100 * sum(score > line for score in spam) / len(spam)
