"""What reports weigh: by the reporter's record, and never by numbers from one place or of new browsers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.reporting import FRESH_SECONDS, HOLD_FROM, UNKNOWN, Record, Voice, come_to, is_fresh, weight_of

PERIOD = "681:"
voices = st.lists(
    st.builds(
        Voice,
        st.sampled_from([f"{PERIOD}{letter}" for letter in "abcdef"]),
        st.floats(0.01, 2, allow_nan=False),
        st.booleans(),
    ),
    max_size=12,
)


def old(number: int, weight: float = UNKNOWN) -> Voice:
    return Voice(f"{PERIOD}{number}", weight)


def new(number: int) -> Voice:
    return Voice(f"{PERIOD}new{number}", UNKNOWN, fresh=True)


def test_a_reporter_of_whom_nothing_is_known_weighs_one() -> None:
    assert weight_of(Record()) == 1


def test_a_good_record_weighs_more_and_never_as_much_as_two_and_a_half() -> None:
    weights = [weight_of(Record(upheld=n)) for n in range(100)]
    assert weights == sorted(weights)
    assert 1.9 < weights[-1] < 2


def test_a_bad_record_weighs_near_nothing() -> None:
    assert weight_of(Record(dismissed=3)) == pytest.approx(0.4)
    assert 0 < weight_of(Record(dismissed=50)) < 0.04


def test_staff_weigh_most() -> None:
    assert weight_of(Record(), staff=True) > weight_of(Record(upheld=1000))


def test_three_readers_of_three_networks_hold_and_two_do_not() -> None:
    assert come_to([old(1), old(2), old(3)]).holds
    assert not come_to([old(1, 2.0), old(2, 2.0)]).holds


def test_one_place_weighs_as_one_unknown_reader_however_many_report_from_it() -> None:
    crowd = [old(1) for _ in range(500)]
    assert come_to(crowd) == come_to([old(1)])


def test_new_browsers_weigh_as_one_unknown_reader_however_many_there_are() -> None:
    assert come_to([new(n) for n in range(500)]).weight == UNKNOWN
    assert not come_to([new(n) for n in range(500)]).holds
    assert not come_to([*(new(n) for n in range(500)), old(1)]).holds
    assert come_to([new(1), old(1), old(2)]).holds


def test_staff_alone_hold_nothing_without_other_places() -> None:
    staff = [Voice("staff:1", 3.0), Voice("staff:2", 3.0)]
    assert not come_to(staff).holds
    assert come_to([*staff, new(1)]).holds


def test_one_place_under_two_periods_keys_counts_once() -> None:
    two = [Voice("681:a", 1), Voice("682:b", 1), Voice("682:c", 1), Voice("683:d", 1)]
    assert come_to(two).networks == 2
    assert not come_to([Voice(f"{680 + n}:x", 1) for n in range(12)]).holds


def test_a_browser_is_new_for_a_day_or_until_a_person_judged_a_report_of_it() -> None:
    assert is_fresh(FRESH_SECONDS - 1, Record())
    assert not is_fresh(FRESH_SECONDS, Record())
    assert not is_fresh(60, Record(upheld=1))
    assert is_fresh(-3600, Record())  # a clock that stepped back makes nobody old


@given(voices)
def test_no_place_ever_adds_more_than_its_best_reader_or_one_unknown(some: list[Voice]) -> None:
    best: dict[str, float] = {}
    for voice in some:
        best[voice.network] = max(best.get(voice.network, UNKNOWN), voice.weight)
    outcome = come_to(some)
    assert outcome.weight <= sum(best.values()) + 0.001
    assert outcome.networks == len(best)


@given(voices, st.integers(1, 40))
def test_more_new_browsers_never_bring_a_hold_that_one_did_not(some: list[Voice], many: int) -> None:
    one = [*some, Voice(f"{PERIOD}x", UNKNOWN, True), Voice(f"{PERIOD}y", UNKNOWN, True)]
    more = [*one, *(Voice(f"{PERIOD}x{n}", UNKNOWN, True) for n in range(many))]
    assert come_to(more).weight == pytest.approx(come_to(one).weight)


def test_nothing_weighs_nothing() -> None:
    assert (come_to([]).weight, come_to([]).networks) == (0, 0)
    assert HOLD_FROM > 0
