"""The host that a request names is refused when it is not ours, and never written anywhere when it is."""

import pytest
from django.test import Client
from pytest_django import Settings

from blog.models import Post
from tests import cast

STRANGE = [
    "evil.example", "blog.example:80@evil.example", "blog.example.evil.example", "evil.example:blog.example",
    "blog.example/evil", "", " ", "[::1", "blog.example,evil.example", "blog.example#", "\u0431log.example", "a" * 9000,
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("host", STRANGE)
def test_a_strange_host_is_refused_on_every_page(host: str) -> None:
    for page in ("/", "/feed/", "/sitemap.xml", "/search/", "/comments/on/1/", "/absent/"):
        answer = Client(SERVER_NAME=host or " ", HTTP_HOST=host).get(page)
        assert answer.status_code == 400, page
        assert "evil" not in answer.content.decode()


def test_a_forwarded_host_counts_for_nothing(reader: Client, post: Post, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    cast.comment(post)
    forged = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Original-URL": "/admin/",
              "X-Rewrite-URL": "/admin/", "X-Forwarded-Port": "666", "X-Forwarded-Server": "evil.example"}  # fmt: skip
    for page in ("/", post.get_absolute_url(), "/feed/", "/comments/feed/", "/sitemap.xml", "/robots.txt", "/search"):
        answer = reader.get(page, headers=forged)
        assert answer.status_code in (200, 301)
        assert "evil.example" not in answer.content.decode() + str(answer.headers), page
        assert "666" not in answer.headers.get("Location", "")


def test_addresses_come_from_the_setting(post: Post, settings: Settings) -> None:
    settings.SITE_URL = "https://the-real.example"
    cast.comment(post)
    for page in ("/", post.get_absolute_url(), "/feed/", "/comments/feed/", "/sitemap.xml", "/robots.txt"):
        text = Client(SERVER_NAME="testserver", SERVER_PORT="8099").get(page).content.decode()
        assert "https://the-real.example/" in text, page
        assert "testserver" not in text, page
