"""Each field takes a text up to its limit, whole, and refuses one beyond it, whole, in letters of every size."""

import pytest
from django.test import Client

from blog.models import Post
from comments.models import Comment
from comments.text import MAX_BYTES, MAX_CHARS
from tests.comments.sending import send

pytestmark = pytest.mark.usefixtures("patient_door")
LETTERS = {"ASCII": "a", "two bytes": "é", "three bytes": "世", "emoji": "\U0001f9ff", "with marks": "e\u0323\u0308"}


def most(letter: str) -> int:
    """How many of them make a body at the limit."""
    return min(MAX_CHARS // len(letter), MAX_BYTES // len(letter.encode()))


@pytest.mark.parametrize("kind", LETTERS)
def test_a_body_is_stored_whole_or_refused_whole(reader: Client, post: Post, kind: str) -> None:
    letter = LETTERS[kind]
    for number in (most(letter) - 1, most(letter)):
        assert send(reader, post, body=letter * number).status_code == 303
        assert Comment.objects.latest("pk").body == letter * number
    for number in (most(letter) + 1, 2 * most(letter), 5 * most(letter)):
        refused = send(reader, post, body=letter * number)
        assert refused.status_code == 422
        assert letter * number in refused.content.decode()
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("letter", ["a", "é", "世", "\U0001f9ff"])
def test_so_is_a_name(reader: Client, post: Post, letter: str) -> None:
    assert send(reader, post, name=letter * 60).status_code == 303
    assert Comment.objects.get().name == letter * 60
    for number in (61, 200, 201, 3000):
        assert send(reader, post, name=letter * number).status_code == 422
    assert Comment.objects.count() == 1


def test_so_is_a_website(reader: Client, post: Post) -> None:
    start = "https://site.example/"
    assert send(reader, post, website=start + "a" * (200 - len(start))).status_code == 303
    assert len(Comment.objects.get().website) == 200
    for number in (201, 400, 401, 5000):
        assert send(reader, post, website=start + "a" * (number - len(start))).status_code == 422
    # A letter that is six characters once it is encoded must not pass the column's width.
    assert send(reader, post, website=start + "世" * 60).status_code == 422


def test_so_is_an_email(reader: Client, post: Post) -> None:
    longest = f"{'a' * 60}@{'.'.join(['b' * 60] * 3)}.example"
    assert send(reader, post, email=longest).status_code == 303
    assert send(reader, post, email="a" * 200 + longest).status_code == 422


def test_a_user_agent_is_cut(post: Post) -> None:
    for agent in ("a" * 9000, "\U0001f9ff" * 900, "x\u202e\x07y", "\ud800"):
        client = Client(HTTP_USER_AGENT=agent)
        assert send(client, post).status_code == 303
        stored = Comment.objects.latest("pk").user_agent
        assert len(stored) <= 200
        assert stored.isprintable()


@pytest.mark.parametrize("lines", [299, 300, 301, 5000])
def test_lines_are_limited(reader: Client, post: Post, lines: int) -> None:
    assert send(reader, post, body="\n".join("a" * lines)).status_code == (303 if lines <= 300 else 422)
