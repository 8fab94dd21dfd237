"""The geometry of the plots, and shares in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.intervals import exact
from moderation.percent import NBSP, between, percent
from moderation.plots import HEIGHT, WIDTH, length, round_up, span, stacks

days = st.lists(st.tuples(*[st.integers(0, 10**6)] * 3), min_size=1, max_size=90)


@given(days)
def test_bars_stay_in_the_field_and_stand_on_one_another(counts: list[tuple[int, ...]]) -> None:
    drawn = stacks(counts, ["a", "b", "c"])
    assert len(drawn.bars) == sum(value > 0 for day in counts for value in day)
    for bar in drawn.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert -0.05 <= bar.y <= bar.y + bar.height <= HEIGHT + 0.05
    tallest = max(sum(bar.height for bar in drawn.bars if bar.x == x) for x in {0.0, *(bar.x for bar in drawn.bars)})
    assert tallest == pytest.approx(HEIGHT * max(map(sum, counts)) / drawn.top, abs=0.05)


@given(st.integers(0, 10**9))
def test_a_scale_ends_at_a_round_number_near_by(value: int) -> None:
    top = round_up(value)
    assert value <= top <= max(4, 2 * value)
    assert top % 2 == 0


def test_nothing_is_an_empty_field() -> None:
    assert stacks([(0, 0)] * 30, ["a", "b"]).bars == []
    assert stacks([], ["a"]).bars == []
    assert length(0, 0) == 0


def test_an_interval_beyond_the_scale_ends_with_it() -> None:
    assert span(0.1, 0.9, 0.25, 0.5, 0.5) == (shape := span(0.1, 0.5, 0.25, 0.7, 0.5))
    assert (shape.low, shape.high, shape.point) == (200, 1000, 500)


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0 %"), (0.0002, "less than 0.1 %"), (0.003, "0.3 %"), (0.0238, "2 %"), (0.996, "99.6 %"), (1, "100 %"),
     (0.9999, "more than 99.9 %"), (0.5, "50 %")],
)  # fmt: skip
def test_shares_in_words(share: float, words: str) -> None:
    assert percent(share) == words.replace(" %", f"{NBSP}%")


def test_the_interval_of_the_plan_in_words() -> None:
    assert between(exact(2, 84)) == f"between 0.3 and 8{NBSP}%"
