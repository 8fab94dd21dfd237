"""When a page changed: the time by which its states are told apart."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.db.models.functions import Greatest

from blog.changing import Changing
from blog.models import Post

SMALLEST_STEP = timedelta(microseconds=1)


def changed_at(now: datetime) -> Greatest:
    """A time for `page_changed_at`: now, but always after the one that stands there.

    Of two changes at once, the one that commits last may have looked at the clock first; and kept pages are told apart
    by this time, so no two of them may share one.
    """
    later = ExpressionWrapper(F("page_changed_at") + SMALLEST_STEP, output_field=DateTimeField())
    return Greatest(later, Value(now, output_field=DateTimeField()))


def touch_pages(posts: Iterable[int], now: datetime, comments: int = 0) -> None:
    """Record that the public pages of posts changed, and by how many published comments the count of each moved.

    One UPDATE of two columns: deciding about a comment never writes what an author is editing.
    """
    _TOUCHING.change(posts, now=now, comments=comments)


_TOUCHING = Changing(
    Post,
    lambda posts, now, comments: (
        Post.objects.filter(pk__in=posts),
        {"page_changed_at": changed_at(now), "published_comments": F("published_comments") + comments},
    ),
    now=datetime(1999, 9, 9, 9, 9, 9, 999_999, tzinfo=UTC),
    comments=919_191,
)
