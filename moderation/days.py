"""Days of the site's time zone as moments."""

from datetime import date, datetime, time

from django.utils import timezone


def midnight(day: date) -> datetime:
    """The moment at which a day of the site begins."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
