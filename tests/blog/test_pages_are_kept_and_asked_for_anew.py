"""What caches may keep: pages for everybody, nothing that is one visitor's, and nothing stale."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from tests import cast


def again(client: Client, address: str, etag: str) -> int:
    return client.get(address, HTTP_IF_NONE_MATCH=etag).status_code


@pytest.fixture
def known(post: Post, reader: Client) -> tuple[Client, str, str]:
    """A browser that has the post's page: the browser, the address, the ETag."""
    address = post.get_absolute_url()
    return reader, address, reader.get(address)["ETag"]


@pytest.mark.parametrize("path", ["/", "{year}/", "/author/author/", "/sitemap.xml", "/feed/"])
def test_lists_set_no_cookie_and_are_the_same_for_all(path: str, post: Post, reader: Client) -> None:
    address = path.replace("{year}", f"/{post.address[0]}")
    answer = reader.get(address)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert again(reader, address, answer["ETag"]) == 304


def test_an_unchanged_post_is_not_sent_again(known: tuple[Client, str, str]) -> None:
    reader, address, etag = known
    assert again(reader, address, etag) == 304
    assert again(reader, f"{address}?order=newest", etag) == 200


def test_a_pending_comment_changes_nothing(known: tuple[Client, str, str], post: Post) -> None:
    reader, address, etag = known
    cast.comment(post, Comment.Status.PENDING)
    assert again(reader, address, etag) == 304


def test_whatever_the_page_shows_makes_it_new(known: tuple[Client, str, str], post: Post, author: User) -> None:
    reader, address, etag = known
    seen = {etag}

    def is_new() -> None:
        answer = reader.get(address)
        assert answer["ETag"] not in seen
        seen.add(answer["ETag"])

    cast.comment(post)
    is_new()
    older = cast.post(author, published_at=post.published_at - timedelta(days=1))
    is_new()
    Post.objects.filter(pk=older.pk).update(version=2)
    is_new()
    User.objects.filter(pk=author.pk).update(display_name="Renamed")
    is_new()
    cast.post(author, kind=Post.Kind.PAGE, slug="about")
    is_new()
    Post.objects.filter(pk=post.pk).update(mode=Post.Mode.CLOSED)
    is_new()


def test_a_post_taken_back_is_gone_for_who_has_the_page(known: tuple[Client, str, str], post: Post) -> None:
    reader, address, etag = known
    Post.objects.filter(pk=post.pk).update(status=Post.Status.DRAFT)
    assert again(reader, address, etag) == 404


@pytest.mark.parametrize("cookie", [settings.SENDER_COOKIE_NAME, settings.SESSION_COOKIE_NAME])
def test_who_may_see_more_always_gets_the_page(cookie: str, known: tuple[Client, str, str]) -> None:
    reader, address, etag = known
    reader.cookies[cookie] = "anything"
    answer = reader.get(address, HTTP_IF_NONE_MATCH=etag)
    assert answer.status_code == 200
    assert "ETag" not in answer
    assert "private" in answer["Cache-Control"]


def test_a_post_without_a_visitors_own_is_for_everybody(known: tuple[Client, str, str]) -> None:
    reader, address, _ = known
    answer = reader.get(address)
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" in answer["Vary"]
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_a_form_grows_old(known: tuple[Client, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    reader, address, etag = known
    later = timezone.now() + timedelta(seconds=settings.COMMENTS_FORM_SECONDS)
    monkeypatch.setattr("blog.kept.timezone.now", lambda: later)
    assert again(reader, address, etag) == 200


@pytest.mark.parametrize("path", ["/", "/feed/", "/sitemap.xml", "/search/?q=x", "{post}"])
def test_head_gets_the_headers_of_get(path: str, post: Post, reader: Client) -> None:
    address = path.replace("{post}", post.get_absolute_url())
    reader.get(address)
    got, headed = reader.get(address), reader.head(address)
    assert not headed.content
    assert headed.get("ETag") == got.get("ETag")
    assert set(headed.headers) == set(got.headers)
