"""Waits are counted in buckets from which medians are read, and said as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.waits import LAST, bucket_of, in_words, quantile, seconds_of


@given(st.floats(1, 10**8))
def test_a_bucket_tells_a_wait_within_a_tenth(seconds: float) -> None:
    assert seconds_of(bucket_of(seconds)) == pytest.approx(seconds, rel=0.1)


@given(st.floats(-(10**6), 10**12))
def test_every_wait_has_a_bucket(seconds: float) -> None:
    assert 0 <= bucket_of(seconds) <= LAST


@given(st.lists(st.floats(2, 10**7), min_size=1, max_size=60), st.sampled_from([0.5, 0.9]))
def test_a_quantile_is_right_within_a_tenth(waits: list[float], share: float) -> None:
    counts: dict[int, int] = {}
    for wait in waits:
        counts[bucket_of(wait)] = counts.get(bucket_of(wait), 0) + 1
    at = max(0, -int(-len(waits) * share // 1) - 1)
    assert quantile(counts, share) == pytest.approx(sorted(waits)[at], rel=0.1)


def test_of_nothing_there_is_no_median() -> None:
    assert quantile({}, 0.5) is None
    assert in_words(None) == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "at once"), (20, "20 seconds"), (60, "1 minute"), (5400, "1.5 hours"), (7_200, "2 hours"), (90_000, "1 day"),
     (864_000, "10 days")],
)  # fmt: skip
def test_waits_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
