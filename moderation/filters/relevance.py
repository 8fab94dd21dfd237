"""A long text that has nothing to do with its post: a well-formed letter about something else."""

from __future__ import annotations

from .evidence import Evidence, Signal
from .reading import Reading

OFF_TOPIC = "relevance_none"

#: Shorter texts thank, ask and joke, and need none of the post's words for it.
LEAST_WORDS = 40
LEAST_RARE = 12
MOST_SHARED = 0.1
MOST_COSINE = 0.065


def find(evidence: Evidence, reading: Reading) -> list[Signal]:
    """One signal, where the post's text is known and the comment speaks of other things than the post."""
    relevance = evidence.context.relevance
    if relevance is None or not relevance.whole or relevance.title or len(reading.body.words) < LEAST_WORDS:
        return []
    if relevance.rare < LEAST_RARE or relevance.shared > MOST_SHARED * relevance.rare:
        return []
    if relevance.cosine > MOST_COSINE:
        return []
    says = f"says nothing about this post: {relevance.shared} of its {relevance.rare} rarer words stand there"
    return [Signal(OFF_TOPIC, 3.0, says, reading.body.whole())]
