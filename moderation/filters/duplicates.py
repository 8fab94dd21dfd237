"""Wording seen before: near-duplicates of judged spam, a wave from many senders, one sender repeating.

The measure is likeness, the part of the text that is the same. From ALIKE on, texts of enough words are the same
text with changes; shorter ones count only when they are equal, and the shortest only for the same sender or for
spam that people judged, since many honest people write "Thank you very much!".
"""

from __future__ import annotations

from .evidence import Alike, Evidence, Signal
from .reading import Reading
from .words import COMPARABLE_WORDS, ENOUGH_WORDS

# The one threshold of likeness; the figures behind it stand in moderation/README.md.
ALIKE = 0.5
SAME = 1.0
WAVE = 2


def find(evidence: Evidence, reading: Reading) -> list[Signal]:
    """At most one signal of each kind, however many comments are alike."""
    words = len(reading.body.words)
    long_enough = words >= ENOUGH_WORDS
    near = [one for one in evidence.alike if one.likeness >= (ALIKE if words >= COMPARABLE_WORDS else SAME)]
    spans = reading.body.whole()
    signals = []

    spam = [one for one in near if one.status == "spam" and one.judged_by_person]
    if spam:
        weight = 6.0 if long_enough else 3.0
        signals.append(Signal("alike_spam", weight, f"like {_comments(len(spam))} that people filed as spam", spans))
    elif any(one.status == "spam" for one in near):
        # A filing by the policy proves nothing new: counted in full, the policy would confirm itself.
        signals.append(Signal("alike_filed", 1.0, "like a comment filed as spam automatically", spans))

    rejected = [one for one in near if one.status == "rejected" and one.judged_by_person]
    if rejected:
        signals.append(Signal("alike_rejected", 3.0, f"like {_comments(len(rejected))} that people rejected", spans))

    if long_enough:
        signals.extend(_from_others(near, spans))
    signals.extend(_from_the_same_sender(near, spans))
    return signals


def _from_others(near: list[Alike], spans: tuple) -> list[Signal]:
    others = [one for one in near if not one.same_sender]
    signals = []
    waiting = [one for one in others if one.status in ("pending", "unconfirmed")]
    if len(waiting) >= WAVE:
        says = f"{_comments(len(waiting))} of other senders, all still waiting, say nearly the same"
        signals.append(Signal("alike_wave", 4.0, says, spans))
    elif waiting:
        signals.append(
            Signal("alike_pair", 1.5, "another sender's comment, still waiting, says nearly the same", spans)
        )
    if any(one.status == "published" for one in others):
        # A known way in: copy an honest comment and hang one's own link on it.
        signals.append(Signal("alike_copy", 2.0, "repeats a published comment of another sender", spans))
    return signals


def _from_the_same_sender(near: list[Alike], spans: tuple) -> list[Signal]:
    own = [one for one in near if one.same_sender and one.status != "withdrawn"]
    if not own:
        return []
    if len(own) >= 3 or any(not one.same_post for one in own):
        weight, where = 3.0, "on other posts" if any(not one.same_post for one in own) else "here"
        return [Signal("alike_repeat", weight, f"the sender wrote this {_times(len(own))} before, {where}", spans)]
    return [Signal("alike_repeat", 1.5, "the sender wrote this here before", spans)]


def _comments(count: int) -> str:
    return "1 comment" if count == 1 else f"{count} comments"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
