"""What the classifier sees of a comment: named groups of hashed features, and what the comment is remembered by."""

from __future__ import annotations

import struct
import zlib
from array import array
from dataclasses import dataclass
from itertools import accumulate

from .memory import Traces

#: Raised when what a number stands for changes: lessons in the old numbers are read from their texts again.
VERSION = 1
BITS = 18
SPACE = 1 << BITS
#: Between two numbers: this step goes so far without naming one. So two bytes a step are enough for any distance.
_FAR = 0xFFFF
_HEAD, _GROUP, _FINDING = "<BBHH", "<BfI", "<Bd"


class UnreadableFeatures(ValueError):
    """Stored features that this version cannot read."""


@dataclass(frozen=True, slots=True)
class Group:
    """Features of one kind, each counted with the same value.

    Args:
        name: the kind's name.
        value: what each feature counts, above 0; as exact as four bytes hold.
        ids: numbers below SPACE, each once, ascending.
    """

    name: str
    value: float
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Features:
    """All groups of a comment.

    Args:
        groups: in a fixed order.
        findings: code and weight of what the filters found, as they say; the weight counts where no data taught
            anything about the code, which is for the prior to say.
        traces: None where nothing is to be remembered.
    """

    groups: tuple[Group, ...]
    findings: tuple[tuple[str, float], ...] = ()
    traces: Traces | None = None

    def pack(self) -> bytes:
        """A compact form to store; `unpack` gives an equal object."""
        traces = self.traces.pack() if self.traces else b""
        groups = []
        for code, weight in self.findings:
            name = code.encode()
            groups += [struct.pack(_FINDING, len(name), weight), name]
        for group in self.groups:
            name, steps = group.name.encode(), _steps(group.ids)
            groups += [struct.pack(_GROUP, len(name), group.value, len(steps)), name, steps.tobytes()]
        head = struct.pack(_HEAD, VERSION, len(self.groups), len(self.findings), len(traces))
        # Hashes do not compress, so the traces stand before what does.
        return head + traces + zlib.compress(b"".join(groups), 6)

    @classmethod
    def unpack(cls, data: bytes) -> Features:
        """Raises UnreadableFeatures: another version, or no features at all."""
        try:
            version, count, many_findings, length = struct.unpack_from(_HEAD, data)
            if version != VERSION:
                raise UnreadableFeatures(f"features of version {version}")
            place = struct.calcsize(_HEAD)
            traces = Traces.unpack(data[place : place + length]) if length else None
            raw, place, groups, findings = zlib.decompress(data[place + length :]), 0, [], []
            for _ in range(many_findings):
                length, weight = struct.unpack_from(_FINDING, raw, place)
                begin, place = place + struct.calcsize(_FINDING), place + struct.calcsize(_FINDING) + length
                findings.append((raw[begin:place].decode(), weight))
            for _ in range(count):
                length, value, many = struct.unpack_from(_GROUP, raw, place)
                begin = place + struct.calcsize(_GROUP) + length
                name = raw[begin - length : begin].decode()
                place = begin + 2 * many
                groups.append(Group(name, value, _numbers(array("H", raw[begin:place]))))
        except (struct.error, zlib.error, UnicodeDecodeError, ValueError) as error:
            raise UnreadableFeatures(str(error)) from error
        if place != len(raw) or any(group.ids and group.ids[-1] >= SPACE for group in groups):
            raise UnreadableFeatures("these are no groups of features")
        return cls(tuple(groups), tuple(findings), traces)


def exact(value: float) -> float:
    """A number as exact as four bytes hold it, so that what is stored equals what was used."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def _steps(ids: tuple[int, ...]) -> array:
    """The distances between ascending numbers, the first one counted from 0."""
    steps, before = array("H"), 0
    for number in ids:
        far, near = divmod(number - before, _FAR)
        steps.extend([_FAR] * far)
        steps.append(near)
        before = number
    return steps


def _numbers(steps: array) -> tuple[int, ...]:
    """The numbers between which there are these distances."""
    return tuple(number for step, number in zip(steps, accumulate(steps), strict=True) if step != _FAR)
