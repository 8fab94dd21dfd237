"""When a page changed: the time by which its states are told apart."""

from datetime import datetime, timedelta

from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.db.models.functions import Greatest

SMALLEST_STEP = timedelta(microseconds=1)


def changed_at(now: datetime) -> Greatest:
    """A time for `page_changed_at`: now, but always after the one that stands there.

    Of two changes at once, the one that commits last may have looked at the clock first; and kept pages are told apart
    by this time, so no two of them may share one.
    """
    later = ExpressionWrapper(F("page_changed_at") + SMALLEST_STEP, output_field=DateTimeField())
    return Greatest(later, Value(now, output_field=DateTimeField()))
