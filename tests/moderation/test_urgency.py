"""Harm x exposure x doubt, and twelve hours of waiting weigh as much as a doubling; all of it said in words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from comments.models import Reason
from comments.models.comment import AGE_DOUBLES, by_age
from moderation import urgency
from moderation.urgency import DAY, GRAVE, SERIOUS, WEEK, Facts, weight, words

CALM = Facts(score=0.0, post_age=3 * WEEK)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (CALM, Facts(score=6.0, post_age=3 * WEEK)),
        (CALM, Facts(score=0.0, post_age=3 * WEEK, reports=1, weight=1.0)),
        (Facts(score=0.0, reports=1, weight=1.0), Facts(score=0.0, reports=3, weight=3.0)),
        (
            Facts(score=0.0, post_age=WEEK, reports=1, weight=1.0, reasons=frozenset({"off_topic"})),
            Facts(score=0.0, post_age=WEEK, reports=1, weight=1.0, reasons=frozenset({"harassment"})),
        ),
        (
            Facts(score=0.0, post_age=WEEK, reports=1, weight=1.0, reasons=frozenset({"harassment"})),
            Facts(score=0.0, post_age=WEEK, reports=1, weight=1.0, reasons=frozenset({"threat"})),
        ),
        (CALM, Facts(score=0.0, post_age=2 * DAY)),
        (Facts(score=0.0, post_age=2 * DAY), Facts(score=0.0, post_age=DAY / 2)),
        (CALM, Facts(score=0.0, post_age=3 * WEEK, public=True)),
        (CALM, Facts(score=0.0, post_age=3 * WEEK, thread=40)),
        (Facts(score=0.0), CALM),
        (Facts(score=6.0, post_age=WEEK), Facts(score=7.5, post_age=WEEK)),
        (Facts(score=14.0, post_age=WEEK), Facts(score=7.7, post_age=WEEK)),
        (CALM, Facts(score=None, post_age=3 * WEEK)),
    ],
)  # fmt: skip
def test_what_needs_a_person_more_weighs_more(less: Facts, more: Facts) -> None:
    assert weight(more) > weight(less)


def test_waiting_twelve_hours_weighs_as_much_as_twice_the_harm() -> None:
    older, younger = by_age(NOW - timedelta(hours=12)), by_age(NOW)
    assert older - younger == pytest.approx(1)
    assert timedelta(seconds=AGE_DOUBLES) == timedelta(hours=12)


@given(
    some.one_of(some.none(), some.floats(-50, 50)),
    some.one_of(some.none(), some.floats(0, 10**9)),
    some.booleans(),
    some.integers(0, 10**6),
    some.integers(0, 10**6),
    some.floats(-5, 10**9),
    some.frozensets(some.sampled_from(Reason.values)),
)
def test_no_facts_push_a_comment_out_of_reach(score, age, public, thread, reports, given_weight, reasons) -> None:
    facts = Facts(score, public, age, thread, reports, given_weight, reasons)
    assert -2 <= weight(facts) <= 15, "eight days of waiting outweigh everything else"
    assert all(words(facts))


def test_the_reasons_that_weigh_are_reasons() -> None:
    assert set(Reason.values) >= GRAVE | SERIOUS
    assert not GRAVE & SERIOUS


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (Facts(0.0, True, DAY / 2, 3, 3, 3.0), ["reported by 3", "public now", "on today’s post"]),
        (Facts(3.5, False, 2 * DAY, 25), ["on this week’s post", "busy thread of 25", "hard to tell"]),
        (Facts(12.0, False, 2 * WEEK), ["looks like spam"]),
        (Facts(6.0), ["post is not public", "looks suspicious"]),
        (Facts(None, False, 2 * WEEK), ["not screened"]),
        (CALM, []),
    ],
)
def test_it_is_said_in_words(facts: Facts, says: list[str]) -> None:
    assert words(facts) == says


def test_facts_come_from_columns() -> None:
    facts = urgency.facts_of(
        score=1.0, public=True, post_published_at=NOW - timedelta(hours=1), thread=2, reports=4, now=NOW
    )
    assert facts == Facts(1.0, True, 3600.0, 2, 4, 4.0)
