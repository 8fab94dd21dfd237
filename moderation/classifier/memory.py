"""What the site's decided comments had in common: hosts, names, texts, as numbers that a guess can be tested against.

A part of the learner's state, and a fold over lessons like the rest of it.
"""

from __future__ import annotations

import struct
from collections import deque
from dataclasses import dataclass
from hashlib import blake2b

from moderation.filters.context import Memory, Remembered

from .seen import Seen

#: Decided texts that a new one is compared with: the latest of each kind.
MOST_SPAM, MOST_HAM = 300, 200
_SIGNATURE = 64
_LOW = int.from_bytes(b"\x7f" * _SIGNATURE, "big")
_HIGH = int.from_bytes(b"\x80" * _SIGNATURE, "big")
_BY_CHANCE = 1 / 256
_MOST_HOSTS = 12


@dataclass(frozen=True, slots=True)
class Traces:
    """What a comment is remembered by.

    Args:
        comment: its number, 0 where it has none.
        hosts, owners: numbers of the hosts that it leads to, and of their main parts.
        name, text: numbers of its sender's typed name and of its text.
        signature: of `fingerprint.minhash`, as one number; 0 for a text too short to be compared.
    """

    comment: int
    hosts: tuple[int, ...]
    owners: tuple[int, ...]
    name: int
    text: int
    signature: int

    def pack(self) -> bytes:
        """A compact form to store; `unpack` gives an equal object."""
        head = struct.pack("<QBBQQ", self.comment, len(self.hosts), len(self.owners), self.name, self.text)
        numbers = struct.pack(f"<{len(self.hosts) + len(self.owners)}Q", *self.hosts, *self.owners)
        return head + self.signature.to_bytes(_SIGNATURE, "big") + numbers

    @classmethod
    def unpack(cls, data: bytes) -> Traces:
        """Raises struct.error for what `pack` did not write."""
        comment, hosts, owners, name, text = struct.unpack_from("<QBBQQ", data)
        place = struct.calcsize("<QBBQQ")
        signature = int.from_bytes(data[place : place + _SIGNATURE], "big")
        numbers = struct.unpack_from(f"<{hosts + owners}Q", data, place + _SIGNATURE)
        return cls(comment, numbers[:hosts], numbers[hosts:], name, text, signature)


def traces_of(seen: Seen, *, comment: int, digest: str, signature: str) -> Traces:
    """The traces of a comment, given its fingerprint (`moderation.fingerprint`)."""
    hosts = seen.hosts[:_MOST_HOSTS]
    return Traces(
        comment=comment,
        hosts=tuple(number("host", host) for host in hosts),
        owners=tuple(dict.fromkeys(number("owner", owner_of(host)) for host in hosts)),
        name=number("name", " ".join(seen.name_words)),
        text=number("text", digest),
        signature=int(signature, 16) if signature else 0,
    )


def number(kind: str, value: str) -> int:
    """A number of 64 bits that stands for a thing."""
    return int.from_bytes(blake2b(f"{kind} {value}".encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def owner_of(host: str) -> str:
    """The main part of a host, which stays when the ending or a subdomain changes: the longest but the last."""
    parts = host.split(".")
    return max(parts[:-1] or parts, key=len)


def likeness(one: int, other: int) -> float:
    """`moderation.fingerprint.likeness` of two signatures that are numbers."""
    differ = one ^ other
    different = (((differ & _LOW) + _LOW | differ) & _HIGH).bit_count()
    return max(0.0, ((_SIGNATURE - different) / _SIGNATURE - _BY_CHANCE) / (1 - _BY_CHANCE))


class SiteMemory:
    """How often each thing stood in spam and in ham, and the latest texts of each kind."""

    def __init__(self) -> None:
        self.spam = 0
        self.ham = 0
        self._counts: dict[int, list[int]] = {}
        self._spam_texts: deque[tuple[int, int]] = deque(maxlen=MOST_SPAM)
        self._ham_texts: deque[tuple[int, int]] = deque(maxlen=MOST_HAM)

    def recall(self, traces: Traces, seen: Seen) -> Memory:
        """What is known about a comment's traces."""
        nearest, like_spam = max(
            ((comment, likeness(traces.signature, text)) for comment, text in self._spam_texts),
            key=lambda pair: pair[1],
            default=(None, 0.0),
        )
        like_ham = max((likeness(traces.signature, text) for _, text in self._ham_texts), default=0.0)
        hosts = seen.hosts[:_MOST_HOSTS]
        comparable = bool(traces.signature and (self._spam_texts or self._ham_texts))
        return Memory(
            host=self._worst([(host, number("host", host)) for host in hosts]),
            owner=self._worst([(owner_of(host), number("owner", owner_of(host))) for host in hosts]),
            name=self._worst([(seen.evidence.name.strip(), traces.name)]) if seen.name_words else None,
            text=self._worst([("", traces.text)]),
            like_spam=round(like_spam, 3) if comparable else None,
            like_ham=round(like_ham, 3) if comparable else None,
            nearest=nearest if comparable else None,
            site_spam=self.spam,
            site_ham=self.ham,
        )

    def remember(self, traces: Traces, spam: bool) -> None:
        """A person decided about a comment with these traces."""
        for thing in {*traces.hosts, *traces.owners, traces.name, traces.text}:
            self._counts.setdefault(thing, [0, 0])[not spam] += 1
        if spam:
            self.spam += 1
        else:
            self.ham += 1
        if traces.signature:
            (self._spam_texts if spam else self._ham_texts).append((traces.comment, traces.signature))

    def to_bytes(self) -> bytes:
        """The whole memory; equal memories give equal bytes."""
        parts = [
            struct.pack("<IIIHH", self.spam, self.ham, len(self._counts), len(self._spam_texts), len(self._ham_texts))
        ]
        parts += [
            struct.pack("<QHH", thing, *(min(n, 65_535) for n in self._counts[thing])) for thing in sorted(self._counts)
        ]
        for comment, text in (*self._spam_texts, *self._ham_texts):
            parts.append(struct.pack("<Q", comment) + text.to_bytes(_SIGNATURE, "big"))
        return b"".join(parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> SiteMemory:
        """The memory that `to_bytes` wrote. Raises struct.error."""
        memory = cls()
        memory.spam, memory.ham, things, spam_texts, ham_texts = struct.unpack_from("<IIIHH", data)
        place = struct.calcsize("<IIIHH")
        for thing, spam, ham in struct.iter_unpack("<QHH", data[place : place + 12 * things]):
            memory._counts[thing] = [spam, ham]
        place += 12 * things
        for texts, many in ((memory._spam_texts, spam_texts), (memory._ham_texts, ham_texts)):
            for _ in range(many):
                (comment,) = struct.unpack_from("<Q", data, place)
                signature = data[place + 8 : place + 8 + _SIGNATURE]
                if len(signature) < _SIGNATURE:
                    raise struct.error("the memory is cut off")
                texts.append((comment, int.from_bytes(signature, "big")))
                place += 8 + _SIGNATURE
        return memory

    def _worst(self, things: list[tuple[str, int]]) -> Remembered | None:
        """The thing that tells most against a comment; one that tells for it only where all of them are known.

        Otherwise a link to a host that everybody likes would speak for the one beside it, and spam that links to it
        would turn the filter against everybody.
        """
        known = [(what, *self._counts.get(thing, (0, 0))) for what, thing in things]
        bad = [one for one in known if one[1] > one[2]]
        if bad:
            return Remembered(*max(bad, key=lambda one: (one[1], one[2])))
        if not known or any(not ham for _, _, ham in known):
            return None
        return Remembered(*min(known, key=lambda one: one[2]))
