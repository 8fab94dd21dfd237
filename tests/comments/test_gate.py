"""The gate is asked before anything is stored; when it breaks, nothing is lost and nothing slips through."""

import pytest
from django.conf import settings as given
from django.core.checks import run_checks
from django.test import Client

from comments.gate import Barred
from comments.house_rules import RULES
from comments.models import Comment, Reason
from moderation.models import Review
from tests import cast
from tests.comments.sending import LETTER, edit, send

pytestmark = pytest.mark.django_db
WHY = Barred("This site takes no comments from you.", "Spam", RULES["spam"], None, "Said so.", "", False)


def refuses(**facts: object) -> Barred:
    return WHY


def breaks(**facts: object) -> None:
    raise RuntimeError


def lets_in(**facts: object) -> None:
    assert set(facts) == {"user", "sender", "network", "now"}


@pytest.fixture(autouse=True)
def open_mode(settings) -> None:
    settings.COMMENTS_MODERATION_MODE = "open"


def test_who_is_refused_reads_why_and_gets_the_text_back_and_nothing_is_stored(post, reader: Client, settings) -> None:
    settings.COMMENT_GATE = "tests.comments.test_gate.refuses"
    response = send(reader, post)
    assert response.status_code == 403
    shown = response.content.decode()
    for words in (WHY.says, WHY.reason, RULES["spam"].says, "Said so.", LETTER):
        assert words in shown
    assert not Comment.objects.exists()
    assert given.SENDER_COOKIE_NAME not in response.cookies


def test_a_broken_or_missing_gate_stores_the_comment_and_holds_it_unseen_by_automation(
    post, reader: Client, settings
) -> None:
    for path in ("tests.comments.test_gate.breaks", "no.such.gate"):
        settings.COMMENT_GATE = path
        assert send(reader, post, body=f"{LETTER} {path}").status_code == 303
        assert Comment.objects.latest("pk").status == "pending"
    assert not Review.objects.exists()


def test_a_gate_that_lets_in_changes_nothing(post, reader: Client, settings) -> None:
    settings.COMMENT_GATE = "tests.comments.test_gate.lets_in"
    send(reader, post)
    assert Comment.objects.get().status == "published"


def test_an_edit_is_asked_about_too(post, reader: Client, settings) -> None:
    comment = cast.comment(post)
    settings.COMMENT_GATE = "tests.comments.test_gate.refuses"
    response = edit(reader, comment, "Other words of mine.")
    assert response.status_code == 403
    assert "Other words of mine." in response.content.decode()
    assert comment.status_address in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert comment.revisions.count() == 1
    settings.COMMENT_GATE = "tests.comments.test_gate.breaks"
    assert edit(reader, comment, "Other words of mine.").status_code == 303
    comment.refresh_from_db()
    assert (comment.proposed_revision, comment.status) == (2, "published")


def test_who_sends_a_stored_form_again_gets_what_is_stored(post, reader: Client, settings) -> None:
    from tests.comments.sending import address, filled_in

    form = filled_in(post)
    first = reader.post(address(post), form)
    settings.COMMENT_GATE = "tests.comments.test_gate.refuses"
    assert reader.post(address(post), form).headers["Location"] == first.headers["Location"]
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("path", ["", "no.such.gate", "tests.comments.test_gate.WHY"])
def test_a_gate_that_is_none_is_found_at_start(path: str, settings) -> None:
    settings.COMMENT_GATE = path
    assert "comments.E004" in [error.id for error in run_checks()]


def test_every_reason_has_one_rule_and_the_page_shows_them_all(reader: Client) -> None:
    assert list(RULES) == list(Reason.values)
    shown = reader.get("/comments/rules/").content.decode()
    for rule in RULES.values():
        assert rule.says.count(".") == 1
        assert rule.says in shown
        assert f'id="{rule.code}"' in shown
