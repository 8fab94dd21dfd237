"""Deciding from the queue: the act, the way back, and what is refused with the words kept."""

import re

import pytest
from django.test import Client

from comments.models import Comment
from moderation.models import Decision
from tests import cast
from tests.moderation.desk import decide, html, status_of, undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(post) -> Comment:
    return cast.comment(post, "pending", name="Waiting One")


@pytest.mark.parametrize(
    ("start", "action", "end"),
    [
        ("pending", "approve", "published"),
        ("pending", "spam", "spam"),
        ("published", "hold", "pending"),
        ("spam", "not_spam", "pending"),
        ("spam", "approve", "published"),
        ("rejected", "approve", "published"),
    ],
)
def test_a_button_does_what_it_says(start: str, action: str, end: str, as_moderator: Client, post) -> None:
    comment = cast.comment(post, start)
    assert decide(as_moderator, comment, action).status_code == 303
    assert status_of(comment) == end
    assert Decision.objects.get().actor_name == "Moderator"


def test_it_leads_back_to_the_same_list_and_the_next_comment(as_moderator: Client, waiting: Comment) -> None:
    following = cast.comment(waiting.post, "pending")
    back = "tab=pending&q=words&order=oldest&after=3&evil=1"
    response = decide(as_moderator, waiting, "approve", back=back, next=following.pk)
    assert response.headers["Location"] == f"/moderation/?order=oldest&q=words&after=3&focus={following.pk}"


@pytest.mark.parametrize("status", ["published", "spam"])
def test_a_next_comment_that_somebody_decided_meanwhile_is_passed_over(
    status: str, as_moderator: Client, waiting: Comment
) -> None:
    decided = cast.comment(waiting.post, status)
    assert decide(as_moderator, waiting, "approve", next=decided.pk).headers["Location"] == "/moderation/"


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "tab=nothing", "\x00", "post=x", "%00"])
def test_the_way_back_never_leaves_the_queue(back: str, as_moderator: Client, waiting: Comment) -> None:
    response = decide(as_moderator, waiting, "approve", back=back, next="//evil.example")
    assert response.headers["Location"] == "/moderation/"


def test_a_rejection_needs_a_reason_and_keeps_the_note(as_moderator: Client, waiting: Comment) -> None:
    response = decide(as_moderator, waiting, "reject", note="typed with care")
    assert response.status_code == 422
    assert "Choose a reason" in html(response)
    assert "typed with care" in html(response)
    assert status_of(waiting) == "pending"


def test_another_reason_needs_words(as_moderator: Client, waiting: Comment) -> None:
    response = decide(as_moderator, waiting, "reject", reason="other", note="   ")
    assert response.status_code == 422
    assert "Say in a few words what the other reason is." in html(response)
    assert re.search(r'was-chosen" type="submit" name="reason" value="other"', html(response))
    assert '<details class="reject" open>' in html(response)
    assert decide(as_moderator, waiting, "reject", reason="other", note="Asked to wait").status_code == 303
    assert Decision.objects.get().note == "Asked to wait"


def test_an_impossible_act_says_so_and_changes_nothing(as_moderator: Client, post) -> None:
    withdrawn = cast.comment(post, "withdrawn")
    response = decide(as_moderator, withdrawn, "approve")
    assert response.status_code == 422
    assert "withdrawn" in html(response)
    assert status_of(withdrawn) == "withdrawn"


@pytest.mark.parametrize("action", ["erase", "withdraw", "edit", "undo", "", "APPROVE", "approve\x00"])
def test_an_act_that_is_no_button_is_refused(action: str, as_editor: Client, waiting: Comment) -> None:
    assert decide(as_editor, waiting, action).status_code == 422
    assert status_of(waiting) == "pending"


def test_undo_takes_the_act_back_and_undo_again_repeats_it(as_moderator: Client, waiting: Comment) -> None:
    decide(as_moderator, waiting, "approve")
    page = html(as_moderator.get("/moderation/"))
    assert "Approved: Waiting One" in page
    first = Decision.objects.get()
    assert f'action="/moderation/decisions/{first.pk}/undo/"' in page
    assert undo(as_moderator, first.pk, first.to_version).status_code == 303
    assert status_of(waiting) == "pending"
    second = Decision.objects.latest("pk")
    assert undo(as_moderator, second.pk, second.to_version).status_code == 303
    assert status_of(waiting) == "published"


def test_what_the_author_did_is_not_undone(as_moderator: Client, waiting: Comment) -> None:
    from moderation import decisions

    decision = decisions.decide_by_sender(waiting.pk, "withdraw", seen=1)
    response = undo(as_moderator, decision.pk, 2)
    assert response.status_code == 422
    assert "cannot be undone" in html(response)
    assert status_of(waiting) == "withdrawn"


def test_decisions_change_one_comment_only(as_moderator: Client, waiting: Comment, post) -> None:
    reply = cast.comment(post, "pending", waiting)
    decide(as_moderator, waiting, "approve")
    assert status_of(reply) == "pending"
