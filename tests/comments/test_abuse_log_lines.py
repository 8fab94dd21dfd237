"""What a visitor sends writes no line of its own into the log, and no key stands there that opens anything."""

import io
import logging

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import Post
from config.logs import OneLineFormatter
from tests import cast
from tests.comments.sending import LETTER, edit, send

FORGED = "\r\n2026-05-03 12:00:00,000 ERROR site forged\x1b[2J"


@pytest.fixture
def log() -> io.StringIO:
    """What the site's own handler would have written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(OneLineFormatter("{asctime} {levelname} {name} {message}", style="{"))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_no_request_forges_a_line(log: io.StringIO, post: Post) -> None:
    client = Client(HTTP_USER_AGENT=FORGED, HTTP_REFERER=FORGED, raise_request_exception=False)
    client.get("/absent%0d%0a2026-05-03 12:00:00,000 ERROR site forged/")
    client.get("/", headers={"Host": f"evil.example{FORGED}"})
    client.get("/search/?q=%00" + "x")
    send(client, post, name=FORGED, body="", stamp=FORGED)
    Client(enforce_csrf_checks=True).post("/comments/on/1/", {"body": FORGED}, headers={"Origin": FORGED})
    lines = log.getvalue().splitlines()
    assert len(lines) >= 4
    assert not [line for line in lines if line.startswith("2026-05-03 12:00:00,000")]
    assert not [line for line in lines if "\x1b" in line or "\r" in line]


def test_no_refusal_writes_down_the_address_of_a_status_page(log: io.StringIO, post: Post) -> None:
    comment = cast.comment(post, "rejected", capability="the-key-of-this-comment")
    client = Client(raise_request_exception=False)
    edit(client, comment, "")
    edit(client, comment, "Another text.")
    client.get(reverse("comments:edit", args=[comment.capability]))
    Client(enforce_csrf_checks=True).post(reverse("comments:withdraw", args=[comment.capability]))
    client.get("/comments/status/the-key-of-this-comment-with-a-slip/")
    client.get("/preview/the-key-of-this-preview/")
    written = log.getvalue()
    assert written.count("/comments/status/…") >= 5
    assert "the-key-of-this" not in written


def test_no_text_or_address_of_a_person_is_written_down(log: io.StringIO, post: Post, settings) -> None:
    settings.COMMENT_SCREENER = "tests.comments.submissions.raises"
    client = Client(raise_request_exception=False)
    send(client, post, name="Cora Quince", email="cora@people.example", body="", website="no address")
    send(client, post, name="Cora Quince", email="cora@people.example")
    written = log.getvalue()
    assert "The screener failed" in written
    for word in ("Quince", "people.example", LETTER, "127.0.0.1", "no address"):
        assert word not in written
