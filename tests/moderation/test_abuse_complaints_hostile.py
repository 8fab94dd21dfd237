"""Every hostile text there is, in every field of reports and notices, is text on every page, and breaks none."""

import io
import logging

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from blog.models import Post
from comments import stamps
from config.logs import OneLineFormatter
from moderation.models import IllegalContentNotice, Report
from moderation.reader_forms import NOTICE_STAMP
from tests import cast
from tests.moderation.desk import html
from tests.page_walls import page_faults
from tests.payloads import PAYLOADS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits(settings: Settings) -> None:
    settings.COMMENTS_FLOOD_LIMITS = dict.fromkeys(site.COMMENTS_FLOOD_LIMITS, (100_000, 0.001))


@pytest.fixture
def log() -> io.StringIO:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(OneLineFormatter("{message}", style="{"))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def notice(payload: str, comment, **changes: str) -> dict:
    stamp = stamps.make(NOTICE_STAMP, timezone.now())
    addresses = f"/comments/{comment.pk}/"
    return {
        "stamp": stamp, "addresses": addresses, "body": f"{payload} and more words", "name": payload[:100] or "x",
        "email": "a@b.example", "good_faith": "on", **changes,
    }  # fmt: skip


def clean(answer, where: object) -> None:
    assert answer.status_code < 500, where
    assert page_faults(html(answer)) == [], where
    assert ">42<" not in html(answer), where


def test_reports_are_text_to_readers_and_on_the_desk(as_moderator: Client, post: Post) -> None:
    for number, payload in enumerate(PAYLOADS):
        reader = Client(REMOTE_ADDR=f"10.{number // 250}.{number % 250}.1", HTTP_USER_AGENT="x")
        comment = cast.comment(post)
        answer = reader.post(f"/comments/{comment.pk}/report/", {"reason": "other", "body": payload[:1000]})
        assert answer.status_code in (303, 422), payload
        clean(reader.post(f"/comments/{comment.pk}/report/", {"reason": payload, "body": payload}), payload)
    assert Report.objects.count() > len(PAYLOADS) - 5
    address = "/moderation/reports/"
    clean(as_moderator.get(address), "the desk")


def test_notices_are_text_on_their_page_and_on_the_desk(as_moderator: Client, reader: Client, post: Post) -> None:
    comment = cast.comment(post)
    for payload in PAYLOADS:
        answer = reader.post("/notice/", notice(payload, comment))
        assert answer.status_code in (303, 422), payload
        clean(reader.post("/notice/", dict.fromkeys(notice("", comment), payload)), payload)
    made = IllegalContentNotice.objects.order_by("pk")
    assert made.count() > len(PAYLOADS) - 30
    for found in made[::6]:
        clean(reader.get(found.status_address), found.why)
        clean(as_moderator.get(f"/moderation/notices/{found.pk}/"), found.why)
        sent = {"outcome": "none", "answer": found.why[:2000]}
        assert as_moderator.post(f"/moderation/notices/{found.pk}/", sent).status_code == 303, found.why
        clean(reader.get(found.status_address), found.why)
        clean(as_moderator.get(f"/moderation/notices/{found.pk}/"), found.why)
    clean(as_moderator.get("/moderation/notices/"), "open")
    clean(as_moderator.get("/moderation/notices/?tab=decided"), "decided")


@pytest.mark.parametrize("path", ["/comments/{}/report/", "/notice/"])
def test_nul_half_characters_and_broken_encodings_are_taken_or_refused(
    path: str, reader: Client, post: Post, log: io.StringIO
) -> None:
    address, form = path.format(cast.comment(post).pk), "application/x-www-form-urlencoded"
    fields = ("reason", "body", "subject", "name", "email", "addresses", "stamp", "good_faith", "against_children")
    for text in ("%00", "a%00b", "%ED%A0%80", "%FF%FE", "%0d%0aSet-Cookie:x=1", "%1b%5B31mred", "%E2%80%AE", "%85"):
        body = "&".join(f"{name}={text}" for name in fields)
        assert reader.post(address, body, content_type=form).status_code < 500, text
        filled = f"reason=spam&body=words{text}words"
        assert reader.post(address, filled, content_type=form).status_code < 500, text
    assert reader.post(address, b"\xff\xfe", content_type="multipart/form-data; boundary=x").status_code < 500
    assert all("\x1b" not in line for line in log.getvalue().splitlines())
    kept = Report.objects.values_list("words", flat=True)
    assert all(("\x00" not in words and words.isascii()) or "\ufffd" in words or words for words in kept)


def test_a_comment_that_is_hostile_is_text_on_the_report_page(reader: Client, post: Post) -> None:
    for payload in PAYLOADS[::5]:
        storable = payload.replace("\x00", "").encode("utf-8", "replace").decode()
        comment = cast.comment(post, name=storable[:60], body=storable)
        clean(reader.get(f"/comments/{comment.pk}/report/"), payload)
