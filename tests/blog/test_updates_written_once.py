"""An UPDATE that is written once changes what the ORM's would change, and says how many rows that were."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from blog.changing import Changing
from blog.known_sql import MOST_NUMBERS
from blog.models import Post
from blog.page_times import touch_pages
from comments.models import Comment
from tests import cast

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 5, 3, 12, 30, 15, 123_456, tzinfo=UTC)

SPEAKING = Changing(
    Comment,
    lambda ids, version, name, at, by: (
        Comment.objects.filter(pk__in=ids, version=version, depth=0),
        {"name": name, "edited_at": at, "version": F("version") + by, "website": ""},
    ),
    version=919_191,
    name="919191",
    at=datetime(1999, 9, 9, 9, 9, 9, 999_999, tzinfo=UTC),
    by=818_181,
)


@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_the_rows_that_are_meant_have_the_new_values_and_no_others(post: Post, number: int) -> None:
    comments = [cast.comment(post, name="Reader", website="https://one.example/") for _ in range(number + 1)]
    for each in (1, 2):  # the second time it is known, and on PostgreSQL kept
        changed = SPEAKING.change([one.pk for one in comments[:-1]], version=each, name=f"é % {each}", at=THEN, by=1)
        assert changed == number
    found = Comment.objects.order_by("pk").values_list("name", "edited_at", "version", "website")
    assert list(found) == [("é % 2", THEN, 3, "")] * number + [("Reader", None, 1, "https://one.example/")]


def test_none_that_has_moved_on_is_changed(post: Post) -> None:
    comment = cast.comment(post)
    assert SPEAKING.change([comment.pk], version=7, name="x", at=THEN, by=1) == 0
    comment.refresh_from_db()
    assert comment.version == 1


def test_nothing_may_stand_where_a_column_allows_it(post: Post) -> None:
    comment = cast.comment(post, edited_at=THEN)
    SPEAKING.change([comment.pk], version=1, name="x", at=None, by=1)
    comment.refresh_from_db()
    assert comment.edited_at is None


def test_a_page_moves_on_by_the_smallest_step_when_the_clock_stands(post: Post) -> None:
    Post.objects.update(page_changed_at=THEN - timedelta(hours=1))
    for _ in range(2):
        touch_pages([post.pk], THEN, 2)
    post.refresh_from_db()
    assert (post.page_changed_at, post.published_comments) == (THEN + timedelta(microseconds=1), 4)


def test_what_is_set_to_the_same_is_one_statement_for_all(post: Post) -> None:
    comments = [cast.comment(post) for _ in range(9)]
    with CaptureQueriesContext(connection) as asked:
        assert Comment.objects.swap(comments, 1, name="all") == 9
    assert len(asked) == 1


def test_examples_that_do_not_tell_values_apart_are_refused() -> None:
    twice = Changing(Post, lambda pk, version: (Post.objects.filter(pk=pk), {"version": version}), pk=5, version=5)
    with pytest.raises(ValueError, match="do not tell"):
        twice.change(pk=1, version=2)


def test_of_no_rows_none_is_changed_and_nothing_asked() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert Comment.objects.swap([], 1, name="x") == 0
        assert SPEAKING.change(iter(()), version=1, name="x", at=THEN, by=1) == 0
    assert len(asked) == 0


def test_more_numbers_than_a_database_takes_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="the most"):
        SPEAKING.change(range(MOST_NUMBERS + 1), version=1, name="x", at=THEN, by=1)


def test_one_that_fails_undoes_its_transaction_however_it_is_taken(post: Post) -> None:
    comment = cast.comment(post)
    with transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(name="kept by nobody")
        with pytest.raises(IntegrityError):
            SPEAKING.change([comment.pk], version=1, name=None, at=THEN, by=1)
        assert transaction.get_rollback()
    comment.refresh_from_db()
    assert comment.name != "kept by nobody"
