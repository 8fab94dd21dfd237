"""A comment's path is its place: byte order is display order, on both databases and under many writers."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from blog.models import Post
from comments.models import Comment
from comments.paths import ALPHABET, STEP, ancestors, depth_of, new_step
from tests import cast
from tests.comments.submissions import send
from tests.together import together

moments = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
paths = st.lists(moments.map(new_step), min_size=1, max_size=8).map("".join)


@given(earlier=moments, microseconds=st.integers(1, 10**12))
def test_a_later_step_sorts_behind_an_earlier_one(earlier: datetime, microseconds: int) -> None:
    assert new_step(earlier) < new_step(earlier + timedelta(microseconds=microseconds))


@given(path=paths, moment=moments)
def test_a_reply_sorts_behind_its_parent_and_before_the_next_sibling(path: str, moment: datetime) -> None:
    reply = path + new_step(moment)
    following = path[:-STEP] + "z" * STEP
    assert path < reply < following


@given(path=paths)
def test_the_ancestors_are_the_prefixes_outermost_first(path: str) -> None:
    above = ancestors(path)
    assert [len(one) for one in above] == list(range(STEP, len(path), STEP))
    assert all(path.startswith(one) for one in above)
    assert depth_of(path) == len(above)


def test_a_step_is_twelve_letters_of_an_alphabet_in_byte_order() -> None:
    assert len(new_step(timezone.now())) == STEP
    assert set(new_step(timezone.now())) <= set(ALPHABET)
    assert list(ALPHABET.encode()) == sorted(set(ALPHABET.encode()))
    assert len(ALPHABET) == 64


def test_ten_thousand_steps_of_one_moment_hardly_ever_collide() -> None:
    now = timezone.now()
    assert len({new_step(now) for _ in range(10_000)}) > 9_800
    assert new_step(now - timedelta(days=40_000)) < new_step(now), "before 1970 is first, and no error"


def test_the_database_sorts_paths_by_their_bytes(post: Post) -> None:
    letters = list(ALPHABET)
    Random(1).shuffle(letters)
    for letter in letters:
        comment = cast.comment(post)
        Comment.objects.filter(pk=comment.pk).update(path=letter * STEP, thread=letter * STEP)
    stored = list(Comment.objects.order_by("path").values_list("path", flat=True))
    assert stored == [letter * STEP for letter in ALPHABET]
    assert list(Comment.objects.order_by("thread").values_list("path", flat=True)) == stored
    assert Comment.objects.filter(path__gt="Z" * STEP, path__lt="a" * STEP).get().path == "_" * STEP


@pytest.mark.django_db
def test_postgresql_compares_paths_under_the_collation_c() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has collations of columns to get wrong")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, collation_name FROM information_schema.columns "
            "WHERE table_name = 'comments_comment' AND column_name IN ('path', 'thread')"
        )
        assert dict(cursor.fetchall()) == {"path": "C", "thread": "C"}


def test_two_comments_of_a_post_cannot_have_one_place(post: Post) -> None:
    one, other = cast.comment(post), cast.comment(post)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=other.pk).update(path=one.path)


@pytest.mark.django_db(transaction=True)
def test_eight_writers_under_one_parent_leave_a_valid_tree(post: Post, settings) -> None:
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
    top = cast.comment(post)

    def write(writer: int) -> None:
        parent = top
        for number in range(12):
            made = send(post, f"By {writer}.", key=f"{writer}-{number}", parent=parent)
            parent = made if number % 3 else top

    done = together(*[lambda writer=writer: write(writer) for writer in range(8)])
    assert done == [None] * 8
    rows = {comment.pk: comment for comment in Comment.objects.all()}
    assert len(rows) == 1 + 8 * 12
    assert len({comment.path for comment in rows.values()}) == len(rows)
    for comment in rows.values():
        above = rows[comment.parent_id].path if comment.parent_id else ""
        assert (comment.path[:-STEP], comment.thread) == (above, comment.path[:STEP])
        assert comment.depth == depth_of(comment.path)
