"""What the classifier sees of a comment: named groups of hashed features, and what the comment is remembered by."""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass

from .memory import Traces

#: Raised when what a number stands for changes: lessons in the old numbers are read from their texts again.
VERSION = 1
BITS = 18
SPACE = 1 << BITS


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
        assumed: log-odds of what the filters found and no data has taught anything about.
        traces: None where nothing is to be remembered.
    """

    groups: tuple[Group, ...]
    assumed: float = 0.0
    traces: Traces | None = None

    def pack(self) -> bytes:
        """A compact form to store; `unpack` gives an equal object."""
        traces = self.traces.pack() if self.traces else b""
        parts = [struct.pack("<BBdH", VERSION, len(self.groups), self.assumed, len(traces)), traces]
        for group in self.groups:
            name = group.name.encode()
            parts.append(struct.pack("<BfI", len(name), group.value, len(group.ids)) + name)
            parts.append(array("I", group.ids).tobytes())
        return b"".join(parts)

    @classmethod
    def unpack(cls, data: bytes) -> Features:
        """Raises UnreadableFeatures: another version, or no features at all."""
        try:
            version, count, assumed, length = struct.unpack_from("<BBdH", data)
            if version != VERSION:
                raise UnreadableFeatures(f"features of version {version}")
            place = struct.calcsize("<BBdH")
            traces = Traces.unpack(data[place : place + length]) if length else None
            place, groups = place + length, []
            for _ in range(count):
                length, value, many = struct.unpack_from("<BfI", data, place)
                place += struct.calcsize("<BfI")
                name = data[place : place + length].decode()
                place += length
                ids = array("I", data[place : place + 4 * many])
                place += 4 * many
                groups.append(Group(name, value, tuple(ids)))
        except (struct.error, UnicodeDecodeError, ValueError) as error:
            raise UnreadableFeatures(str(error)) from error
        return cls(tuple(groups), assumed, traces)


def exact(value: float) -> float:
    """A number as exact as four bytes hold it, so that what is stored equals what was used."""
    return struct.unpack("<f", struct.pack("<f", value))[0]
