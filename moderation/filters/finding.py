"""What a filter finds (`Signal`) and where in the text (`Span`), as facts to store and replay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

Field = Literal["body", "name", "website"]

FIELDS: tuple[Field, ...] = ("body", "name", "website")


class UnreadableEvidence(ValueError):
    """A stored screening cannot be turned back into evidence or signals."""


@dataclass(frozen=True, slots=True)
class Span:
    """A non-empty piece of what the sender typed: `field[start:end]`, in characters of the original text."""

    field: Field
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.field not in FIELDS or not 0 <= self.start < self.end:
            raise UnreadableEvidence(f"not a span: {self.field!r} {self.start}..{self.end}")

    def as_json(self) -> list[Any]:
        return [self.field, self.start, self.end]

    @classmethod
    def from_json(cls, data: Any) -> Span:
        return built(lambda: cls(*data))


@dataclass(frozen=True, slots=True)
class Signal:
    """One finding of one filter.

    Args:
        code: stable snake_case name; the part before the first underscore is the family, and signals of two
            families count as independent of each other.
        weight: above 0 suspicious, below 0 reassuring, 0 information only.
        says: the finding in plain English, for a moderator.
        spans: the exact pieces of text that the finding rests on.
        rule: number of the blocklist rule that hit, None for any other finding.
    """

    code: str
    weight: float
    says: str
    spans: tuple[Span, ...] = ()
    rule: int | None = None

    def __post_init__(self) -> None:
        if not isfinite(self.weight):
            raise UnreadableEvidence(f"the weight of {self.code} is not a number")

    @property
    def family(self) -> str:
        return self.code.partition("_")[0]

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "weight": self.weight,
            "says": self.says,
            "spans": [span.as_json() for span in self.spans],
            "rule": self.rule,
        }

    @classmethod
    def from_json(cls, data: Any) -> Signal:
        return built(
            lambda: cls(
                data["code"],
                float(data["weight"]),
                data["says"],
                tuple(Span.from_json(span) for span in data["spans"]),
                data.get("rule"),
            )
        )


def built(build: Callable[[], Any]) -> Any:
    """What `build` gives; data that do not fit raise UnreadableEvidence."""
    try:
        return build()
    except (TypeError, KeyError, ValueError) as error:
        if isinstance(error, UnreadableEvidence):
            raise
        raise UnreadableEvidence(str(error)) from error
