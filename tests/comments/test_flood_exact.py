"""A bucket lets exactly its burst through, however many ask at once, and all of a request's buckets or none."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from comments import flood
from comments.models import Bucket
from tests.together import together

BURST, SECONDS, ASKED = 7, 20, 4


def passed(keys: dict[str, str], now: datetime, times: int = 1) -> int:
    """How many of so many requests get through."""
    count = 0
    for _ in range(times):
        try:
            flood.take(keys, now)
            count += 1
        except flood.TooFast:
            continue
    return count


@pytest.fixture
def limits(settings: Settings) -> None:
    settings.COMMENTS_FLOOD_LIMITS = {"network": (BURST, SECONDS), "post": (3, 5), "site": (1000, 0.25)}


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_get_exactly_the_burst(limits: None) -> None:
    now = timezone.now()
    for key in ("57:aa", "57:bb", "57:cc"):
        many = together(*[lambda key=key: passed({"network": key, "site": ""}, now, ASKED)] * 8)
        assert sum(many) == BURST, many
    assert passed({"site": ""}, now, 1000) == 1000 - 3 * BURST, "what was refused took from another bucket"


def test_a_request_that_one_bucket_refuses_takes_from_none(db: None, limits: None) -> None:
    now = timezone.now()
    assert passed({"post": "1"}, now, 9) == 3
    before = list(Bucket.objects.order_by("key").values())
    with pytest.raises(flood.TooFast) as refusal:
        flood.take({"network": "57:aa", "post": "1", "site": ""}, now)
    assert refusal.value.bucket == "post"
    assert list(Bucket.objects.order_by("key").values()) == before


def test_one_key_does_not_empty_anothers_bucket(db: None, limits: None) -> None:
    now = timezone.now()
    assert passed({"network": "57:aa"}, now, 20) == BURST
    assert passed({"network": "57:ab"}, now, 20) == BURST


def test_one_more_passes_after_every_refill(db: None, limits: None) -> None:
    now = timezone.now()
    passed({"network": "57:aa"}, now, BURST)
    for number in range(1, 5):
        later = now + timedelta(seconds=SECONDS * number)
        assert passed({"network": "57:aa"}, later - timedelta(microseconds=1)) == 0
        assert passed({"network": "57:aa"}, later, 5) == 1


def test_a_long_rest_fills_the_bucket_and_never_more(db: None, limits: None) -> None:
    now = timezone.now()
    passed({"network": "57:aa"}, now, BURST)
    assert passed({"network": "57:aa"}, now + timedelta(days=400), 50) == BURST


def test_a_full_bucket_is_forgotten_and_an_empty_one_is_not(db: None, limits: None) -> None:
    now = timezone.now()
    passed({"network": "57:aa"}, now, BURST)
    passed({"network": "57:bb"}, now)
    assert flood.forget_full(now + timedelta(seconds=SECONDS + 1)) == 1
    assert Bucket.objects.get().key == "network:57:aa"


@pytest.mark.django_db(transaction=True)
def test_requests_that_pass_one_another_are_let_through_or_refused_and_never_broken(settings: Settings) -> None:
    settings.COMMENTS_FLOOD_LIMITS = {"site": (20, 0.05)}
    now, late = timezone.now(), timedelta(milliseconds=400)

    def asking(own: int) -> int:
        moments = (
            now + timedelta(milliseconds=5 * at) - (late if (at + own) % 3 == 0 else timedelta()) for at in range(60)
        )
        return sum(passed({"site": ""}, moment) for moment in moments)

    through = sum(together(*[lambda own=own: asking(own) for own in range(4)]))
    assert 20 <= through <= 20 + 300 // 50 + 1


def test_who_is_refused_is_in_nobodys_way(db: None, limits: None) -> None:
    now, keys = timezone.now(), {"network": "57:aa", "post": "1", "site": ""}
    passed({"network": "57:aa"}, now, BURST)
    with CaptureQueriesContext(connection) as asked, pytest.raises(flood.TooFast) as refusal:
        flood.take(keys, now)
    assert refusal.value.bucket == "network"
    assert [query["sql"].split()[0] for query in asked] == ["SELECT"]
