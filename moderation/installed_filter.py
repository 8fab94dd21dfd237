"""The classifier as it is installed: its frozen prior, and how it sees evidence. The one place that names its parts."""

import zlib
from array import array
from dataclasses import dataclass
from functools import lru_cache

from comments.normalise import fold
from moderation.classifier.features import SPACE, Features, Group
from moderation.filters.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Prior:
    """The frozen weight of each feature, and the digest that tells one prior from another."""

    weights: array
    digest: str


@lru_cache(maxsize=1)
def prior() -> Prior:
    """What ships with the product."""
    return Prior(array("f", bytes(4 * SPACE)), "none")


def extract(evidence: Evidence) -> Features:
    """What the classifier sees of a comment."""
    ids = {zlib.crc32(word.encode()) % SPACE for word in fold(evidence.body).text.split()}
    return Features((Group("words", 1.0, tuple(sorted(ids))),))
