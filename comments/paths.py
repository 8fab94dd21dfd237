"""A comment's place in its thread: a materialised path whose plain byte order is the display order.

A step is 12 characters: 52 bits of microseconds since 1970 and 20 random bits, six bits a character in an alphabet that
stands in ASCII order. A reply's path is its parent's path and its own step, so siblings sort by time, a reply sorts
behind its parent, and two writers need no lock and no look at each other's rows.
"""

import secrets
from datetime import UTC, datetime

from django.db import models

ALPHABET = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
STEP = 12  # characters
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class PathField(models.CharField):
    """A CharField compared byte by byte on both engines: SQLite does so by itself, PostgreSQL under collation "C"."""

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


def new_step(moment: datetime) -> str:
    """A step for a comment written at `moment`; unique up to 20 random bits within one microsecond."""
    age = moment - EPOCH
    microseconds = (age.days * 86_400 + age.seconds) * 1_000_000 + age.microseconds
    number = (max(microseconds, 0) << 20) | secrets.randbits(20)
    return "".join(ALPHABET[(number >> shift) & 63] for shift in range(66, -1, -6))


def ancestors(path: str) -> list[str]:
    """The paths above a path, outermost first."""
    return [path[:end] for end in range(STEP, len(path), STEP)]


def depth_of(path: str) -> int:
    """0 for a comment on the post itself."""
    return len(path) // STEP - 1
