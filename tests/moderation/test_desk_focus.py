"""The item in focus has everything needed to decide, and the script gets the same ahead of time and as JSON."""

import gzip
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import Post
from comments.models import Comment, Reason
from moderation import alike, extras, fingerprint, screening
from moderation.items import Item
from moderation.models import CampaignMember, Decision, Fingerprint
from moderation.templatetags.desk import REASON_KEYS
from tests import cast
from tests.moderation.desk import decide, html, reviewed, status_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_prior")]
TEXT = "Our warehouse sells brass hinges for garden gates of every size at half the price"
SCRIPTS = Path(__file__).parents[2] / "moderation/static/moderation"
JSON = {"Accept": "application/json"}


def focus(client: Client, comment: Comment) -> Item:
    return client.get(f"/moderation/?focus={comment.pk}").context["queue"].focus


def test_alike_comments_are_named_with_what_became_of_them(as_moderator: Client, post: Post) -> None:
    earlier = cast.comment(post, "spam", name="Earlier", body=TEXT + " today")
    comment = cast.comment(post, "pending", body=TEXT)
    later = cast.comment(post, "pending", name="Later", body=TEXT)
    other = cast.comment(
        post, "pending", body="Is the side gate open on Sundays, and would a cart with two people fit?"
    )
    for each in (earlier, comment, later, other):
        screening.screen(each.pk)
    found = focus(as_moderator, comment).alike
    assert [(one.comment.name, one.comment.status) for one in found] == [("Later", "pending"), ("Earlier", "spam")]
    assert found[0].percent == 100
    assert 50 <= found[1].percent < 100
    page = html(as_moderator.get(f"/moderation/?focus={comment.pk}"))
    assert "Nearly the same text" in page
    assert focus(as_moderator, other).alike == []


def test_a_wave_shows_five_of_its_members(as_moderator: Client, post: Post) -> None:
    wave = [cast.comment(post, "pending", body=TEXT) for _ in range(9)]
    for each in wave:
        Fingerprint.objects.create(comment=each, digest=fingerprint.digest(TEXT))
    assert len(focus(as_moderator, wave[0]).alike) == alike.MOST == 5


def test_earlier_decisions_are_listed_and_the_latest_stands_beside_the_acts(
    as_moderator: Client, as_editor: Client, post: Post
) -> None:
    comment = cast.comment(post, "pending")
    for action in ["approve", "hold"] * 4:
        decide(as_editor, comment, action)
        comment.refresh_from_db()
    item = focus(as_moderator, comment)
    made = list(Decision.objects.order_by("-pk"))
    assert item.latest == made[0]
    assert item.decisions == made[1:6]


def test_why_it_waits_is_said_in_words(as_moderator: Client, post: Post) -> None:
    comment = cast.comment(post, "pending")
    reviewed(comment, score=9.5)
    Comment.objects.filter(pk=comment.pk).update(open_reports=3)
    assert "Reported by 3 · on this week’s post · looks like spam" in html(as_moderator.get("/moderation/"))


def test_other_parts_of_the_desk_can_add_to_it(
    as_moderator: Client, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment, other = cast.comment(post, "pending"), cast.comment(post, "pending")

    def source(items: list[Item], now) -> dict[int, extras.Extra]:
        return {
            item.comment.pk: extras.Extra("moderation/_nothing.html", {}) for item in items if item.comment == comment
        }

    before = html(as_moderator.get(f"/moderation/?focus={comment.pk}")).count("Nothing waits")
    monkeypatch.setattr(extras, "SOURCES", [source])
    assert html(as_moderator.get(f"/moderation/?focus={comment.pk}")).count("Nothing waits") == before + 1
    assert html(as_moderator.get(f"/moderation/?focus={other.pk}")).count("Nothing waits") == before


def test_all_items_of_the_page_come_ahead_in_a_constant_number_of_queries(as_moderator: Client, post: Post) -> None:
    def ahead() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as captured:
            page = html(as_moderator.get("/moderation/ahead/"))
        return len(captured), page

    def fill(number: int) -> None:
        for _ in range(number):
            waiting = cast.comment(post, "pending", body=TEXT)
            screening.screen(waiting.pk)
            CampaignMember.objects.update(apart=True, campaign=None)  # a row each, and none for a card

    fill(3)
    few, page = ahead()
    assert page.count('<article class="item"') == page.count('<li class="row"') == 3
    fill(17)
    many, page = ahead()
    assert page.count('<article class="item"') == page.count('<li class="row"') == 20
    assert many == few


def test_one_that_is_not_on_the_page_comes_ahead_too(as_moderator: Client, post: Post) -> None:
    cast.comment(post, "pending")
    decided = cast.comment(post, "spam")
    page = html(as_moderator.get(f"/moderation/ahead/?focus={decided.pk}"))
    assert f'id="c-{decided.pk}"' in page
    assert f'id="r-{decided.pk}"' in page
    assert f'id="r-{decided.pk}"' not in html(as_moderator.get(f"/moderation/?focus={decided.pk}"))


@pytest.mark.parametrize("number", ["987654321", "0", "x", str(10**30)])
def test_a_comment_that_is_not_there_cannot_be_in_focus(number: str, as_moderator: Client) -> None:
    for address in ("/moderation/", "/moderation/ahead/"):
        assert as_moderator.get(f"{address}?focus={number}").status_code == 404


def test_acts_answer_the_script_in_json_and_leave_no_message_behind(as_moderator: Client, post: Post) -> None:
    comment = cast.comment(post, "pending", name="Waiting One")
    told = decide(as_moderator, comment, "approve", headers=JSON)
    done = as_moderator.post(
        f"/moderation/comments/{comment.pk}/decisions/", {"action": "spam", "seen": 2}, headers=JSON
    ).json()
    made = Decision.objects.order_by("pk").last()
    assert told.status_code == 303, "a field of that name is no header"
    assert (done["undo"], done["seen"]) == (f"/moderation/decisions/{made.pk}/undo/", 3)
    assert done["says"].startswith("Marked as spam: Waiting One on")
    undone = as_moderator.post(done["undo"], {"seen": done["seen"]}, headers=JSON).json()
    assert undone["says"].startswith("Undone. Waiting One")
    assert "Undone." not in html(as_moderator.get("/moderation/"))
    assert status_of(comment) == "published"


@pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "*/*", ""])
def test_a_browsers_own_form_gets_pages(accept: str, as_moderator: Client, post: Post) -> None:
    comment = cast.comment(post, "pending")
    address = f"/moderation/comments/{comment.pk}/decisions/"
    assert as_moderator.post(address, {"action": "approve", "seen": 1}, headers={"Accept": accept}).status_code == 303


def test_refusals_answer_in_json_with_their_words(as_moderator: Client, as_editor: Client, post: Post) -> None:
    comment = cast.comment(post, "pending")
    address = f"/moderation/comments/{comment.pk}/decisions/"
    refused = as_moderator.post(address, {"action": "reject", "seen": 1}, headers=JSON)
    assert refused.status_code == 422
    assert refused.json()["says"] == "Nothing was decided. Choose a reason; the author of the comment will see it."
    decide(as_editor, comment, "approve")
    late = as_moderator.post(address, {"action": "spam", "seen": 1}, headers=JSON)
    assert late.status_code == 409
    assert late.json()["says"] == "Approved by Editor"
    assert late.json()["more"] == (
        "Your “Spam” was not carried out. It is published now. If you agree, go on to the next one; "
        "if not, decide again below."
    )


def test_every_reason_has_one_letter_and_shows_it(as_moderator: Client, post: Post) -> None:
    cast.comment(post, "pending")
    assert set(REASON_KEYS) == set(Reason.values)
    assert len(set(REASON_KEYS.values())) == len(REASON_KEYS)
    assert "R" not in REASON_KEYS.values(), "R closes the list of reasons again"
    page = html(as_moderator.get("/moderation/"))
    shown = re.findall(r'value="(\w+)" data-reason="(\w)"><kbd>(\w)</kbd>', page)
    assert {code: letter for code, _, letter in shown} == REASON_KEYS
    assert all(letter == data.upper() for _, data, letter in shown)


def test_the_desks_own_javascript_is_at_most_4_kb() -> None:
    whole = b"".join(path.read_bytes() for path in sorted(SCRIPTS.rglob("*.js")))
    assert len(gzip.compress(whole, 9, mtime=0)) <= 4096
