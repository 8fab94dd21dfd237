"""Cookies come when they are needed, say nothing in clear, and can not be read or planted from elsewhere."""

import json
import secrets
import subprocess
import sys

from django.test import Client

from blog.models import Post
from comments.models import Comment, Sender
from tests import cast
from tests.comments.sending import address, send

PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "SITE_URL": "https://blog.example",
    "ALLOWED_HOSTS": "blog.example",
    "DATABASE_URL": "sqlite://:memory:",
}
NAMES = """
import json
from config import settings
names = [name for name in dir(settings) if "COOKIE" in name]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def test_in_production_they_are_bound_to_the_host_and_to_https() -> None:
    ran = subprocess.run([sys.executable, "-c", NAMES], env=PRODUCTION, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout)
    assert {told[f"{kind}_COOKIE_NAME"] for kind in ("SESSION", "CSRF", "SENDER")} == {
        "__Host-session", "__Host-csrf", "__Host-sender",
    }  # fmt: skip
    for kind in ("SESSION", "CSRF"):
        assert told[f"{kind}_COOKIE_SECURE"] is True
        assert told[f"{kind}_COOKIE_HTTPONLY"] is True
        assert told[f"{kind}_COOKIE_SAMESITE"] == "Lax"
        assert f"{kind}_COOKIE_DOMAIN" not in told


def test_the_sender_cookie_comes_with_a_stored_comment_only(reader: Client, post: Post) -> None:
    cast.comment(post)
    for page in ("/", post.get_absolute_url(), address(post), "/search/?q=x"):
        assert "sender" not in reader.get(page).cookies
    assert "sender" not in send(reader, post, body="").cookies
    assert "sender" not in send(reader, post, preview="1").cookies
    assert "sender" in send(reader, post).cookies


def test_it_is_kept_from_scripts_and_foreign_forms(reader: Client, post: Post) -> None:
    cookie = send(reader, post).cookies["sender"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]


def test_over_https_it_is_for_https_only(post: Post, settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    assert send(Client(), post).cookies["sender"]["secure"]


def test_it_says_nothing_of_who_typed_what(reader: Client, post: Post) -> None:
    answer = send(reader, post, name="Cora Quince", email="cora@people.example", website="cora.example")
    value = answer.cookies["sender"].value
    assert value.rpartition(":")[0] == Sender.objects.get().key
    for typed in ("Cora", "Quince", "people", "cora"):
        assert typed not in value


def test_pages_for_everybody_bring_no_cookie_and_no_token(reader: Client, post: Post) -> None:
    cast.comment(post)
    year, month = post.address
    author = post.author.get_absolute_url()
    shared = ["/", "/feed/", "/comments/feed/", "/sitemap.xml", f"/{year}/", f"/{year}/{month}/", author, "/robots.txt"]
    reader.get(post.get_absolute_url())
    for page in [*shared, post.get_absolute_url() + "feed/"]:
        answer = reader.get(page)
        assert answer.status_code == 200
        assert not answer.cookies, page
        assert "Cookie" not in answer.headers.get("Vary", ""), page
        assert "csrf" not in answer.content.decode(), page


def test_pages_with_a_token_are_for_one_reader(reader: Client, post: Post, settings) -> None:
    comment = cast.comment(post, Comment.Status.PENDING)
    for page in (address(post), comment.status_address):
        kept = reader.get(page).headers["Cache-Control"]
        assert "private" in kept or "no-store" in kept
        assert "public" not in kept
    reader.cookies[settings.SENDER_COOKIE_NAME] = "somebody"
    assert "private" in reader.get(post.get_absolute_url()).headers["Cache-Control"], "its form holds a token"
