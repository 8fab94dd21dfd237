"""What readers' reports weigh, and when they hold a comment. Pure: one table, no Django.

A report weighs by its reporter's record. Numbers alone must gain nothing: reports from one network together weigh no
more than one unknown reporter, and so do those of all new browsers together.
"""

from collections.abc import Iterable
from dataclasses import dataclass

RULE = "reports-1"  # name and version of the table below, written into every decision that it makes
FAMILY = "reports-"

UNKNOWN = 1.0  # the weight of a reporter of whom nothing is known
STAFF = 3.0
FRESH_SECONDS = 24 * 3600  # a browser's token is new for so long
HOLD_FROM = 3.0  # the weight that takes a comment off the page, until a person looks
LEAST_NETWORKS = 3


@dataclass(frozen=True, slots=True)
class Record:
    """How often a reporter was right: reports upheld and dismissed by people."""

    upheld: int = 0
    dismissed: int = 0

    @property
    def decided(self) -> int:
        return self.upheld + self.dismissed


@dataclass(frozen=True, slots=True)
class Voice:
    """One open report. `network` begins with the period of its key, "681:ab12"; of staff it is "staff:7"."""

    network: str
    weight: float
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all open reports of one text come to."""

    weight: float
    networks: int

    @property
    def holds(self) -> bool:
        return self.weight >= HOLD_FROM and self.networks >= LEAST_NETWORKS


def weight_of(record: Record, *, staff: bool = False) -> float:
    """The rule of succession, scaled: 1 for who was never judged, near 2 for who is always right, near 0 for never."""
    return STAFF if staff else 2 * UNKNOWN * (record.upheld + 1) / (record.decided + 2)


def is_fresh(age_seconds: float, record: Record) -> bool:
    """Whether a reporter counts among the new ones, who weigh as one however many they are."""
    return age_seconds < FRESH_SECONDS and record.decided == 0


def come_to(voices: Iterable[Voice]) -> Outcome:
    """Weigh open reports together.

    The key under which networks are hashed changes from period to period, so the same network may have two names. Only
    names of one period are told apart: each period is weighed with the staff, and the heaviest counts.
    """
    by_period: dict[str, list[Voice]] = {}
    staff = []
    for voice in voices:
        period = voice.network.partition(":")[0]
        (staff if period == "staff" else by_period.setdefault(period, [])).append(voice)
    found = [_of_one_period([*staff, *rest]) for rest in by_period.values() or [[]]]
    return max(found, key=lambda outcome: (outcome.holds, outcome.weight, outcome.networks))


def _of_one_period(voices: list[Voice]) -> Outcome:
    """Each network once: its best proven reporter, or all its reporters together up to one unknown; new ones as one."""
    networks: dict[str, list[Voice]] = {}
    for voice in voices:
        networks.setdefault(voice.network, []).append(voice)
    known, fresh = 0.0, 0.0
    for together in networks.values():
        old = [voice.weight for voice in together if not voice.fresh]
        if old:
            known += max(*old, min(UNKNOWN, sum(old)))
        else:
            fresh += min(UNKNOWN, sum(voice.weight for voice in together))
    return Outcome(round(known + min(UNKNOWN, fresh), 4), len(networks))
