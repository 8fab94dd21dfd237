"""What one site's moderators taught: weights on top of the frozen prior, and what their comments had in common.

The weights are an online logistic regression, FTRL-proximal (H. B. McMahan et al., "Ad click prediction: a view from
the trenches", 2013), which starts from the prior instead of from nothing. A fold: the same lessons in the same order
give the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Callable
from math import exp, fsum, sqrt

from .features import SPACE, Features
from .memory import SiteMemory
from .prior import Prior

FORMAT = 2
#: How far a lesson moves the weights, and how strongly they are held to the prior's.
ALPHA = 0.3
BETA = 1.0
L2 = 1.0
_HEAD = "<BII"
_MOST = 35.0


class UnreadableModel(ValueError):
    """Bytes that are no state of this learner."""


class Learner:
    """The model of one site: the prior, and what was added to it."""

    def __init__(self, prior: Prior) -> None:
        self.prior = prior
        self.lessons = 0
        self.memory = SiteMemory()
        self._z = array("f", bytes(4 * SPACE))
        self._n = array("f", bytes(4 * SPACE))
        self._weights = array("f", prior.weights)

    @property
    def weight(self) -> Callable[[int], float]:
        """Says the weight of a feature, the prior's and what the site added, as it is now."""
        return self._weights.__getitem__

    def taught(self, feature: int) -> float:
        """What the site added to a feature's weight."""
        return self._weights[feature] - self.prior.weights[feature]

    def parts(self, features: Features) -> list[tuple[str, float]]:
        """What each group adds to the log-odds, in the order of the groups."""
        weigh = self._weights.__getitem__
        return [(group.name, group.value * fsum(map(weigh, group.ids))) for group in features.groups]

    def score(self, features: Features) -> float:
        """The log-odds of spam: of all groups, and of findings that no data taught anything about."""
        assumed = (weight for code, weight in features.findings if code not in self.prior.findings)
        return fsum([*assumed, *(part for _, part in self.parts(features))])

    def learn(self, features: Features, spam: bool) -> None:
        """One lesson: a person said that this is spam, or that it is not."""
        error = probability(self.score(features)) - spam
        z, n, weights, prior = self._z, self._n, self._weights, self.prior.weights
        for group in features.groups:
            gradient = error * group.value
            square = gradient * gradient
            for feature in group.ids:
                before = sqrt(n[feature])
                n[feature] += square  # read again as stored, in four bytes: a restored learner goes on alike
                root = sqrt(n[feature])
                z[feature] += gradient - (root - before) / ALPHA * (weights[feature] - prior[feature])
                weights[feature] = prior[feature] - z[feature] / ((BETA + root) / ALPHA + L2)
        if features.traces:
            self.memory.remember(features.traces, spam)
        self.lessons += 1

    def to_bytes(self) -> bytes:
        """The whole state; equal states give equal bytes."""
        memory = zlib.compress(self.memory.to_bytes(), 6)
        weights = zlib.compress(self._z.tobytes() + self._n.tobytes(), 6)
        return struct.pack(_HEAD, FORMAT, self.lessons, len(memory)) + memory + weights

    @classmethod
    def from_bytes(cls, data: bytes, prior: Prior) -> Learner:
        """The learner that `to_bytes` wrote. Raises UnreadableModel."""
        learner = cls(prior)
        try:
            form, learner.lessons, length = struct.unpack_from(_HEAD, data)
            if form != FORMAT:
                raise UnreadableModel(f"format {form}")
            place = struct.calcsize(_HEAD)
            learner.memory = SiteMemory.from_bytes(zlib.decompress(data[place : place + length]))
            raw = zlib.decompress(data[place + length :])
        except (struct.error, zlib.error) as error:
            raise UnreadableModel(str(error)) from error
        if len(raw) != 8 * SPACE:
            raise UnreadableModel(f"{len(raw)} bytes of weights")
        learner._z = array("f", raw[: 4 * SPACE])
        learner._n = array("f", raw[4 * SPACE :])
        for feature, z in enumerate(learner._z):
            if z:
                learner._weights[feature] -= z / ((BETA + sqrt(learner._n[feature])) / ALPHA + L2)
        return learner


def probability(score: float) -> float:
    """The probability that log-odds stand for."""
    return 1 / (1 + exp(-max(-_MOST, min(_MOST, score))))
