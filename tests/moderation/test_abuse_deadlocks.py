"""A decision that the database broke off because another transaction was in its way is tried again, and then made."""

import threading
import time

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from blog.models import Post, User
from blog.retries import retried
from comments.models import Comment
from moderation.actors import person
from moderation.decisions import decide
from moderation.models import Decision
from tests import cast


def failing(times: int, cause: Exception | None):
    """An act that fails so often and then returns how often it was tried."""
    tries = []

    @retried
    def act(word: str) -> tuple[str, int]:
        tries.append(word)
        if len(tries) <= times:
            raise OperationalError("broken off") from cause
        return word, len(tries)

    return act, tries


IN_THE_WAY = [psycopg.errors.DeadlockDetected(), psycopg.errors.SerializationFailure()]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cause", IN_THE_WAY)
def test_what_fell_over_another_is_tried_three_times(cause: Exception) -> None:
    assert failing(2, cause)[0]("x") == ("x", 3)
    act, tries = failing(3, cause)
    with pytest.raises(OperationalError):
        act("x")
    assert len(tries) == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cause", [None, psycopg.errors.AdminShutdown(), psycopg.errors.DiskFull(), ValueError()])
def test_what_is_broken_is_not_tried_again(cause: Exception | None) -> None:
    act, tries = failing(1, cause)
    with pytest.raises(OperationalError):
        act("x")
    assert len(tries) == 1


@pytest.mark.django_db
def test_within_another_transaction_the_error_is_passed_on() -> None:
    act, tries = failing(1, IN_THE_WAY[0])
    with pytest.raises(OperationalError), transaction.atomic():
        act("x")
    assert len(tries) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer, so none is in another's way")
def test_a_decision_survives_a_deadlock(post: Post, moderator: User) -> None:
    comment = cast.comment(post, "pending")
    locked, done = threading.Event(), []

    def in_the_way() -> None:
        """Takes the post, and then the comment that the decision holds while it waits for the post."""
        try:
            with transaction.atomic():
                Post.objects.select_for_update().get(pk=post.pk)
                locked.set()
                time.sleep(0.3)
                done.append(Comment.objects.select_for_update().get(pk=comment.pk).version)
        finally:
            connection.close()

    other = threading.Thread(target=in_the_way)
    other.start()
    assert locked.wait(10)
    made = decide(comment.pk, "approve", seen=1, actor=person(moderator))
    other.join()
    assert done == [1], "the deadlock broke the decision off, and not the other"
    assert list(Decision.objects.all()) == [made]
    post.refresh_from_db()
    assert post.published_comments == 1
