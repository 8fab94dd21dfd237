"""A full disk: readers are served as before, who writes is told, nothing is half-written, and with room it goes on."""

import pytest
from django.db import connection
from django.test import Client

from blog.models import Post
from comments.models import Comment, Revision
from moderation.models import Decision
from tests import cast
from tests.comments.sending import send

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL's files are not the tests' to limit"),
]
LONG = "These are words that need a page of their own. " * 100


def limit(pages: int | None, room: int = 0) -> None:
    """Let the database file grow to so many pages; None leaves it what it has, and `room`."""
    with connection.cursor() as cursor:
        if pages is None:
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0] + room
        cursor.execute(f"PRAGMA max_page_count = {pages}")


@pytest.fixture
def full(post: Post):
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    limit(None)
    yield
    limit(2**30)


def test_readers_are_served_and_writers_are_told(post: Post, full: None, reader: Client) -> None:
    reader.raise_request_exception = False
    addresses = ("/", post.get_absolute_url(), "/feed/", "/comments/feed/", "/search/?q=text", "/healthz")
    refused = None
    for _ in range(20):  # what the last page has left over is used up first
        answer = send(reader, post, body=LONG)
        if answer.status_code == 503:
            refused = answer
            break
    assert refused is not None
    assert refused.headers["Retry-After"] == "30"
    assert {address: reader.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    before = Comment.objects.count()
    assert Revision.objects.count() == before
    limit(2**30)
    assert send(reader, post, body=LONG).status_code == 303
    assert Comment.objects.count() == before + 1


def test_a_decision_without_room_is_none(post: Post, as_moderator: Client) -> None:
    comments = [cast.comment(post, "pending", body=LONG) for _ in range(40)]
    as_moderator.get("/moderation/")
    as_moderator.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    limit(None, room=8)
    codes = []
    for comment in comments:
        address = f"/moderation/comments/{comment.pk}/decisions/"
        codes.append(
            as_moderator.post(
                address, {"action": "reject", "reason": "other", "note": "w" * 1000, "seen": 1}
            ).status_code
        )
    assert as_moderator.get("/moderation/?tab=all").status_code == 200
    limit(2**30)
    assert set(codes) == {303, 503}
    decided = set(Decision.objects.values_list("comment_id", flat=True))
    assert decided == set(Comment.objects.filter(status="rejected").values_list("pk", flat=True))
    assert set(Comment.objects.filter(version=2).values_list("pk", flat=True)) == decided
    assert len(decided) == codes.count(303)
