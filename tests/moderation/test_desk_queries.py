"""The desk asks the database the same number of questions however much there is, and never skips or counts all."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment, Sender
from comments.paths import new_step
from moderation import queue
from tests import cast
from tests.moderation.desk import decide, reviewed

pytestmark = pytest.mark.django_db
PAGES = ["", "?order=oldest", "?tab=all", "?tab=published", "?q=words", "?tab=all&signal=links_few&links=1&q=words"]


def queries(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def fill(post, author, number: int) -> None:
    """Comments of every kind that the queue shows: replies, edits, screened ones, decided ones, of staff and guests."""
    top = cast.comment(post)
    for at in range(number):
        comment = cast.comment(post, "pending", top, sender=Sender.objects.create(), network="1:ab", body="words www.x")
        reviewed(comment, ("links_few", 1.0, "1 link", [["body", 0, 3]]), ("shape_shouting", 2.0, "loud", []))
        if at % 2:
            edited = cast.comment(post, "published", top, user=author)
            edited.revisions.create(number=2, body="other words", html="<p>other words</p>")
            Comment.objects.filter(pk=edited.pk).update(proposed_revision=2)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["", "ahead/", "?order=oldest"])
def test_the_queue_asks_as_often_for_1000_that_wait_as_for_10(page: str, as_moderator: Client, post, author) -> None:
    address = f"/moderation/{page}"
    fill(post, author, 6)
    assert Comment.objects.pending().count() >= 9
    as_moderator.get(address)
    few = queries(as_moderator, address)
    template = Comment.objects.pending().first()
    rows = []
    for number in range(1000):
        path = new_step(timezone.now() + timedelta(seconds=number))
        values = {"path": path, "thread": path, "status": "pending", "body": "words", "name": "x", "html": "<p></p>"}
        rows.append(Comment(post=template.post, **values))
    Comment.objects.bulk_create(rows)
    assert len(queries(as_moderator, address)) == len(few)


@pytest.mark.parametrize("page", PAGES)
def test_the_queue_asks_as_often_for_60_comments_as_for_5(
    page: str, as_moderator: Client, post, author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "SIZE", 100)
    address = f"/moderation/{page}"
    fill(post, author, 5)
    as_moderator.get(address)
    few = queries(as_moderator, address)
    fill(post, author, 55)
    many = queries(as_moderator, address)
    assert len(many) == len(few)
    assert len(few) <= 30
    assert not [sql for sql in many if " OFFSET " in sql]


def test_the_log_asks_as_often_for_many_decisions_as_for_few(as_moderator: Client, post) -> None:
    def approve(number: int) -> None:
        for _ in range(number):
            decide(as_moderator, cast.comment(post, "pending"), "approve")
        as_moderator.get("/moderation/")  # takes the messages along

    approve(2)
    few = queries(as_moderator, "/moderation/log/")
    approve(20)
    assert len(queries(as_moderator, "/moderation/log/")) == len(few) < 12


def test_a_comments_page_asks_as_often_after_many_decisions(as_moderator: Client, post) -> None:
    comment = cast.comment(post, "pending")
    address = f"/moderation/comments/{comment.pk}/"

    def go_round(times: int) -> None:
        for action in ["approve", "hold"] * times:
            comment.refresh_from_db()
            decide(as_moderator, comment, action)
        reviewed(comment, ("links_few", 1.0, "1 link", []))
        as_moderator.get("/moderation/")

    go_round(1)
    few = queries(as_moderator, address)
    go_round(6)
    assert len(queries(as_moderator, address)) == len(few) < 25
