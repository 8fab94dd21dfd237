"""From signals to publish, hold or spam: one table, one function, no exceptions elsewhere.

The policy never rejects: to refuse a comment for its content is for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from types import MappingProxyType
from typing import Literal

from .filters.evidence import Signal
from .filters.history import HOLD_ALWAYS, NEW_SENDER
from .filters.rules import HOLD, SPAM
from .filters.timing import HONEYPOT, INSTANT, TIME_MISSING

Outcome = Literal["publish", "hold", "spam"]

# Named in every automatic decision. Change it with anything below, so that the log tells old decisions from
# new.
POLICY = "policy-2"

MODES = ("open", "hold_new", "hold_all", "closed")

THRESHOLDS = MappingProxyType(
    {
        "hold": 3.0,  # a score from which a person looks
        "spam": 10.0,  # a score from which filing as spam is possible
        "strong": 3.0,  # a signal of this weight is strong
        "strong_families": 2,  # strong signals of so many families must agree
    }
)
# One of these is enough evidence to file as spam, given the score.
SURE_SPAM = frozenset({SPAM, HONEYPOT})
# These hold whatever the sender's good history weighs: what people wrote into the blocklist or want to see, and forms
# that no browser sends.
MUST_HOLD = frozenset({HOLD, SPAM, HONEYPOT, INSTANT, TIME_MISSING, HOLD_ALWAYS})
# What people asked for holds staff too.
RULES = frozenset({HOLD, SPAM})
ASKED_FOR = RULES | {HOLD_ALWAYS}


class UnknownMode(ValueError):
    """A moderation mode that the policy has no line for."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the policy does with a comment, the score it came to, and what decided, in plain words."""

    outcome: Outcome
    score: float
    why: tuple[str, ...]


def judge(signals: Iterable[Signal], *, mode: str, trusted: bool, staff: bool) -> Verdict:
    """The verdict of the policy.

    Args:
        signals: what the filters found.
        mode: the post's moderation mode, one of `MODES`.
        trusted: approved by a moderator before, under a proven identity.
        staff: logged in as staff.

    Raises:
        UnknownMode: the mode is none of `MODES`; the comment stays held.
    """
    if mode not in MODES:
        raise UnknownMode(mode)
    signals = list(signals)
    score = round(fsum(signal.weight for signal in signals), 2)
    suspicious = sorted((s for s in signals if s.weight > 0), key=lambda s: (-s.weight, s.code, s.says))
    said = tuple(signal.says for signal in suspicious)

    if staff:
        return _judge_staff(signals, score, mode, said)
    if not trusted and _is_spam(signals, score):
        return _verdict("spam", score, *said, _score_says(score, "spam"))
    return _publish_or_hold(signals, score, mode, trusted, said)


def stand_back(verdict: Verdict, stepped_back: Mapping[str, str]) -> Verdict:
    """What becomes of a verdict while automation stands back: what it must not do by itself waits for a person.

    Args:
        stepped_back: for each outcome that it must not carry out, "publish" or "spam", the sentence that says why.
            It is recorded with the screening, so a replay applies the same.
    """
    says = stepped_back.get(verdict.outcome)
    return Verdict("hold", verdict.score, (says, *verdict.why)) if says else verdict


def _judge_staff(signals: list[Signal], score: float, mode: str, said: tuple[str, ...]) -> Verdict:
    asked_for = [signal.says for signal in signals if signal.code in ASKED_FOR]
    if asked_for:
        return _verdict("hold", score, *asked_for, "staff too are held when a rule of the moderators says so")
    if mode == "closed":
        return _verdict("hold", score, "comments on this post are closed")
    return _verdict("publish", score, "written by staff", *said)


def _is_spam(signals: list[Signal], score: float) -> bool:
    if score < THRESHOLDS["spam"]:
        return False
    if any(signal.code in SURE_SPAM for signal in signals):
        return True
    families = {signal.family for signal in signals if signal.weight >= THRESHOLDS["strong"]}
    return len(families) >= THRESHOLDS["strong_families"]


def _publish_or_hold(signals: list[Signal], score: float, mode: str, trusted: bool, said: tuple[str, ...]) -> Verdict:
    held: list[str] = []
    if mode == "closed":
        held.append("comments on this post are closed")
    if mode == "hold_all":
        held.append("every comment on this post waits for a person")
    if mode == "hold_new" and not trusted:
        held.append(_stranger(signals))
    if score >= THRESHOLDS["hold"]:
        held += [*said, _score_says(score, "hold")]
    else:
        held += [signal.says for signal in signals if signal.code in MUST_HOLD]
    if held:
        return _verdict("hold", score, *held)
    good = tuple(signal.says for signal in signals if signal.weight < 0)
    nothing = "nothing suspicious" if not said else _score_says(score, "publish")
    return _verdict("publish", score, *good, *said, nothing)


def _stranger(signals: list[Signal]) -> str:
    new = next((signal.says for signal in signals if signal.code == NEW_SENDER), None)
    return f"{new or 'a sender whom no moderator has approved yet'}: held for a person"


def _verdict(outcome: Outcome, score: float, *why: str) -> Verdict:
    """Says each reason once: several signals can say the same."""
    return Verdict(outcome, score, tuple(dict.fromkeys(why)))


def _score_says(score: float, outcome: str) -> str:
    if outcome == "publish":
        return f"suspicion {score:g} is under the {THRESHOLDS['hold']:g} that hold"
    return f"suspicion {score:g} reaches the {THRESHOLDS[outcome]:g} that {_MEANS[outcome]}"


_MEANS = {"hold": "hold for a person", "spam": "file as spam"}
