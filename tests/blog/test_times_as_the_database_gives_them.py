"""A time read past the ORM is the time that was stored, in whichever zone the machine stands."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from blog.models import Post
from blog.page_times import touch_pages
from blog.versions import as_time
from tests import cast

MOMENT = datetime(2026, 5, 3, 12, 5, 9, tzinfo=UTC)


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("stored", [MOMENT, MOMENT.replace(tzinfo=None), "2026-05-03 12:05:09"])
def test_each_form_of_it_is_the_same_moment(stored: datetime | str, far_east: None) -> None:
    assert as_time(stored).timestamp() == MOMENT.timestamp()


def test_a_page_tells_the_time_of_the_site_and_not_of_the_machine(post: Post, far_east: None) -> None:
    cast.comment(post, created_at=MOMENT)
    touch_pages([post.pk], MOMENT)
    answer = Client().get(post.get_absolute_url())
    assert '<time datetime="2026-05-03T12:05:09+00:00">3 May 2026, 12:05</time>' in answer.content.decode()
    post.refresh_from_db()
    told = datetime.strptime(answer.headers["Last-Modified"], "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    assert 0 <= told.timestamp() - post.page_changed_at.timestamp() < 1
