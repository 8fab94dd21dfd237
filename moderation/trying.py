"""A trial as screening would go: with the reasons of every score worked out too, since they cost time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from .classifier import explain, trial
from .classifier.labelled import Look, Row
from .classifier.learner import Learner
from .classifier.prior import Prior
from .classifier.seen import Seen
from .filters.reading import Reading


def tried(
    rows: Sequence[Row],
    posts: Mapping[str, tuple[str, str]],
    prior: Prior,
    lines: trial.Lines,
    *,
    seed: int,
    tell: Callable[[int], None],
) -> trial.Outcome:
    """What becomes of a blog's comments; arguments as of `classifier.trial.run`."""
    return trial.run(rows, dict(posts), prior, lines, seed=seed, tell=tell, explain=reasons)


def reasons(look: Look, learner: Learner) -> object:
    """The parts of a comment's score in words."""
    seen = look.seen or Seen(look.evidence, Reading(look.evidence))
    return explain.judge(seen, look.features, look.signals, learner, 0)
