"""A post that takes no comments, a hidden one and one that never was give the same answer to the letter."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from blog.models import Post, User
from comments.models import Bucket, Comment, Sender
from tests import cast
from tests.comments.sending import LETTER, address, filled_in


@pytest.fixture
def doors(author: User, settings: Settings) -> dict[str, int]:
    """Every kind of post that takes no comments now, by its id."""
    settings.COMMENTS_CLOSE_AFTER_DAYS = 30
    now = timezone.now()
    return {
        "draft": cast.draft(author).pk,
        "scheduled": cast.post(author, published_at=now + timedelta(minutes=1)).pk,
        "taken back": cast.post(author, status=Post.Status.DRAFT).pk,
        "closed": cast.post(author, mode=Post.Mode.CLOSED).pk,
        "too old": cast.post(author, published_at=now - timedelta(days=31)).pk,
        "page": cast.post(author, kind=Post.Kind.PAGE, status=Post.Status.DRAFT).pk,
        "standing page": cast.post(author, kind=Post.Kind.PAGE).pk,
        "absent": 987_654_321,
        "beyond every id": 10**30,
    }


def told(answer) -> tuple:
    """All that an answer says, but for the second in which it was given."""
    headers = sorted((name, value) for name, value in answer.headers.items() if name != "Expires")
    return answer.status_code, answer.content, headers, dict(answer.cookies)


def test_who_asks_for_the_form_learns_nothing(reader: Client, doors: dict[str, int]) -> None:
    answers = {name: told(reader.get(address(pk))) for name, pk in doors.items()}
    assert answers["absent"][0] == 404
    assert {name for name, answer in answers.items() if answer != answers["absent"]} == set()


def test_who_sends_a_comment_learns_nothing_and_keeps_the_text(
    reader: Client, post: Post, doors: dict[str, int]
) -> None:
    sent = filled_in(post)
    answers = {name: told(reader.post(address(pk), sent)) for name, pk in doors.items()}
    assert answers["absent"][0] == 404
    assert LETTER in answers["absent"][1].decode()
    assert {name for name, answer in answers.items() if answer != answers["absent"]} == set()
    assert not Comment.objects.exists()
    assert not Sender.objects.exists()
    assert not Bucket.objects.exists()


def test_a_stamp_of_the_closed_post_itself_opens_nothing(reader: Client, doors: dict[str, int]) -> None:
    for pk in doors.values():
        if pk < 10**18:
            assert reader.post(address(pk), filled_in(Post(pk=pk))).status_code == 404
    assert not Comment.objects.exists()


def test_a_post_that_closed_while_somebody_wrote_gives_the_text_back(reader: Client, post: Post) -> None:
    sent = filled_in(post, body="Typed for <half> an hour.")
    Post.objects.filter(pk=post.pk).update(mode=Post.Mode.CLOSED)
    answer = reader.post(address(post), sent)
    assert answer.status_code == 404
    assert "Typed for &lt;half&gt; an hour." in answer.content.decode()
