"""Rate limits at the door: exact under any number of writers, one statement for all, in the database that is there.

Each bucket holds the moment at which it will be full again (the generic cell rate algorithm of ITU-T I.371). Taking one
moves that moment on by the refill time, if that leaves it within the burst; the database compares and writes in one
statement, so that two requests at once can not both take the last one.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import connection, transaction

from blog.known_sql import cursor_of_known_sql
from comments.models import Bucket

SECOND = 1_000_000  # microseconds
# What would be inserted says by how much a bucket is moved on.
_MOVED_ON = """CASE WHEN comments_bucket.full_at > %(now)s THEN comments_bucket.full_at ELSE %(now)s END
    + excluded.full_at - %(now)s"""
_TAKE = """
INSERT INTO comments_bucket (key, full_at) VALUES {values}
ON CONFLICT (key) DO UPDATE SET full_at = {moved_on}
WHERE {moved_on} <= CASE comments_bucket.key {most} END
RETURNING key
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
    limits = {f"{name}:{what}": (name, *_limit(name)) for name, what in keys.items()}
    given = {"now": now}
    for at, (key, (_, burst, step)) in enumerate(limits.items()):
        given |= {f"key{at}": key, f"full{at}": now + step, f"most{at}": now + burst * step}
    with transaction.atomic():
        with cursor_of_known_sql(connection) as cursor:
            cursor.execute(_take(len(limits)), given)
            taken = {key for (key,) in cursor.fetchall()}
        for key, (name, burst, step) in limits.items():
            if key not in taken:
                raise _refusal(key, name, burst, step, now)


def _limit(name: str) -> tuple[int, int]:
    """The burst of a limit, and the microseconds in which one more is there."""
    burst, seconds = settings.COMMENTS_FLOOD_LIMITS[name]
    return burst, int(seconds * SECOND)


@lru_cache(maxsize=8)
def _take(number: int) -> str:
    """The statement that takes one from each of so many buckets, in their order, and returns from which it could."""
    values = ", ".join(f"(%(key{at})s, %(full{at})s)" for at in range(number))
    most = " ".join(f"WHEN %(key{at})s THEN %(most{at})s" for at in range(number))
    return _TAKE.format(values=values, moved_on=_MOVED_ON, most=most)


def _refusal(key: str, name: str, burst: int, step: int, now: int) -> Exception:
    full_at = Bucket.objects.values_list("full_at", flat=True).get(key=key)
    if full_at > now + burst * step:
        return _ClockStepped(name)
    return TooFast(name, max(1, -(-(full_at + step - burst * step - now) // SECOND)))


def forget_full(now: datetime) -> int:
    """Delete the buckets that are full again; they say nothing any more. Returns how many."""
    return Bucket.objects.filter(full_at__lt=int(now.timestamp() * SECOND)).delete()[0]
