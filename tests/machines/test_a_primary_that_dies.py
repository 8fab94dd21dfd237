"""The primary dies in the middle of a load: comments that were acknowledged are there, and new ones come in."""

import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from comments import stamps
from tests import postgres
from tests.machines.site import a_site_on
from tests.machines.standby import Pair
from tests.served import server

CLIENTS, BEFORE, AFTER, SECONDS = 4, 12, 12, 60


@pytest.fixture
def pair() -> Iterator[Pair]:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no standby")
    try:
        with Pair() as both:
            yield both
    except postgres.PostgresUnavailable as reason:
        pytest.skip(str(reason))


class Readers:
    """Clients that send comments until they are stopped, and note what was acknowledged and what was not."""

    def __init__(self, port: int, post: int) -> None:
        self.acknowledged: list[str] = []
        self.refused: set[int] = set()
        self._port, self._post, self._stopped = port, post, Event()
        with override_settings(SECRET_KEY=server.SECRET):
            self._stamp = stamps.make(post, timezone.now())
        self._threads = [Thread(target=self._send, args=(number,)) for number in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    def until(self, many: int) -> None:
        """Wait until so many more were acknowledged."""
        begun, until = len(self.acknowledged), time.monotonic() + SECONDS
        while len(self.acknowledged) < begun + many:
            assert time.monotonic() < until, f"{len(self.acknowledged) - begun} of {many} came in"
            time.sleep(0.05)

    def stop(self) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _send(self, number: int) -> None:
        headers = {
            "Origin": f"http://127.0.0.1:{self._port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        turn = 0
        while not self._stopped.is_set():
            turn += 1
            body = f"What reader {number} says about gates for the time number {turn}."
            typed = {"stamp": self._stamp, "name": f"Reader {number}", "body": body}
            try:
                with closing(HTTPConnection("127.0.0.1", self._port, timeout=30)) as browser:
                    browser.request("POST", f"/comments/on/{self._post}/", urlencode(typed), headers)
                    status = browser.getresponse().status
            except (HTTPException, OSError):
                continue
            if status == 303:
                self.acknowledged.append(body)
            else:
                self.refused.add(status)
                time.sleep(0.1)


@pytest.mark.slow
def test_nothing_that_was_acknowledged_is_lost(pair: Pair) -> None:
    post = a_site_on(pair.url)
    with server.serving(pair.url) as site:
        readers = Readers(site.port, post)
        try:
            readers.until(BEFORE)
            pair.primary_dies()
            pair.standby_takes_over()
            readers.until(AFTER)
        finally:
            readers.stop()
    stored = {body for (body,) in pair.rows("SELECT body FROM comments_comment")}
    assert set(readers.acknowledged) <= stored
    assert readers.refused <= {503}, "who could not be served was told to come back"
