"""A clock that is wrong, or steps back, opens no door and locks nobody out for ever."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from blog.models import Post
from comments.models import Bucket, Comment
from tests.comments.sending import filled_in, send

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
STEPS = [timedelta(hours=1), timedelta(days=1), timedelta(days=400)]


@pytest.fixture
def post(post: Post) -> Post:
    Post.objects.update(published_at=NOON - timedelta(days=900), month="2023-11-01")
    return Post.objects.get()


@pytest.mark.parametrize("step", STEPS)
def test_after_a_step_back_the_form_comes_again_with_its_text_and_then_passes(post: Post, step: timedelta) -> None:
    client = Client()
    sent = filled_in(post, now=NOON)
    with time_machine.travel(NOON - step, tick=False):
        refused = client.post(f"/comments/on/{post.pk}/", sent)
        assert refused.status_code == 422
        assert sent["body"] in refused.content.decode()
        fresh = refused.content.decode().split('name="stamp" value="')[1].split('"')[0]
        assert client.post(f"/comments/on/{post.pk}/", {**sent, "stamp": fresh}).status_code == 303


def test_a_few_minutes_do_not_matter(post: Post) -> None:
    with time_machine.travel(NOON - timedelta(minutes=4), tick=False):
        assert send(Client(), post, now=NOON).status_code == 303


@pytest.mark.parametrize("step", STEPS)
def test_nobody_is_locked_out_by_a_bucket_from_the_future(post: Post, settings, step: timedelta) -> None:
    settings.COMMENTS_FLOOD_LIMITS = dict.fromkeys(("network", "post", "site"), (2, 20))
    with time_machine.travel(NOON + step, tick=False):
        for _ in range(2):
            assert send(Client(), post).status_code == 303
        assert send(Client(), post).status_code == 429
    with time_machine.travel(NOON, tick=False):
        told = send(Client(), post)
        assert told.status_code == 429
        assert int(told.headers["Retry-After"]) <= 40
    with time_machine.travel(NOON + timedelta(seconds=int(told.headers["Retry-After"])), tick=False):
        assert send(Client(), post).status_code == 303


def test_a_step_forward_opens_no_more_than_a_burst(post: Post, settings) -> None:
    settings.COMMENTS_FLOOD_LIMITS = dict.fromkeys(("network", "post", "site"), (3, 20))
    for moment in (NOON, NOON + timedelta(days=400)):
        with time_machine.travel(moment, tick=False):
            answers = [send(Client(), post).status_code for _ in range(6)]
            assert answers == [303] * 3 + [429] * 3
    assert Bucket.objects.count() <= 4


def test_replies_stand_below_their_parent_whatever_the_clock_says(post: Post, settings) -> None:
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
    parent = None
    for hours in (5, 1, 3, 0):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            send(Client(), post, parent=parent.pk if parent else "")
            Comment.objects.update(status="published", published_at=NOON)
            reply = Comment.objects.latest("pk")
            assert parent is None or reply.path.startswith(parent.path)
            parent = reply
