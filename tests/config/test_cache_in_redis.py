"""Machines that share a Redis share their pages; one that dies or hangs makes the site slower and breaks nothing."""

import logging
from collections.abc import Iterator

import pytest
import redis
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from blog.models import Post
from config import breaker, redis_cache
from config.caching import caches_of
from tests import redis_server
from tests.redis_server import RedisServer

needs_redis = pytest.mark.skipif(bool(redis_server.MISSING), reason=redis_server.MISSING)


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisServer]:
    found = RedisServer()
    monkeypatch.setattr(redis_cache, "_breakers", {})
    settings.CACHES = caches_of(found.url)
    yield found
    found.end()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The breaker's clock: what is appended has passed."""
    passed: list[float] = [1000.0]
    monkeypatch.setattr(breaker, "monotonic", lambda: sum(passed))
    return passed


def queries(address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(address).status_code == 200
    return len(asked)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "config.breaker"]


@needs_redis
def test_a_page_that_one_made_is_handed_out_by_all(post: Post, server: RedisServer, settings: Settings) -> None:
    made = Client().get(post.get_absolute_url())
    settings.CACHES = caches_of(server.url)  # new connections, as another process has them
    assert queries(post.get_absolute_url()) == 1
    kept = Client().get(post.get_absolute_url())
    assert (kept.content, dict(kept.headers)) == (made.content, dict(made.headers))


@needs_redis
def test_what_stands_there_is_a_page_and_no_program(post: Post, server: RedisServer) -> None:
    Client().get(post.get_absolute_url())
    with redis.Redis.from_url(server.url) as client:
        (key,) = client.keys("*")
        assert client.get(key).startswith(b'{"Content-Type": "text/html')
        client.set(key, b"cos\nsystem\n(S'true'\ntR.")
    assert Client().get(post.get_absolute_url()).status_code == 200


@needs_redis
def test_a_server_that_hangs_is_asked_once_and_left_alone(
    post: Post,
    server: RedisServer,
    later: list[float],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = queries(post.get_absolute_url())
    server.hang()
    assert queries(post.get_absolute_url()) == few
    assert len(told(caplog)) == 1
    monkeypatch.setattr(redis.Connection, "connect", lambda self: pytest.fail("asked again"))
    monkeypatch.setattr(redis.Connection, "send_command", lambda *asked, **options: pytest.fail("asked again"))
    assert queries(post.get_absolute_url()) == few
    assert len(told(caplog)) == 1


@needs_redis
def test_a_server_that_died_is_found_again_when_it_is_back(
    post: Post, server: RedisServer, later: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    few = queries(post.get_absolute_url())
    server.kill()
    caplog.set_level(logging.WARNING)
    for _ in range(3):
        assert queries(post.get_absolute_url()) == few
    server.start()
    assert queries(post.get_absolute_url()) == few, "the pause is not over"
    later.append(breaker.PAUSE)
    assert queries(post.get_absolute_url()) == few
    assert queries(post.get_absolute_url()) == 1
    assert [line.split()[1] for line in told(caplog)] == ["does", "answers"]


@needs_redis
def test_a_cache_that_is_full_keeps_nothing_and_breaks_nothing(post: Post, server: RedisServer) -> None:
    with redis.Redis.from_url(server.url) as client:
        client.config_set("maxmemory", "1")
    assert Client().get(post.get_absolute_url()).status_code == 200


def test_without_an_address_each_process_keeps_a_bounded_number() -> None:
    (only,) = caches_of("").values()
    assert only["BACKEND"].endswith("LocMemCache")
    assert 0 < only["OPTIONS"]["MAX_ENTRIES"] <= 1000


def test_an_address_of_no_known_kind_is_refused_in_words() -> None:
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL"):
        caches_of("memcached://127.0.0.1")
