"""A long text that has nothing to do with its post, one that takes it up or answers here, and one that repeats it."""

from __future__ import annotations

from .context import Relevance
from .evidence import Evidence, Signal
from .reading import Reading

OFF_TOPIC = "relevance_none"
TAKES_UP = "relevance_takes_up"
COPIED = "relevance_copied"
ANSWERS = "answers_here"

#: Shorter texts thank, ask and joke, and need none of the post's words for it.
LEAST_WORDS = 40
LEAST_TOPICAL = 12
#: The part of the words that name a topic which any two texts share by chance: more of them where both are long.
BY_CHANCE, MORE_A_WORD, MOST_BY_CHANCE = 0.04, 0.0025, 0.16
#: Rare words of the title, and the likeness to the whole post, from which a text takes the post up.
LEAST_OF_TITLE, LEAST_COSINE = 2, 0.1
#: Likeness to the whole post, or rare words of the talk below it, from which a text may well be an answer.
LIKE_AN_ANSWER, LEAST_OF_TALK = 0.1, 4
#: Words in a row that stand so in the post: two texts that are written apart share seldom more than eight.
LEAST_COPIED = 12


def find(evidence: Evidence, reading: Reading) -> list[Signal]:
    """Signals where the post's text is known: the comment speaks of other things, of just this one, or repeats it."""
    relevance = evidence.context.relevance
    if relevance is None:
        return []
    signals = _answers(relevance)
    if not relevance.whole:
        return signals
    if relevance.copied >= LEAST_COPIED and (reading.links or reading.website_host):
        # Words of the post make whatever stands beside them look like an answer.
        says = f"repeats {relevance.copied} words of the post, and leads elsewhere"
        signals.append(Signal(COPIED, 1.0, says))
    if relevance.title >= LEAST_OF_TITLE and relevance.cosine >= LEAST_COSINE:
        says = f"speaks of this post: takes up {relevance.title} words of its title"
        signals.append(Signal(TAKES_UP, -1.0, says))
    elif is_off_topic(relevance) and len(reading.body.words) >= LEAST_WORDS:
        few = f"only {relevance.touched}" if relevance.touched else "none"
        says = f"says nothing about this post: of its {relevance.topical} rarer words {few} stand there"
        signals.append(Signal(OFF_TOPIC, 3.0, says))
    return signals


def _answers(relevance: Relevance) -> list[Signal]:
    """Weighs nothing: spam speaks of its post as well. But more certainty is asked for before it is filed unseen."""
    if not may_answer(relevance.whole, relevance.cosine, relevance.thread):
        return []
    says = "may be an answer: its words are like those of the post"
    if (relevance.thread or 0) >= LEAST_OF_TALK:
        says = f"may be an answer: {relevance.thread} of its rarer words stand in the comments here"
    return [Signal(ANSWERS, 0.0, says)]


def may_answer(whole: bool | None, cosine: float | None, thread: int | None) -> bool:
    """Whether a text has enough of the post or of the talk below it to be an answer there.

    Args:
        whole, cosine, thread: as `Relevance` has them; None where nothing is known of the post.
    """
    return (thread or 0) >= LEAST_OF_TALK or bool(whole and (cosine or 0) > LIKE_AN_ANSWER)


def is_off_topic(relevance: Relevance) -> bool:
    """Whether a text shares no more with its post than texts about different things do."""
    if not relevance.whole or relevance.topical < LEAST_TOPICAL:
        return False
    # A word of the title speaks of the post where others of the post keep it company; alone it is easily put in.
    if relevance.headed and relevance.touched > 2 * relevance.headed:
        return False
    chance = min(MOST_BY_CHANCE, BY_CHANCE + MORE_A_WORD * relevance.topical)
    return relevance.touched <= max(1, chance * relevance.topical)
