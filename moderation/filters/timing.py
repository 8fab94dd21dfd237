"""How the form was filled: a trap that only machines see, and the time between showing and sending."""

from __future__ import annotations

from .evidence import Evidence, Signal
from .reading import Reading

HONEYPOT = "form_honeypot"
TIME_MISSING = "form_time_missing"
INSTANT = "form_instant"
FAST = "form_fast"

INSTANT_SECONDS = 1.0
FAST_SECONDS = 3.0


def find(evidence: Evidence, _reading: Reading) -> list[Signal]:
    """Signals about the form; none when it was filled as people do."""
    signals = []
    if evidence.honeypot:
        signals.append(Signal(HONEYPOT, 10.0, "a field that people cannot see was filled"))
    seconds = evidence.seconds_on_form
    # Written as "not at least": a negative time (a clock set back) and a time that is no number say nothing
    # either.
    if seconds is None or not seconds >= 0:
        signals.append(Signal(TIME_MISSING, 3.0, "no valid time of showing the form"))
    elif seconds < INSTANT_SECONDS:
        signals.append(Signal(INSTANT, 4.0, "sent within a second of showing the form"))
    elif seconds < FAST_SECONDS:
        signals.append(Signal(FAST, 3.0, f"sent {seconds:.1f} seconds after showing the form"))
    return signals
