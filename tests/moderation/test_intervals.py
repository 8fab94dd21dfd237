"""The exact interval: against known values, against plain sums of probabilities, and against the truth to cover."""

from functools import cache
from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.intervals import at_least, exact, trials_without_a_hit

# As R's binom.test gives them, to six places.
KNOWN = [
    (0, 10, 0.0, 0.308497),
    (10, 10, 0.691503, 1.0),
    (1, 10, 0.002529, 0.445016),
    (4, 20, 0.057334, 0.436614),
    (50, 100, 0.398321, 0.601679),
]


@pytest.mark.parametrize(("hits", "trials", "low", "high"), KNOWN)
def test_known_values(hits: int, trials: int, low: float, high: float) -> None:
    found = exact(hits, trials)
    assert (round(found.low, 6), round(found.high, 6)) == (low, high)


def tail(hits: int, trials: int, share: float) -> float:
    """The same probability as a plain sum."""
    return sum(comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(hits, trials + 1))


@given(st.integers(1, 60), st.data())
def test_the_tail_is_the_sum_of_its_probabilities(trials: int, data: st.DataObject) -> None:
    hits, share = data.draw(st.integers(0, trials)), data.draw(st.floats(0.001, 0.999))
    assert at_least(hits, trials, share) == pytest.approx(tail(hits, trials, share), abs=1e-10)


@given(st.integers(1, 400), st.data(), st.sampled_from([0.8, 0.95, 0.99]))
def test_at_its_ends_what_was_seen_is_as_improbable_as_stated(trials: int, data, confidence: float) -> None:
    hits = data.draw(st.integers(0, trials))
    found = exact(hits, trials, confidence)
    assert 0 <= found.low <= hits / trials <= found.high <= 1
    half = pytest.approx((1 - confidence) / 2, abs=1e-9)
    assert found.low == 0 or at_least(hits, trials, found.low) == half
    assert found.high == 1 or 1 - at_least(hits + 1, trials, found.high) == half


@given(st.integers(1, 200), st.data())
def test_what_is_good_and_what_is_bad_mirror_each_other(trials: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, trials))
    found, mirrored = exact(hits, trials), exact(trials - hits, trials)
    assert found.low == pytest.approx(1 - mirrored.high, abs=1e-12)


@given(st.integers(1, 80), st.floats(0, 1))
def test_it_never_covers_less_than_it_states_whatever_the_truth_is(trials: int, truth: float) -> None:
    covered = sum(
        comb(trials, hits) * truth**hits * (1 - truth) ** (trials - hits)
        for hits in range(trials + 1)
        if exact(hits, trials).low <= truth <= exact(hits, trials).high
    )
    assert covered >= 0.95 - 1e-9


@pytest.mark.parametrize("truth", [0.005, 0.02, 0.05, 0.15, 0.3, 0.5])
@pytest.mark.parametrize("trials", [20, 84, 200])
def test_in_a_simulation_with_known_error_it_covers_the_truth_at_its_stated_rate(truth: float, trials: int) -> None:
    chance, rounds = Random(1934), 4000
    interval = cache(lambda hits: exact(hits, trials))
    covered = 0
    for _ in range(rounds):
        found = interval(sum(chance.random() < truth for _ in range(trials)))
        covered += found.low <= truth <= found.high
    # Four thousand rounds scatter by a third of a percent; three of those are allowed.
    assert covered / rounds >= 0.95 - 3 * (0.95 * 0.05 / rounds) ** 0.5


def test_large_counts_stay_exact_and_quick() -> None:
    found = exact(31_000, 1_000_000)
    # So many are as good as a normal distribution.
    off = 1.959964 * (0.031 * 0.969 / 1_000_000) ** 0.5
    assert (found.low, found.high) == pytest.approx((0.031 - off, 0.031 + off), abs=2e-6)


def test_without_trials_nothing_is_known() -> None:
    assert exact(0, 0) == exact(0, 0, 0.5)
    assert (exact(0, 0).low, exact(0, 0).high) == (0, 1)


@pytest.mark.parametrize(("hits", "trials", "confidence"), [(-1, 4, 0.95), (5, 4, 0.95), (1, 4, 0), (1, 4, 1)])
def test_nonsense_is_refused(hits: int, trials: int, confidence: float) -> None:
    with pytest.raises(ValueError, match=f"{hits} of {trials}"):
        exact(hits, trials, confidence)


@pytest.mark.parametrize("limit", [0.01, 0.05, 0.15, 0.5, 0.99])
def test_so_many_without_a_hit_are_just_enough(limit: float) -> None:
    enough = trials_without_a_hit(limit)
    assert exact(0, enough).high <= limit
    assert enough == 1 or exact(0, enough - 1).high > limit
