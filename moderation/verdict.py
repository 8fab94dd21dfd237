"""From signals to publish, hold or spam: one table, one function, no exceptions elsewhere.

The policy never rejects: to refuse a comment for its content is for people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import fsum, log
from types import MappingProxyType
from typing import Literal

from .classifier.explain import ORDINARY
from .classifier.learner import probability
from .filters.evidence import Signal
from .filters.history import GOOD_HISTORY, HOLD_ALWAYS, NEW_SENDER
from .filters.learned import ORDERED
from .filters.relevance import ANSWERS, COPIED, OFF_TOPIC, TAKES_UP
from .filters.rules import HOLD, SPAM
from .filters.timing import FAST, HONEYPOT, INSTANT, TIME_MISSING
from .likelihood import in_100
from .strictness import NORMAL, STRICTNESS

Outcome = Literal["publish", "hold", "spam"]

# Named in every automatic decision. Change it with anything below, so that the log tells old decisions from
# new.
POLICY = "policy-5"

#: A finding that weighs less is no reason.
LEAST_SAID = 0.3
MODES = ("open", "hold_new", "hold_all", "closed")


def suspicion_at(probability: float) -> float:
    """The score of a comment that is spam with this probability: log-odds, counted from an ordinary comment's."""
    return round(log(probability / (1 - probability)) - ORDINARY, 2)


def probability_of(score: float) -> float:
    """How probably a comment with this score is spam, as the model sees it."""
    return probability(score + ORDINARY)


# From which score a person looks, and from which a comment is filed as spam.
LINES = MappingProxyType(
    {
        word: MappingProxyType(
            {name: suspicion_at(getattr(lines, name)) for name in ("hold", "spam", "answer", "stray")}
        )
        for word, lines in STRICTNESS.items()
    }
)
#: The lines of the normal setting: what the order of the queue and the numbers take for suspicious.
THRESHOLDS = LINES[NORMAL]
# One of these is enough to file as spam, unless a good history speaks against it.
SURE_SPAM = frozenset({SPAM, HONEYPOT})
# These hold whatever the sender's good history weighs: what people wrote into the blocklist or want to see, and forms
# that no browser sends.
MUST_HOLD = frozenset({HOLD, SPAM, HONEYPOT, INSTANT, FAST, TIME_MISSING, HOLD_ALWAYS})
# What people asked for holds staff too.
RULES = frozenset({HOLD, SPAM})
ASKED_FOR = RULES | {HOLD_ALWAYS}


class UnknownMode(ValueError):
    """A moderation mode, or a strictness, that the policy has no line for."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the policy does with a comment, the score it came to, and what decided, in plain words."""

    outcome: Outcome
    score: float
    why: tuple[str, ...]


def judge(signals: Iterable[Signal], *, mode: str, trusted: bool, staff: bool, strictness: str = NORMAL) -> Verdict:
    """The verdict of the policy.

    Args:
        signals: what the filters found.
        mode: the post's moderation mode, one of `MODES`.
        trusted: approved by a moderator before, under a proven identity.
        staff: logged in as staff.
        strictness: how much people want to see, one of `STRICTNESS`.

    Raises:
        UnknownMode: the mode is none of `MODES`, or the strictness none of `STRICTNESS`; the comment stays held.
    """
    if mode not in MODES or strictness not in LINES:
        raise UnknownMode(f"{mode}, {strictness}")
    signals = list(signals)
    # What moderators ordered is no evidence: it holds or files by its code, whatever else is found.
    score = round(fsum(signal.weight for signal in signals if signal.family not in ORDERED), 2)
    suspicious = sorted((s for s in signals if s.weight > 0), key=lambda s: (-s.weight, s.code, s.says))
    said = tuple(signal.says for signal in suspicious if signal.weight >= LEAST_SAID or signal.family in ORDERED)

    if staff:
        return _judge_staff(signals, score, mode, said)
    if not trusted and _is_spam(signals, score, LINES[strictness]):
        return _verdict("spam", score, *said, _score_says(score, "spam", strictness, signals))
    return _publish_or_hold(signals, score, mode, trusted, said, strictness)


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


def _is_spam(signals: list[Signal], score: float, lines: Mapping[str, float]) -> bool:
    if any(signal.code in SURE_SPAM for signal in signals):
        # A reader with a good history who trips over a rule or a trap is a person's to judge.
        return not any(signal.code == GOOD_HISTORY for signal in signals)
    # Who takes up the post is looked at by a person before anything is filed: a quotation reads like what it quotes.
    codes = {signal.code for signal in signals}
    return score >= lines[_spam_line(codes)] and TAKES_UP not in codes


def _spam_line(codes: Collection[str]) -> Literal["answer", "spam"]:
    return "answer" if ANSWERS in codes else "spam"


def _publish_or_hold(
    signals: list[Signal], score: float, mode: str, trusted: bool, said: tuple[str, ...], strictness: str
) -> Verdict:
    lines, held = LINES[strictness], []
    if mode == "closed":
        held.append("comments on this post are closed")
    if mode == "hold_all":
        held.append("every comment on this post waits for a person")
    if mode == "hold_new" and not trusted:
        held.append(_stranger(signals))
    if score >= lines["hold"]:
        held += [*said, _score_says(score, "hold", strictness)]
        if score >= lines["spam"] and not trusted:
            held += _spared(signals, score, strictness)
    else:
        must = MUST_HOLD if trusted else MUST_HOLD | {COPIED}
        if not trusted and score >= lines["stray"]:
            must |= {OFF_TOPIC}
        held += [signal.says for signal in signals if signal.code in must]
    if held:
        return _verdict("hold", score, *held)
    good = tuple(signal.says for signal in signals if signal.weight < 0)
    nothing = "nothing suspicious" if not said else _score_says(score, "publish", strictness)
    return _verdict("publish", score, *good, *said, nothing)


def _stranger(signals: list[Signal]) -> str:
    new = next((signal.says for signal in signals if signal.code == NEW_SENDER), None)
    return f"{new or 'a sender whom no moderator has approved yet'}: held for a person"


def _verdict(outcome: Outcome, score: float, *why: str) -> Verdict:
    """Says each reason once: several signals can say the same."""
    return Verdict(outcome, score, tuple(dict.fromkeys(why)))


def _spared(signals: list[Signal], score: float, strictness: str) -> list[str]:
    """What keeps a comment from being filed whose score alone would do that."""
    said = []
    for signal in signals:
        if signal.code == TAKES_UP:
            said.append(f"{signal.says}: never filed unseen")
        elif signal.code == ANSWERS and score < LINES[strictness]["answer"]:
            said.append(f"{signal.says}: filed only from {in_100(STRICTNESS[strictness].answer)} up")
    return said


def _score_says(score: float, outcome: str, strictness: str, signals: Iterable[Signal] = ()) -> str:
    lines = STRICTNESS[strictness]
    line = getattr(lines, _spam_line({signal.code for signal in signals})) if outcome == "spam" else lines.hold
    return f"{in_100(probability_of(score), beside=line)} like this are spam; {_MEANS[outcome]} from {in_100(line)} up"


_MEANS = {"publish": "a person looks", "hold": "a person looks", "spam": "it is filed as spam"}
