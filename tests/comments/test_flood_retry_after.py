"""Who is too fast learns the right moment, also when the clock of the server jumps."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from comments import flood
from comments.models import Bucket

BURST, SECONDS = 4, 20
KEY = {"network": "57:aa"}


@pytest.fixture
def limits(settings: Settings) -> None:
    settings.COMMENTS_FLOOD_LIMITS = {"network": (BURST, SECONDS), "site": (2, 0.25)}


def refused(keys: dict[str, str], now: datetime) -> int | None:
    """The seconds that a request is told to wait, or None if it passes."""
    try:
        flood.take(keys, now)
    except flood.TooFast as refusal:
        return refusal.retry_after
    return None


def empty(keys: dict[str, str], now: datetime) -> int:
    """Take until the bucket is empty; return the seconds to wait then."""
    while (seconds := refused(keys, now)) is None:
        pass
    return seconds


def test_an_empty_bucket_tells_the_whole_seconds_until_the_next_one(db: None, limits: None) -> None:
    now = timezone.now()
    assert empty(KEY, now) == SECONDS
    assert refused(KEY, now + timedelta(seconds=12.5)) == 8
    assert empty({"site": ""}, now) == 1, "less than a second is told as one"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(waits=st.lists(st.floats(0, 50), max_size=12))
def test_who_waits_as_long_as_told_passes(db: None, limits: None, waits: list[float]) -> None:
    now = timezone.now()
    Bucket.objects.all().delete()
    for wait in waits:
        now += timedelta(seconds=wait)
        seconds = refused(KEY, now)
        if seconds:
            assert refused(KEY, now + timedelta(seconds=seconds - 1.000001)) is not None
            now += timedelta(seconds=seconds)
            assert refused(KEY, now) is None


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=4000)])
def test_a_clock_that_stepped_back_locks_out_no_longer_than_an_empty_bucket(
    db: None, limits: None, back: timedelta
) -> None:
    now = timezone.now()
    empty(KEY, now)
    earlier = now - back
    seconds = refused(KEY, earlier)
    assert seconds is not None
    assert seconds <= SECONDS
    assert refused(KEY, earlier + timedelta(seconds=seconds)) is None


def test_a_clock_that_stepped_back_opens_nothing(db: None, limits: None) -> None:
    now = timezone.now()
    empty(KEY, now)
    assert refused(KEY, now - timedelta(hours=1)) == SECONDS
