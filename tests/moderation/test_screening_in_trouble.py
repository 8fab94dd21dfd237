"""A screening whose database fails it in the middle: the comment waits, and its review says why."""

import pytest
from django.db import OperationalError

from blog.models import Post
from comments.models import Comment
from moderation import gathering, sanctions
from moderation.models import Review
from moderation.screening import screen
from tests import cast


class Broken:
    """A query that fails."""

    def __getattr__(self, name: str):
        def fail(*args: object, **values: object):
            raise OperationalError("the disk is full of water")

        return fail


@pytest.fixture
def waiting(post: Post) -> Comment:
    Post.objects.filter(pk=post.pk).update(mode="open")
    return cast.comment(post, "pending", body="Thank you. The hinge held through the winter, as you said it would.")


def test_where_it_is_not_known_what_is_rare_all_is_asked(waiting: Comment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_COMMENT", Broken())
    review = screen(waiting.pk)
    assert (review.error, bool(review.why)) == ("", True)
    assert gathering.comment_to_screen(waiting.pk) == (waiting, gathering.WorthAsking(True, True, True, True))


def test_what_can_not_be_read_is_said_and_the_comment_waits(waiting: Comment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_COMMENT", Broken())
    monkeypatch.setattr(sanctions, "always_holds", Broken().always_holds)
    assert screen(waiting.pk).outcome == "hold"
    assert Review.objects.get(comment=waiting).error == "OperationalError: the disk is full of water"
    waiting.refresh_from_db()
    assert waiting.status == "pending"
