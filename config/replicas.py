"""Reading public pages from a replica of the database, where REPLICA_URL names one.

Only what a stranger reads comes from there, and which server it is, is settled once for each request: the version of a
kept page and its content are then of one server, whose state only moves forward, so that an old page never stands under
a new version. Whoever wrote something here holds a cookie that says so, or is logged in, and reads what was written:
from the primary.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse

from blog.kept import is_known
from config.breaker import Breaker

PRIMARY, REPLICA = "default", "replica"
BREAKER = Breaker("The replica of the database", "strangers read from the primary until it does")
_read_from: ContextVar[str] = ContextVar("read_from", default=PRIMARY)


class Router:
    """Django's question which database to ask."""

    def db_for_read(self, model, **hints) -> str:
        return _read_from.get()

    def db_for_write(self, model, **hints) -> str:
        return PRIMARY

    def allow_relation(self, one, other, **hints) -> bool:
        return True  # the same rows

    def allow_migrate(self, db: str, app_label: str, **hints) -> bool:
        return db == PRIMARY


def strangers_read_elsewhere(handler: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: let a stranger's GET read from the replica while it answers; else from the primary."""
    if REPLICA not in settings.DATABASES:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or is_known(request) or not _replica_answers():
            return handler(request)
        with _reading_from(REPLICA):
            response = handler(request)
        if response.status_code != 503:
            return response
        # It went away while it was asked; a page is only read, so it can be asked for again.
        BREAKER.failed(ConnectionError())
        return handler(request)

    return middleware


def _replica_answers() -> bool:
    if not BREAKER.lets_through():
        return False
    try:
        connections[REPLICA].ensure_connection()
    except DatabaseError as error:
        BREAKER.failed(error)
        return False
    BREAKER.answered()
    return True


@contextmanager
def _reading_from(alias: str) -> Iterator[None]:
    token = _read_from.set(alias)
    try:
        yield
    finally:
        _read_from.reset(token)
