"""What a new comment is made of: its place, its date, its sender, and nothing that it claims about itself."""

from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from blog.models import Post, User
from comments.models import Comment, Sender
from tests import cast
from tests.comments.submissions import send

NOW = datetime(2026, 5, 3, 12, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def unjudged(settings: Settings) -> None:
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"


def test_it_is_pending_and_dated_by_the_moment_given(post: Post) -> None:
    comment = send(post, now=NOW)
    assert (comment.status, comment.version, comment.revision, comment.created_at) == ("pending", 1, 1, NOW)
    assert comment.published_at is None
    assert (comment.depth, comment.thread, comment.parent) == (0, comment.path, None)
    assert comment.revisions.get().created_at == NOW


def test_a_reply_stands_below_its_parent(post: Post) -> None:
    parent = cast.comment(post)
    reply = send(post, parent=parent)
    assert reply.parent == parent
    assert reply.path.startswith(parent.path)
    assert (reply.thread, reply.depth) == (parent.thread, 1)


@pytest.mark.parametrize("deepest", [1, 2, 5])
def test_a_reply_to_the_last_level_stands_beside_it(post: Post, settings: Settings, deepest: int) -> None:
    settings.COMMENTS_MAX_DEPTH = deepest
    last = None
    for number in range(deepest + 4):
        last = send(post, parent=last, key=f"key-{number}")
        above = last.parent.path if last.parent else ""
        assert last.depth == min(number, deepest - 1)
        assert last.path[:-12] == above
        assert len(last.path) == 12 * (last.depth + 1)
        assert last.thread == last.path[:12]


def test_a_limit_lowered_since_holds_below_old_deep_comments_too(post: Post, settings: Settings) -> None:
    deep = None
    for _ in range(6):
        deep = cast.comment(post, parent=deep)
    settings.COMMENTS_MAX_DEPTH = 3
    assert send(post, parent=deep).depth == 2


def test_a_guest_gets_a_sender_of_their_own_and_a_known_one_keeps_theirs(post: Post) -> None:
    first = send(post, key="one")
    again = send(post, key="two", sender=first.sender)
    other = send(post, key="three", typed={"name": first.name, "email": "same@mail.example"})
    assert first.sender == again.sender != other.sender
    assert Sender.objects.count() == 2


def test_an_account_needs_no_sender(post: Post, editor: User) -> None:
    comment = send(post, user=editor)
    assert (comment.user, comment.sender) == (editor, None)


def test_every_comment_has_a_capability_that_no_other_has(post: Post) -> None:
    made = [send(post, key=f"key-{number}") for number in range(5)]
    assert len({comment.capability for comment in made}) == 5
    assert min(len(comment.capability) for comment in made) >= 22
    assert Comment.objects.count() == 5
