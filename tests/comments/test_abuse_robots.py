"""A form that no person filled in, or that is none of ours, is held, filed or refused, never published by itself."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post, User
from comments import stamps
from comments.models import Comment
from tests import cast
from tests.comments.sending import LETTER, send

NOW = timezone.now


@pytest.fixture
def open_post(author: User) -> Post:
    """A post on which a newcomer's comment is published at once, if nothing speaks against it."""
    return cast.post(author, mode=Post.Mode.OPEN)


def test_a_person_is_published_here(reader: Client, open_post: Post) -> None:
    send(reader, open_post)
    assert Comment.objects.get().status == "published"


@pytest.mark.parametrize("subject", ["x", "Re: your gate", "<b>", "a\x00b", "\u200b", "x" * 9000])
def test_who_fills_the_field_that_nobody_sees_is_not_published(reader: Client, open_post: Post, subject: str) -> None:
    assert send(reader, open_post, subject=subject).status_code == 303
    assert Comment.objects.get().status in ("pending", "spam")


def test_who_is_a_second_faster_than_anybody_can_be_is_not_published(reader: Client, open_post: Post) -> None:
    send(reader, open_post, stamp=stamps.make(open_post.pk, NOW() - timedelta(seconds=1)))
    assert Comment.objects.get().status in ("pending", "spam")


def broken_stamps(post: Post) -> dict[str, str]:
    good = stamps.make(post.pk, NOW() - timedelta(minutes=2))
    payload, rest = good.split(":", 1)
    return {
        "missing": "",
        "nonsense": "x",
        "long": "x" * 5000,
        "colons": ":::::",
        "letters of no alphabet": "\u00e9\u4e2d:\u202e:\ufffd",
        "NUL": "a\x00b",
        "another payload": f"{payload[:-2]}AA:{rest}",
        "cut": good[:-1],
        "longer": good + "x",
        "of another post": stamps.make(post.pk + 1, NOW()),
        "expired": stamps.make(post.pk, NOW() - timedelta(hours=25)),
        "of the day after tomorrow": stamps.make(post.pk, NOW() + timedelta(days=2)),
        "of long ago": stamps.make(post.pk, NOW() - timedelta(days=9000)),
    }


def test_a_stamp_that_is_not_ours_is_refused_with_the_text_and_a_new_one(reader: Client, open_post: Post) -> None:
    for kind, stamp in broken_stamps(open_post).items():
        refused = send(reader, open_post, stamp=stamp)
        assert refused.status_code == 422, kind
        page = refused.content.decode()
        assert LETTER in page, kind
        assert "again; your text is below" in page, kind
        fresh = page.split('name="stamp" value="')[1].split('"')[0]
        assert stamps.read(fresh, open_post.pk, NOW()).seconds < 5, kind
    assert not Comment.objects.exists()


def test_a_form_that_is_replayed_a_hundred_times_makes_one_comment(reader: Client, open_post: Post) -> None:
    stamp = stamps.make(open_post.pk, NOW() - timedelta(minutes=2))
    answers = {Client().post(f"/comments/on/{open_post.pk}/", _sent(stamp)).status_code for _ in range(100)}
    assert answers == {303}
    assert Comment.objects.count() == 1


def test_a_stamp_that_many_read_is_no_way_round_the_limits(open_post: Post, settings) -> None:
    stamp = stamps.make(open_post.pk, NOW() - timedelta(minutes=2))
    settings.COMMENTS_FLOOD_LIMITS = settings.COMMENTS_FLOOD_LIMITS | {"network": (3, 3600)}
    texts = [f"Another text, the {number}th of its kind." for number in range(6)]
    sent = [{**_sent(stamp), "body": text} for text in texts]
    answers = [Client().post(f"/comments/on/{open_post.pk}/", form).status_code for form in sent]
    assert answers == [303] * 3 + [429] * 3
    assert Comment.objects.count() == 3


def _sent(stamp: str) -> dict[str, str]:
    return {"stamp": stamp, "body": LETTER, "name": "Cora"}
