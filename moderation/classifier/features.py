"""What the classifier sees of a comment: named groups of hashed features. (First cut; the extraction follows.)"""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass

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
        name: one of the groups' names.
        value: what each feature counts, above 0.
        ids: numbers below SPACE, without repetition, in order.
    """

    name: str
    value: float
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Features:
    """All groups of a comment."""

    groups: tuple[Group, ...]

    def pack(self) -> bytes:
        """A compact form to store; `unpack` gives an equal object."""
        parts = [struct.pack("<BB", VERSION, len(self.groups))]
        for group in self.groups:
            name = group.name.encode()
            ids = array("I", group.ids)
            parts.append(struct.pack("<BfI", len(name), group.value, len(ids)) + name + ids.tobytes())
        return b"".join(parts)

    @classmethod
    def unpack(cls, data: bytes) -> Features:
        """Raises UnreadableFeatures: another version, or no features at all."""
        try:
            version, count = struct.unpack_from("<BB", data)
            if version != VERSION:
                raise UnreadableFeatures(f"features of version {version}")
            place, groups = 2, []
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
        return cls(tuple(groups))
