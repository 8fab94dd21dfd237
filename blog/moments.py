"""Moments as pages show them, in the site's time zone. Django's formats read a pattern letter by letter each time."""

from datetime import date, datetime

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


def month_of(moment: datetime) -> date:
    """First day of the month in which a moment falls in the site's time zone."""
    return timezone.localtime(moment).date().replace(day=1)
