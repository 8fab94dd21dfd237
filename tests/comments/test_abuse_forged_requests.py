"""Whoever makes a reader's browser send a form changes nothing, and the reader's own text comes back."""

from collections.abc import Callable

import pytest
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
    return {
        address(post): filled_in(post),
        reverse("comments:edit", args=[comment.capability]): {"seen": comment.version, "body": LETTER},
        reverse("comments:withdraw", args=[comment.capability]): {},
    }


def rows() -> list:
    return list(Comment.objects.order_by("pk").values())


@pytest.mark.parametrize("token", [None, "", "x", "a" * 64, "\u00e9" * 64])
def test_without_the_token_nothing_changes(strict: Client, post: Post, token: str | None) -> None:
    comment = cast.comment(post)
    token_of(strict, comment.status_address)
    before = rows()
    for page, sent in acts(comment, post).items():
        answer = strict.post(page, sent if token is None else {**sent, "csrfmiddlewaretoken": token})
        assert answer.status_code == 403, page
        assert rows() == before


def test_the_token_of_another_browser_counts_for_nothing(strict: Client, post: Post) -> None:
    comment = cast.comment(post)
    foreign = token_of(Client(SERVER_NAME="blog.example"), address(post))
    token_of(strict, address(post))
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
