"""Rate limits at the door: exact under any number of writers, one statement a bucket, in the database that is there.

Each bucket holds the moment at which it will be full again (the generic cell rate algorithm of ITU-T I.371). Taking one
moves that moment on by the refill time, if that leaves it within the burst; the database compares and writes in one
statement, so that two requests at once can not both take the last one.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from blog.known_sql import cursor_of_known_sql
from comments.models import Bucket

SECOND = 1_000_000  # microseconds
TAKE = """
INSERT INTO comments_bucket (key, full_at) VALUES (%(key)s, %(now)s + %(step)s)
ON CONFLICT (key) DO UPDATE SET full_at =
    CASE WHEN comments_bucket.full_at > %(now)s THEN comments_bucket.full_at ELSE %(now)s END + %(step)s
WHERE CASE WHEN comments_bucket.full_at > %(now)s THEN comments_bucket.full_at ELSE %(now)s END + %(step)s
    <= %(now)s + %(room)s
RETURNING full_at
"""
LOWER = "UPDATE comments_bucket SET full_at = %(most)s WHERE key = %(key)s AND full_at > %(most)s"


@dataclass
class TooFast(Exception):
    """A bucket is empty; `retry_after` is in whole seconds, `bucket` its name."""

    bucket: str
    retry_after: int


class _ClockStepped(Exception):
    """A bucket is to be full later than an empty one would be: the clock was ahead when something was taken."""


def take(keys: dict[str, str], now: datetime) -> None:
    """Take one from the bucket of each limit in COMMENTS_FLOOD_LIMITS that `keys` names, or from none.

    `keys` maps the limit's name to what it counts by, as in {"network": "57:ab12", "site": ""}. Raises TooFast.
    """
    moment = int(now.timestamp() * SECOND)
    try:
        _take_all(keys, moment)
    except _ClockStepped:
        # It must not lock anyone out for longer than an empty bucket does. Outside the transaction: a refusal undoes
        # that one, and each new try would find the old moment again.
        for name, what in keys.items():
            burst, step = _limit(name)
            with connection.cursor() as cursor:
                cursor.execute(LOWER, {"key": f"{name}:{what}", "most": moment + burst * step})
        _take_all(keys, moment)


def _take_all(keys: dict[str, str], now: int) -> None:
    with transaction.atomic():
        for name, what in keys.items():
            _take(f"{name}:{what}", name, *_limit(name), now)


def _limit(name: str) -> tuple[int, int]:
    """The burst of a limit, and the microseconds in which one more is there."""
    burst, seconds = settings.COMMENTS_FLOOD_LIMITS[name]
    return burst, int(seconds * SECOND)


def _take(key: str, name: str, burst: int, step: int, now: int) -> None:
    with cursor_of_known_sql(connection) as cursor:
        cursor.execute(TAKE, {"key": key, "now": now, "step": step, "room": burst * step})
        if cursor.fetchone():
            return
    full_at = Bucket.objects.values_list("full_at", flat=True).get(key=key)
    if full_at > now + burst * step:
        raise _ClockStepped(name)
    raise TooFast(name, max(1, -(-(full_at + step - burst * step - now) // SECOND)))


def forget_full(now: datetime) -> int:
    """Delete the buckets that are full again; they say nothing any more. Returns how many."""
    return Bucket.objects.filter(full_at__lt=int(now.timestamp() * SECOND)).delete()[0]
