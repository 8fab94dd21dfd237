"""The frozen prior: what comments of other blogs taught, in one file that ships with the product.

The file (`prior.bin`, made by `manage.py build_prior`) holds a line of JSON with what it was made of, then, compressed:
one signed byte for each feature, and the rarity of the terms that are not rare. It contains no word of any text.
"""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import Any
from zlib import crc32

from .features import SPACE, VERSION

FILE = Path(__file__).with_name("prior.bin")
#: The most that the file may weigh, in bytes.
MOST_BYTES = 300_000
_STEPS = 127


class UnreadablePrior(ValueError):
    """The file is no prior, or one for other features."""


@dataclass(frozen=True)
class Prior:
    """What is known before a site taught anything.

    Args:
        weights: one for each feature, SPACE of them.
        rarities: by number of a term, the rarity of those that are not rare.
        rarest: the rarity of all other terms.
        findings: codes of the filters' findings that the data taught about; all others weigh what the filter says.
        usual: by kind of features, what it adds to the score of an honest comment, to tell what is unusual about one.
        about: what it was made of, for people to read.
    """

    weights: array
    rarities: Mapping[int, float]
    rarest: float
    findings: frozenset[str]
    usual: Mapping[str, float]
    about: Mapping[str, Any]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that a score depends on, in hexadecimal digits."""
        known = [sorted(self.rarities.items()), self.rarest, sorted(self.findings)]
        return sha256(self.weights.tobytes() + json.dumps(known).encode()).hexdigest()

    def rarity(self, term: str) -> float:
        """How rare a term is: minus the natural logarithm of the part of texts that have it."""
        return self.rarities.get(term_number(term), self.rarest)

    def to_bytes(self) -> bytes:
        """The file's content. Weights are kept in 127 steps each way."""
        most = max(map(abs, self.weights), default=0.0) or 1.0
        head = {
            "features": VERSION,
            "step": most / _STEPS,
            "rarest": self.rarest,
            "findings": sorted(self.findings),
            "usual": dict(self.usual),
            "about": dict(self.about),
        }
        weights = array("b", (round(weight / most * _STEPS) for weight in self.weights))
        terms = sorted(self.rarities)
        table = struct.pack(f"<I{len(terms)}I", len(terms), *terms)
        table += bytes(min(255, round(self.rarities[term] * 20)) for term in terms)
        return json.dumps(head, sort_keys=True).encode() + b"\n" + zlib.compress(weights.tobytes() + table, 9)

    @classmethod
    def from_bytes(cls, data: bytes) -> Prior:
        """The prior that `to_bytes` wrote, its weights in steps. Raises UnreadablePrior."""
        try:
            line, _, packed = data.partition(b"\n")
            head = json.loads(line)
            if head["features"] != VERSION:
                raise UnreadablePrior(f"for features of version {head['features']}")
            raw = zlib.decompress(packed)
            weights = array("f", (step * head["step"] for step in array("b", raw[:SPACE])))
            (many,) = struct.unpack_from("<I", raw, SPACE)
            terms = struct.unpack_from(f"<{many}I", raw, SPACE + 4)
            rarities = raw[SPACE + 4 + 4 * many :]
            if len(weights) != SPACE or len(rarities) != many:
                raise UnreadablePrior("it is cut off")
            numbers = [head["step"], head["rarest"], *head["usual"].values()]
            if not all(isinstance(each, float | int) and isfinite(each) for each in numbers):
                raise UnreadablePrior("its numbers are none")
            rarity = {term: step / 20 for term, step in zip(terms, rarities, strict=True)}
            return cls(weights, rarity, head["rarest"], frozenset(head["findings"]), head["usual"], head["about"])
        except (ValueError, KeyError, TypeError, AttributeError, zlib.error, struct.error) as error:
            raise error if isinstance(error, UnreadablePrior) else UnreadablePrior(str(error)) from error


def term_number(term: str) -> int:
    """The number under which a term's rarity is kept."""
    return crc32(term.encode("utf-8", "surrogatepass"))


@cache
def shipped() -> Prior:
    """The prior that ships with the product, read once a process. Raises UnreadablePrior, or OSError."""
    return Prior.from_bytes(FILE.read_bytes())


def nothing() -> Prior:
    """A prior that knows nothing: every weight is zero, every term as rare as the next."""
    return Prior(array("f", bytes(4 * SPACE)), {}, 1.0, frozenset(), {}, {})
