"""What one site's moderators taught: an online logistic regression on top of the frozen prior.

FTRL-proximal (H. B. McMahan et al., "Ad click prediction: a view from the trenches", 2013), with the prior as the
point that an untaught weight stands at. A fold: the same lessons in the same order give the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from math import exp, sqrt

from .features import SPACE, Features

FORMAT = 1
ALPHA = 0.1
BETA = 1.0
L1 = 0.0
L2 = 1.0


class UnreadableModel(ValueError):
    """Bytes that are no state of this learner."""


class Learner:
    """The site's part of the model.

    Args:
        prior: the frozen weight of each feature, SPACE of them.
    """

    def __init__(self, prior: array) -> None:
        self.prior = prior
        self.lessons = 0
        self._z = array("f", bytes(4 * SPACE))
        self._n = array("f", bytes(4 * SPACE))

    def weight(self, feature: int) -> float:
        """The weight of a feature: the prior's and what the site added."""
        return self.prior[feature] + self._taught(feature)

    def score(self, features: Features) -> float:
        """The log-odds of spam."""
        return sum(group.value * sum(map(self.weight, group.ids)) for group in features.groups)

    def learn(self, features: Features, spam: bool) -> None:
        """One lesson: a person said that this is spam, or that it is not."""
        error = 1 / (1 + exp(-max(-35.0, min(35.0, self.score(features))))) - spam
        for group in features.groups:
            gradient = error * group.value
            square = gradient * gradient
            for feature in group.ids:
                n = self._n[feature]
                sigma = (sqrt(n + square) - sqrt(n)) / ALPHA
                self._z[feature] += gradient - sigma * self._taught(feature)
                self._n[feature] = n + square
        self.lessons += 1

    def to_bytes(self) -> bytes:
        """The whole state; equal states give equal bytes."""
        return struct.pack("<BI", FORMAT, self.lessons) + zlib.compress(self._z.tobytes() + self._n.tobytes(), 6)

    @classmethod
    def from_bytes(cls, data: bytes, prior: array) -> Learner:
        """The learner that `to_bytes` wrote. Raises UnreadableModel."""
        try:
            form, lessons = struct.unpack_from("<BI", data)
            raw = zlib.decompress(data[struct.calcsize("<BI") :])
        except (struct.error, zlib.error) as error:
            raise UnreadableModel(str(error)) from error
        if form != FORMAT or len(raw) != 8 * SPACE:
            raise UnreadableModel(f"format {form}, {len(raw)} bytes")
        learner = cls(prior)
        learner.lessons = lessons
        learner._z = array("f", raw[: 4 * SPACE])
        learner._n = array("f", raw[4 * SPACE :])
        return learner

    def _taught(self, feature: int) -> float:
        z = self._z[feature]
        if not z:
            return 0.0
        return -z / ((BETA + sqrt(self._n[feature])) / ALPHA + L2)
