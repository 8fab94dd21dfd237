"""What people decided about this sender before. Only a proven identity has a history."""

from __future__ import annotations

from .evidence import MANY, Evidence, Signal
from .reading import Reading

NEW_SENDER = "history_new"
HOLD_ALWAYS = "history_hold_always"
GOOD_HISTORY = "history_good"


def find(evidence: Evidence, _reading: Reading) -> list[Signal]:
    """Reassuring for approvals, suspicious for refusals and spam, information only for a stranger."""
    sender = evidence.sender
    signals = []
    if evidence.hold_always:
        signals.append(Signal(HOLD_ALWAYS, 0.0, "a moderator holds everything that comes from here"))
    if not sender.known:
        return [*signals, Signal(NEW_SENDER, 0.0, "first comment from this browser")]
    if sender.spam:
        weight = min(3.0 + sender.spam, 6.0)
        signals.append(Signal("history_spam", weight, f"{_comments(sender.spam)} filed as spam before"))
    if sender.refused:
        # One refusal in a long good history is a bad day; refusals alone are a pattern.
        weight = min(sender.refused, 3) * (0.5 if sender.published > 5 * sender.refused else 1.0)
        signals.append(Signal("history_refused", weight, f"{_comments(sender.refused)} refused before"))
    if sender.published and not sender.spam:
        weight = -1.0 if sender.published < 3 else -2.0
        signals.append(Signal(GOOD_HISTORY, weight, f"{_comments(sender.published)} approved before"))
    if sender.pending >= 3:
        signals.append(Signal("history_waiting", 1.0, f"{_comments(sender.pending)} still waiting"))
    if not signals:
        signals.append(Signal("history_undecided", 0.0, "a known sender without any decision yet"))
    return signals


def _comments(count: int) -> str:
    if count == 1:
        return "1 comment"
    return f"more than {MANY - 1} comments" if count == MANY else f"{count} comments"
