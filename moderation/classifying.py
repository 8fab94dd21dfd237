"""Letting the classifier look at a comment: what surrounds it is measured, the site's model weighs it, and says why."""

from dataclasses import replace
from datetime import datetime

from comments.models import Comment
from moderation import around, installed_filter, snapshots
from moderation.filters.context import Context
from moderation.filters.evidence import Evidence, Signal
from moderation.filters.learned import weigh
from moderation.filters.reading import TextReading
from moderation.fingerprint import Print

DAY = 86_400


def classify(
    comment: Comment, evidence: Evidence, body: TextReading, printed: Print, now: datetime
) -> tuple[Evidence, list[Signal]]:
    """The evidence with all that the classifier knew and concluded, and every finding with its weight.

    In 4 to 7 queries. What it raises, it must not survive: a comment that the model did not see waits for a person.

    Args:
        comment: with its post.
        evidence: without context.
        body, printed: the evidence's text as it was read, and its fingerprint.
    """
    number, learner = snapshots.current()
    seen, traces = installed_filter.see(evidence, comment.pk, body, printed)
    recent = around.recent_around(comment, traces.signature, printed.digest, now)
    came_out = comment.post.published_at
    context = Context(
        post_script=around.profile_of(comment.post).script,
        relevance=around.relevance_of(comment, body),
        memory=around.dated(learner.memory.recall(traces, seen)),
        echo=recent.echo,
        post_days=round((now - came_out).total_seconds() / DAY, 2) if came_out else None,
        network=recent.network,
    )
    seen.evidence = replace(evidence, context=context)
    learned, signals = installed_filter.conclude(seen, number, learner)
    return replace(seen.evidence, learned=learned), weigh(signals, learned)
