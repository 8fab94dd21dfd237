"""Strangers read from the replica, who wrote something from the primary; a replica that dies is missed by nobody."""

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest
from django.db import connection

from tests import postgres
from tests.machines.site import a_site_on
from tests.machines.standby import Pair
from tests.served import server

RENAME = "UPDATE blog_post SET title = 'As it is now', version = version + 1"
KNOWN = {"Cookie": "sender=somebody"}


@pytest.fixture
def pair() -> Iterator[Pair]:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no replica")
    try:
        with Pair(synchronous=False) as both:
            yield both
    except postgres.PostgresUnavailable as reason:
        pytest.skip(str(reason))


def front(port: int, headers: dict[str, str] | None = None) -> str:
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as browser:
        browser.request("GET", "/", headers=headers or {})
        answer = browser.getresponse()
        assert answer.status == 200
        return answer.read().decode()


@pytest.mark.slow
def test_what_a_stranger_reads_is_the_replicas_and_what_a_known_visitor_reads_the_primarys(pair: Pair) -> None:
    a_site_on(pair.primary)
    pair.standby_catches_up()
    with server.serving(pair.primary, REPLICA_URL=pair.standby) as site:
        assert "As it was" in front(site.port)
        pair.standby_falls_behind()
        pair.write(RENAME)
        assert "As it was" in front(site.port)
        assert "As it is now" in front(site.port, KNOWN)
        pair.standby_catches_up()
        assert "As it is now" in front(site.port), "the page that was kept has another version"
        pair.standby_dies()
        for _ in range(3):
            assert "As it is now" in front(site.port)
        pair.write(RENAME.replace("now", "at last"))
        assert "As it is at last" in front(site.port)
