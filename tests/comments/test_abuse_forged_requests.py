"""Whoever makes a reader's browser send a form changes nothing, and the reader's own text comes back.

The form on a post's page holds no token, since the page is the same for everybody: comments/same_site.py says what
counts instead.
"""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from blog.models import Post
from comments.models import Comment
from tests import cast
from tests.comments.sending import LETTER, address, filled_in

Sends = Callable[..., HttpResponse]
EVIL = ["https://evil.example", "http://blog.example.evil.example", "null", "//", "http://["]


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True, SERVER_NAME="blog.example")


def token_of(client: Client, page: str, **extra: object) -> str:
    response = client.get(page, **extra)
    return response.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def acts(comment: Comment, post: Post) -> dict[str, dict]:
    """Every address that changes something for a reader, with what is sent there."""
    return {address(post): filled_in(post), **own_acts(comment)}


def own_acts(comment: Comment) -> dict[str, dict]:
    """The addresses of a comment's private page, whose forms always hold a token."""
    return {
        reverse("comments:edit", args=[comment.capability]): {"seen": comment.version, "body": LETTER},
        reverse("comments:withdraw", args=[comment.capability]): {},
    }


def rows() -> list:
    return list(Comment.objects.order_by("pk").values())


@pytest.mark.parametrize("token", [None, "", "x", "a" * 64, "\u00e9" * 64])
def test_without_the_token_nothing_changes(strict: Client, post: Post, token: str | None) -> None:
    comment = cast.comment(post)
    token_of(strict, comment.status_address)
    strict.cookies[settings.SENDER_COOKIE_NAME] = "somebody:that-the-site-knows"
    before = rows()
    for page, sent in acts(comment, post).items():
        answer = strict.post(page, sent if token is None else {**sent, "csrfmiddlewaretoken": token})
        assert answer.status_code == 403, page
        assert rows() == before


def test_the_token_of_another_browser_counts_for_nothing(strict: Client, post: Post) -> None:
    comment = cast.comment(post)
    foreign = token_of(Client(SERVER_NAME="blog.example"), address(post))
    token_of(strict, address(post))
    strict.cookies[settings.SESSION_COOKIE_NAME] = "somebody-that-the-site-knows"
    before = rows()
    for page, sent in acts(comment, post).items():
        assert strict.post(page, {**sent, "csrfmiddlewaretoken": foreign}).status_code == 403
    assert rows() == before


@pytest.mark.parametrize("origin", EVIL)
def test_the_right_token_from_a_foreign_page_counts_for_nothing(strict: Client, post: Post, origin: str) -> None:
    comment = cast.comment(post)
    token = token_of(strict, comment.status_address)
    before = rows()
    for page, sent in acts(comment, post).items():
        answer = strict.post(page, {**sent, "csrfmiddlewaretoken": token}, headers={"Origin": origin})
        assert answer.status_code == 403
    assert rows() == before


@pytest.mark.parametrize(
    "referer", ["https://evil.example/", "http://blog.example/", "https://blog.example@evil.example/"]
)
def test_over_https_a_foreign_referer_counts_for_nothing(
    strict: Client, post: Post, settings: Settings, referer: str
) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://blog.example"]
    comment = cast.comment(post)
    token = token_of(strict, comment.status_address, secure=True)
    before = rows()
    for page, sent in acts(comment, post).items():
        sent = {**sent, "csrfmiddlewaretoken": token}
        assert strict.post(page, sent, secure=True, headers={"Referer": referer}).status_code == 403
    assert rows() == before
    own = {"Origin": "https://blog.example"}
    assert (
        strict.post(
            address(post), {**filled_in(post), "csrfmiddlewaretoken": token}, secure=True, headers=own
        ).status_code
        == 303
    )


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_what_the_browser_says_about_the_sending_page_is_believed(strict: Client, post: Post, site: str) -> None:
    for said in ({}, {"Origin": "http://blog.example"}):
        answer = strict.post(address(post), filled_in(post), headers={"Sec-Fetch-Site": site, **said})
        assert answer.status_code == 403
        assert LETTER in answer.content.decode()
    assert not rows()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://blog.example"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Referer": "http://blog.example/2026/01/a-post/"},
    ],
)
def test_the_form_of_the_kept_page_needs_no_token(strict: Client, post: Post, headers: dict[str, str]) -> None:
    page = strict.get(post.get_absolute_url())
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert strict.post(address(post), filled_in(post), headers=headers).status_code == 303
    assert Comment.objects.count() == 1


def test_who_is_known_can_send_from_a_page_that_was_kept_before(strict: Client, post: Post) -> None:
    assert strict.post(address(post), filled_in(post)).status_code == 303
    again = filled_in(post, body="A second thought, from the page that is still open in another tab.")
    assert strict.post(address(post), again).status_code == 403, "nothing says where it was sent from"
    own = {"Origin": "http://blog.example"}
    assert strict.post(address(post), again, headers=own).status_code == 303
