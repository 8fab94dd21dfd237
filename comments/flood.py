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
from blog.prepared import Prepared
from comments.models import Bucket

SECOND = 1_000_000  # microseconds
#: By how much a bucket may be ahead of what can be without a clock that stepped back: requests pass one another.
AHEAD = 10 * SECOND
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


@dataclass(frozen=True, slots=True)
class _Limit:
    """One bucket: its key, the limit's name, and in microseconds what one more takes and how far it may be moved on."""

    key: str
    name: str
    step: int
    room: int

    def check(self, full_at: int, now: int) -> None:
        """Raise TooFast where the bucket, which is full again at `full_at`, has none left."""
        if max(full_at, now) + self.step > now + self.room:
            raise TooFast(self.name, max(1, -(-(full_at + self.step - self.room - now) // SECOND)))


def take(keys: dict[str, str], now: datetime) -> None:
    """Take one from the bucket of each limit in COMMENTS_FLOOD_LIMITS that `keys` names, or from none.

    `keys` maps the limit's name to what it counts by, as in {"network": "57:ab12", "site": ""}. Raises TooFast.

    It looks first, and locks nothing where that is enough to refuse: whoever floods the site is in nobody's way.
    """
    moment = int(now.timestamp() * SECOND)
    limits = [_limit(name, what) for name, what in keys.items()]
    full = dict(_looking(len(limits)).rows(**{f"key{at}": limit.key for at, limit in enumerate(limits)}))
    for limit in limits:
        if full.get(limit.key, 0) > moment + limit.room + AHEAD:
            # The clock stepped back. That must not lock anyone out for longer than an empty bucket does.
            full[limit.key] = moment + limit.room
            with connection.cursor() as cursor:
                cursor.execute(LOWER, {"key": limit.key, "most": moment + limit.room})
    for limit in limits:
        limit.check(full.get(limit.key, 0), moment)
    _take_all(limits, moment)


def _take_all(limits: list[_Limit], now: int) -> None:
    given = {"now": now}
    for at, limit in enumerate(limits):
        given |= {f"key{at}": limit.key, f"full{at}": now + limit.step, f"most{at}": now + limit.room}
    with transaction.atomic():
        with cursor_of_known_sql(connection) as cursor:
            cursor.execute(_take(len(limits)), given)
            taken = {key for (key,) in cursor.fetchall()}
        for limit in limits:
            if limit.key not in taken:  # others took what was seen
                limit.check(max(Bucket.objects.get(key=limit.key).full_at, now + limit.room), now)


def _limit(name: str, what: str) -> _Limit:
    burst, seconds = settings.COMMENTS_FLOOD_LIMITS[name]
    step = int(seconds * SECOND)
    return _Limit(f"{name}:{what}", name, step, burst * step)


@lru_cache(maxsize=8)
def _looking(number: int) -> Prepared:
    """The query of so many buckets."""
    names = {f"key{at}": f"919191-{at}" for at in range(number)}
    return Prepared(
        Bucket, lambda **keys: Bucket.objects.filter(key__in=keys.values()).values_list("key", "full_at"), **names
    )


@lru_cache(maxsize=8)
def _take(number: int) -> str:
    """The statement that takes one from each of so many buckets, in their order, and returns from which it could."""
    values = ", ".join(f"(%(key{at})s, %(full{at})s)" for at in range(number))
    most = " ".join(f"WHEN %(key{at})s THEN %(most{at})s" for at in range(number))
    return _TAKE.format(values=values, moved_on=_MOVED_ON, most=most)


def forget_full(now: datetime) -> int:
    """Delete the buckets that are full again; they say nothing any more. Returns how many."""
    return Bucket.objects.filter(full_at__lt=int(now.timestamp() * SECOND)).delete()[0]
