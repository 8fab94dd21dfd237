"""Hostile text and hostile requests on the desk: shown as typed, refused in peace, never an error of ours."""

import re

import pytest
from django.test import Client

from comments.models import Comment
from moderation.forms import PlainTextField
from tests import cast
from tests.moderation.desk import decide, html, reviewed, status_of, undo
from tests.payloads import ELEMENTS, HANDLERS, SCRIPTS, TEMPLATES

pytestmark = pytest.mark.django_db
HUGE = str(10**30)


@pytest.mark.parametrize("payload", [*SCRIPTS, *HANDLERS, *ELEMENTS, *TEMPLATES, "{{ 7|add:35 }}"])
def test_text_and_name_are_shown_as_typed(payload: str, as_moderator: Client, post) -> None:
    payload = payload.replace("\x00", "")
    comment = cast.comment(post, "pending", body=payload, name=payload[:60], email=payload[:100], website=payload[:200])
    spans = [["body", 0, 3], ["body", 2, 10**6], ["name", 1, 4], ["website", 0, 2]]
    reviewed(comment, ("shape_shouting", 2.0, payload[:300], spans), why=[payload])
    clean = html(as_moderator.get("/moderation/comments/1/".replace("1", str(cast.comment(post, "pending").pk))))
    for address in ("/moderation/", f"/moderation/comments/{comment.pk}/", f"/moderation/?tab=all&post={post.pk}"):
        page = html(as_moderator.get(address))
        if "7|add:35" in payload:
            assert payload.replace('"', "&quot;") in page or "7|add:35" in page
        for element in ("script", "img", "svg", "iframe", "style", "object", "math", "base"):
            assert page.count(f"<{element}") == clean.count(f"<{element}"), (address, element)
        assert not re.search(r"<a [^>]*href=\"(?!/|\?|#)", page)


def test_spans_are_marked_escaped_and_numbered(as_moderator: Client, post) -> None:
    comment = cast.comment(post, "pending", body="<b>buy</b> & che\u200bap", website="https://x.example/")
    reviewed(
        comment,
        ("rule_hold", 3.0, "blocklist “buy”", [["body", 3, 6], ["website", 8, 17]]),
        ("shape_invisible", 1.0, "hidden", [["body", 13, 19], "odd", ["body", "x", 2], ["email", 0, 3]]),
    )
    page = html(as_moderator.get("/moderation/"))
    assert '&lt;b&gt;<mark title="blocklist “buy”">buy</mark><sup class="cite">' in page
    assert "U+200B" in page
    assert "\u200b" not in page
    assert "<bdi>https://<mark" in page


@pytest.mark.parametrize(
    "query",
    [
        "tab=nothing",
        f"post={HUGE}",
        f"after={HUGE}",
        "before=-1",
        "sender=x",
        "network=1e3",
        "signal=a'--",
        "signal=%F0%9F%92%A9",
        "after=0",
    ],
)
def test_an_odd_filter_is_404(query: str, as_moderator: Client) -> None:
    assert as_moderator.get(f"/moderation/?{query}").status_code == 404


@pytest.mark.parametrize(
    "search",
    ["%25_\\", "'; DROP TABLE x;--", "{{ 7|add:35 }}", "%01%1Bq", "%ED%A0%80", "a" * 100, "%22%3E%3Cscript%3E"],
)
def test_an_odd_search_finds_nothing_in_peace(search: str, as_moderator: Client, post) -> None:
    cast.comment(post, "pending")
    response = as_moderator.get(f"/moderation/?q={search}")
    assert response.status_code == 200
    assert not response.context["queue"].items


def test_a_search_that_is_too_long_is_said_beside_the_field(as_moderator: Client) -> None:
    page = html(as_moderator.get("/moderation/", {"q": "x" * 101}))
    assert 'id="q-wrong"' in page


def test_a_nul_in_the_address_is_refused(as_moderator: Client) -> None:
    assert as_moderator.get("/moderation/?q=a%00b").status_code == 400


def test_keys_beyond_every_database_are_404(as_moderator: Client, as_editor: Client) -> None:
    for path in (f"comments/{HUGE}/", "comments/987654321/", f"comments/{'9' * 5000}/"):
        assert as_moderator.get(f"/moderation/{path}").status_code == 404
    for key in (HUGE, "987654321"):
        assert decide(as_moderator, Comment(pk=int(key), version=1), "approve").status_code == 404
        assert undo(as_moderator, int(key), 1).status_code == 404
        assert as_editor.post(f"/moderation/comments/{key}/erase/", {"seen": 1}).status_code == 404


@pytest.mark.parametrize("seen", ["", "x", HUGE, "-1", "0", "1\x00", "1.5", "\ud800"])
def test_an_odd_version_decides_nothing(seen: str, as_moderator: Client, post) -> None:
    comment = cast.comment(post, "pending")
    response = decide(as_moderator, comment, "approve", seen=seen.encode("utf-8", "replace"))
    assert response.status_code in (409, 422)
    assert status_of(comment) == "pending"


def test_text_for_the_database_has_no_half_characters_and_no_controls() -> None:
    assert PlainTextField().clean(" a\ud800b\x1b\x00c ") == "a\ufffdbc"


@pytest.mark.parametrize("note", ["a\x00b", "\ud800 half", "\x1b[31m", "x" * 1001])
def test_a_note_that_no_database_takes_is_cleaned_or_refused(note: str, as_moderator: Client, post) -> None:
    comment = cast.comment(post, "pending")
    body = (
        f"action=reject&seen=1&reason=hate&note={''.join(f'%{b:02X}' for b in note.encode('utf-8', 'surrogatepass'))}"
    )
    response = as_moderator.post(
        f"/moderation/comments/{comment.pk}/decisions/", body, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code in (303, 422)
    assert as_moderator.get("/moderation/log/").status_code == 200
