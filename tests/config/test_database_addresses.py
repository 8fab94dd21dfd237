"""DATABASE_URL names one host or several, a pooler may stand before them, and what cannot be read is said in words."""

from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import override_settings
from django.utils import timezone

from blog.models import Post
from comments import stamps
from comments.models import Comment, Revision
from config.databases import database_of
from moderation.models import Review
from tests import pooler
from tests.served import server

on_postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no hosts")
SEVERAL = "postgres://someone:a%20secret@one.example:5433,two.example/site?connect_timeout=2"


def test_several_hosts_are_handed_on_with_their_ports() -> None:
    found = database_of(SEVERAL, max_age=60)
    assert (found["HOST"], found["PORT"]) == ("one.example,two.example", "5433,5432")
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("site", "someone", "a secret")
    assert str(found["OPTIONS"]["connect_timeout"]) == "2"
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"


def test_one_host_is_asked_for_an_answer_in_time_and_keeps_how_it_answers() -> None:
    found = database_of("postgres://someone:secret@one.example/site", max_age=60)
    assert (found["HOST"], found["OPTIONS"]) == ("one.example", {"connect_timeout": 5})
    assert found["KEPT_FROM"] == 3
    assert found["CONN_HEALTH_CHECKS"]


@pytest.mark.parametrize("url", ["postgres://me:word@%2Frun%2Fpg/site", "postgres:////run/pg/site"])
def test_a_folder_with_the_servers_socket_is_a_host(url: str) -> None:
    found = database_of(url, max_age=60)
    assert (found["HOST"], found["NAME"]) == ("/run/pg", "site")


@pytest.mark.parametrize("hosts", ["one.example:x,two.example", ",two.example", "one.example,:5432"])
def test_a_host_that_cannot_be_read_is_named(hosts: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database_of(f"postgres://someone:secret@{hosts}/site", max_age=60)


def test_behind_a_pooler_nothing_outlives_its_transaction(tmp_path: Path) -> None:
    assert database_of(SEVERAL, max_age=60, pooled=True)["KEPT_FROM"] is None
    assert database_of(SEVERAL, max_age=60, pooled=True)["DISABLE_SERVER_SIDE_CURSORS"]
    assert not database_of(SEVERAL, max_age=60)["DISABLE_SERVER_SIDE_CURSORS"]
    assert database_of(f"sqlite:///{tmp_path}/new/site.sqlite3", max_age=60)["OPTIONS"]["timeout"] == 20


@on_postgres
def test_a_host_that_is_down_is_passed_over(db: None) -> None:
    known = connection.settings_dict
    url = f"postgres://{known['USER']}:{known['PASSWORD']}@127.0.0.1:1,127.0.0.1:{known['PORT']}/{known['NAME']}"
    found = {**known, **database_of(url, max_age=0)}
    with psycopg.connect(**DatabaseWrapper(found).get_connection_params()) as other:
        assert other.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)


@on_postgres
@pytest.mark.skipif(bool(pooler.MISSING), reason=pooler.MISSING)
@pytest.mark.django_db(transaction=True)
def test_comments_come_in_and_are_screened_through_a_pooler(post: Post) -> None:
    with pooler.pooling(connection.settings_dict) as url, server.serving(url, PGBOUNCER="1") as site:
        for number in range(6):
            # A connection of its own for each: some thread of the server takes it, with whatever the pool gives it.
            typed = {"name": f"Reader {number}", "body": f"Words about gate number {number}.", "stamp": _stamp(post)}
            headers = {
                "Origin": f"http://127.0.0.1:{site.port}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            with closing(HTTPConnection("127.0.0.1", site.port, timeout=30)) as browser:
                browser.request("POST", f"/comments/on/{post.pk}/", urlencode(typed), headers)
                answer = browser.getresponse()
                assert answer.status == 303, answer.read().decode()[-3000:]
    assert Comment.objects.count() == Revision.objects.count() == 6
    assert Review.objects.filter(error="").count() == 6


def _stamp(post: Post) -> str:
    with override_settings(SECRET_KEY=server.SECRET):
        return stamps.make(post.pk, timezone.now())
