"""What the classifier made of a comment, as facts to store and replay: the parts of its score, in words, with spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from .finding import Signal

#: What moderators ordered is no evidence, and not to be weighed.
ORDERED = frozenset({"rule"})
#: Families that the classifier neither weighs nor learns from: orders, and what only moves a line.
UNWEIGHED = ORDERED | {"answers"}


@dataclass(frozen=True, slots=True)
class Learned:
    """The verdict of one state of the model.

    Args:
        model: number of the snapshot, 0 for a site that taught nothing yet.
        parts: what it saw by itself; each code begins with "learned_".
        findings: by code, what each finding of the filters weighs instead of what its filter says.
    """

    model: int
    parts: tuple[Signal, ...]
    findings: tuple[tuple[str, float], ...]

    def as_json(self) -> list[Any]:
        """Plain data, to store."""
        return [self.model, [part.as_json() for part in self.parts], [list(pair) for pair in self.findings]]

    @classmethod
    def from_json(cls, data: Any) -> Learned | None:
        """What `as_json` wrote; None for a screening without. Raises UnreadableEvidence, TypeError, ValueError."""
        if data is None:
            return None
        model, parts, findings = data
        return cls(model, tuple(map(Signal.from_json, parts)), tuple((code, float(w)) for code, w in findings))


def weigh(signals: Iterable[Signal], learned: Learned | None) -> list[Signal]:
    """The filters' findings with the weights that were learned, and the parts of the score beside them.

    A finding that comes twice has its weight once, so that the weights of all together are the score.
    """
    if learned is None:
        return list(signals)
    weights = dict(learned.findings)
    weighed = [
        signal if signal.family in UNWEIGHED else replace(signal, weight=weights.pop(signal.code, 0.0))
        for signal in signals
    ]
    return [*weighed, *learned.parts]
