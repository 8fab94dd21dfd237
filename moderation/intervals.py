"""Exact binomial confidence intervals. Pure: knows nothing of Django, and needs no scipy.

C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
Biometrika 26 (1934): the interval holds every share under which what was seen is not too improbable on either side. It
never covers the truth less often than it states, at any share and any number of trials; the price is that it is often a
little wider than it need be. Wilson's and other approximations are narrower and cover less than they say near 0 and 1,
which is where error rates lie.

The tail of the binomial is a regularised incomplete beta function (NIST Digital Library of Mathematical Functions,
8.17.5), computed by its continued fraction (8.17.22, evaluated by Lentz's method); the bounds are found by bisection.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, log1p

CONFIDENCE = 0.95
_TINY, _PRECISION, _MOST_TERMS, _HALVINGS = 1e-300, 1e-15, 10_000, 60


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both shares from 0 to 1."""

    low: float
    high: float


@lru_cache(maxsize=1024)
def exact(hits: int, trials: int, confidence: float = CONFIDENCE) -> Interval:
    """The Clopper-Pearson interval of a share of which `hits` of `trials` were seen; without trials, all from 0 to 1.

    Raises:
        ValueError: not 0 <= hits <= trials, or not 0 < confidence < 1.
    """
    if not 0 <= hits <= trials or not 0 < confidence < 1:
        raise ValueError(f"{hits} of {trials} at {confidence}")
    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else _share_where(lambda share: at_least(hits, trials, share) >= tail)
    high = 1.0 if hits == trials else _share_where(lambda share: at_least(hits + 1, trials, share) >= 1 - tail)
    return Interval(low, high)


def at_least(hits: int, trials: int, share: float) -> float:
    """The probability of `hits` or more in `trials` that each hit with probability `share`."""
    if hits <= 0:
        return 1.0
    if hits > trials or share <= 0:
        return 0.0
    if share >= 1:
        return 1.0
    return _incomplete_beta(share, hits, trials - hits + 1)


@lru_cache(maxsize=64)
def trials_without_a_hit(limit: float, confidence: float = CONFIDENCE) -> int:
    """How many trials without a single hit it takes until the upper bound is at or under `limit`."""
    if not 0 < limit < 1:
        raise ValueError(f"a limit of {limit}")
    trials = max(1, int(log((1 - confidence) / 2) / log1p(-limit)) - 1)
    while exact(0, trials, confidence).high > limit:
        trials += 1
    return trials


def _share_where(is_above) -> float:
    """The share at which a condition that holds above it begins to hold."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_above(middle) else (middle, high)
    return (low + high) / 2


def _incomplete_beta(x: float, a: int, b: int) -> float:
    """I_x(a, b), from whichever end the fraction converges fast."""
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: int, b: int) -> float:
    """The continued fraction of I_x(a, b) by Lentz's method: two coefficients a round, until nothing changes."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for part in (even, odd):
            d, c = 1 / _away(1 + part * d), _away(1 + part / c)
            step = d * c
            value *= step
        if abs(step - 1) < _PRECISION:
            break
    return value


def _away(number: float) -> float:
    """A number that may be divided by."""
    return number if abs(number) > _TINY else _TINY
