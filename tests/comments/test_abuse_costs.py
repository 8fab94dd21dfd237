"""What one reader sends costs little to take in, and nothing to show."""

from time import process_time

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments import forms, markup
from comments.models import Comment
from comments.text import MAX_BYTES, MAX_CHARS
from tests import cast
from tests.comments.sending import address, filled_in, send

pytestmark = pytest.mark.usefixtures("patient_door")
PIECES = [
    "[", "![", "](", "*", "_", "**a", "> ", "- ", "1. ", "`", "```\n", "~~", "<", "&", "\\", "http://a.", "www.", "a@",
    "a.b/", "\u0301", "\u200b", "(", ")]", "\n\n", "a\n", "\U0001f9ff", "[a](b)", "<http://a.b/>", "*a_", "\t", "http://",
    "a.com ",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_at_the_limit_holds_a_worker_for_long(post: Post, piece: str) -> None:
    body = ("a" + piece * MAX_CHARS)[:MAX_CHARS].encode()[:MAX_BYTES].decode("utf-8", "ignore")
    sent, client = filled_in(post, body=body), Client()
    began = process_time()
    answer = client.post(address(post), sent)
    assert answer.status_code in (303, 422)
    # A whole request with both walls, the filters and the database; five times what it takes on a slow machine.
    assert process_time() - began < 1.0


def test_a_text_is_rendered_when_it_is_written_and_never_when_it_is_read(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    monkeypatch.setattr(forms, "render", lambda body: calls.append(body) or "<p>Rendered.</p>")
    monkeypatch.setattr(markup, "_parsed", lambda text: pytest.fail("rendered at reading"))
    client = Client()
    assert send(client, post).status_code == 303
    assert len(calls) == 1
    comment = Comment.objects.get()
    for status in ("pending", "published"):
        Comment.objects.update(status=status, published_at=timezone.now())
        for page in (
            post.get_absolute_url(),
            comment.status_address,
            "/comments/feed/",
            f"{address(post)}?parent={comment.pk}",
        ):
            assert client.get(page).status_code == 200
    assert len(calls) == 1


def test_a_thread_deeper_than_any_reply_may_go_is_shown(reader: Client, post: Post, settings) -> None:
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
    parent = None
    for _ in range(settings.COMMENTS_MAX_DEPTH):
        parent = cast.comment(post, parent=parent)
    for _ in range(5):
        assert send(reader, post, parent=parent.pk).status_code == 303
        Comment.objects.filter(status="pending").update(status="published", published_at=timezone.now())
        parent = Comment.objects.latest("pk")
        assert parent.depth == settings.COMMENTS_MAX_DEPTH - 1
    for query in ("", "?order=newest", f"?c={parent.pk}"):
        assert reader.get(post.get_absolute_url() + query).status_code == 200


def test_without_mail_and_cache_comments_come_and_go(reader: Client, post: Post, settings) -> None:
    settings.EMAIL_BACKEND = "no.such.backend"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.memcached.PyMemcacheCache", "LOCATION": "x"}}
    assert send(reader, post, email="cora@people.example").status_code == 303
    assert reader.get(Comment.objects.get().status_address).status_code == 200
    for page in ("/", post.get_absolute_url(), "/search/?q=text", "/feed/"):
        assert reader.get(page).status_code == 200
