"""Moments as pages show them, in the site's time zone. Django's formats read a pattern letter by letter each time."""

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone

MONTHS = ("January February March April May June July August September October November December").split()  # noqa: SIM905


def stamp(local: datetime) -> str:
    """For machines, to the second: "2026-05-03T14:05:00+02:00"."""
    text = local.isoformat()
    return text[:19] + text[-6:]


def day(local: datetime) -> str:
    """In words: "3 May 2026"."""
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def minute(local: datetime) -> str:
    """In words: "3 May 2026, 14:05"."""
    return f"{day(local)}, {local.hour:02}:{local.minute:02}"


class Minute(NamedTuple):
    """A minute in a time zone: what stands before and after the seconds in a stamp, and the minute in words."""

    begins: str
    ends: str
    words: str


@lru_cache(maxsize=4096)
def minute_of(stored: str, zone: tzinfo) -> Minute:
    """Of the first 16 characters of a time in UTC as databases write it, "2026-05-03 12:05".

    Kept, since a page that changed shows the same moments as before but for one.
    """
    local = datetime.fromisoformat(stored).replace(tzinfo=UTC).astimezone(zone)
    text = stamp(local)
    return Minute(text[:17], text[19:], minute(local))


def month_of(moment: datetime) -> date:
    """First day of the month in which a moment falls in the site's time zone."""
    return timezone.localtime(moment).date().replace(day=1)
