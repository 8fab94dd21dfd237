"""The classifier as installed: its frozen prior, and how it sees a comment. The one place that joins its parts."""

from dataclasses import replace

from moderation import filters
from moderation.classifier import prior as frozen
from moderation.classifier.explain import judge
from moderation.classifier.extraction import of_seen
from moderation.classifier.features import Features
from moderation.classifier.learner import Learner
from moderation.classifier.memory import Traces, traces_of
from moderation.classifier.prior import Prior
from moderation.classifier.seen import Seen
from moderation.filters.evidence import Evidence, Signal
from moderation.filters.learned import Learned
from moderation.filters.reading import Reading, TextReading
from moderation.fingerprint import Print, print_of


def prior() -> Prior:
    """What ships with the product. Raises UnreadablePrior, or OSError."""
    return frozen.shipped()


def see(evidence: Evidence, comment: int, body: TextReading, printed: Print) -> tuple[Seen, Traces]:
    """A comment as the classifier reads it, and what it is remembered by.

    Args:
        evidence: what is known of it.
        comment: its number, 0 for one that is not stored.
        body, printed: its text as it was read, and the fingerprint of that.
    """
    seen = Seen(evidence, Reading(evidence, body))
    return seen, traces_of(seen, comment=comment, digest=printed.digest, signature=printed.signature)


def conclude(seen: Seen, number: int, learner: Learner) -> tuple[Learned, list[Signal]]:
    """What the model makes of a comment whose context is known, and what the filters find.

    Args:
        seen: the comment.
        number: of the model's snapshot.
        learner: the model.
    """
    signals = filters.run(seen.evidence, seen.reading)
    features = of_seen(seen, signals)
    return judge(seen, features, signals, learner, number), signals


def extract(evidence: Evidence, comment: int = 0) -> Features:
    """What a lesson about a comment is learned from: the features that its screening saw, and its traces.

    Args:
        evidence: as it was recorded; its context is taken as it is.
        comment: its number, 0 for one that is not stored.
    """
    body = TextReading("body", evidence.body)
    seen, traces = see(evidence, comment, body, print_of(body))
    features = of_seen(seen, filters.run(evidence, seen.reading))
    return replace(features, traces=traces)
