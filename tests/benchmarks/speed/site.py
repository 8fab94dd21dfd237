"""A served site, and the rows that are measured of it. Each row is printed as a line of JSON."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from random import Random
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from blog.models import Post
from comments import stamps
from tests.benchmarks.speed import data, load
from tests.served import server

GZIP = {"Accept-Encoding": "gzip"}
NOTHING = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


def tell(name: str, **facts: object) -> None:
    """Print a row."""
    print(json.dumps({"row": name, **facts}), flush=True)


class Site:
    """A served site, and the rows that are measured of it."""

    def __init__(self, running: server.Server, beside: int) -> None:
        self.server, self._beside = running, beside

    def pages(self, name: str, address: str, seconds: float, *, warm: bool = False) -> None:
        load.pages(self.server.port, address, 0.5, GZIP)
        answer = Client().get(address, headers=GZIP)
        with override_settings(**({} if warm else {"CACHES": NOTHING})), CaptureQueriesContext(connection) as asked:
            Client().get(address, headers=GZIP)
        with self._used(name, bytes=len(answer.content), queries=len(asked)) as told:
            told["load"] = load.pages(self.server.port, address, seconds, GZIP)

    def not_modified(self, name: str, address: str, seconds: float, etag: str) -> None:
        with self._used(name, bytes=0, queries=None) as told:
            told["load"] = load.pages(self.server.port, address, seconds, {**GZIP, "If-None-Match": etag}, 304)

    def submissions(self, name: str, post: Post, seconds: float) -> None:
        with self._used(name, bytes=None, queries=None) as told:
            told["load"] = load.repeated(self.server.port, seconds, self.comment_on(post), 303)

    def comment_on(self, post: Post) -> Callable[[int], load.Request]:
        """By a number, the request that sends the comment of this number."""
        stamp, address = stamps.make(post.pk, timezone.now()), f"/comments/on/{post.pk}/"
        origin = f"http://127.0.0.1:{self.server.port}"
        words = list(islice(data.texts(Random(3)), 5000))

        def one(number: int) -> load.Request:
            typed = {"stamp": stamp, "name": f"Visitor {number}", "body": f"{words[number % 5000]} Number {number}."}
            headers = {"Origin": origin, "Content-Type": "application/x-www-form-urlencoded"}
            return "POST", address, urlencode({**typed, "email": "", "website": "", "parent": ""}).encode(), headers

        return one

    @contextmanager
    def _used(self, name: str, **facts: object) -> Iterator[dict]:
        told: dict = {}
        web, database = self.server.cpu(), self._database()
        yield told
        found: load.Load = told["load"]
        tell(
            name,
            each_second=round(found.each_second, 1),
            p50=round(found.p50, 2),
            p99=round(found.p99, 2),
            cpu=round((self.server.cpu() - web) * 1000 / found.asked, 3),
            database_cpu=round((self._database() - database) * 1000 / found.asked, 3),
            **facts,
        )

    def _database(self) -> float:
        """Seconds of processor time of PostgreSQL, whose processes come with the connections."""
        return server.cpu_of(server.database_processes(self._beside))


@contextmanager
def served(database: str, beside: int, **environment: str) -> Iterator[Site]:
    with server.serving(database, **environment) as running:
        yield Site(running, beside)
