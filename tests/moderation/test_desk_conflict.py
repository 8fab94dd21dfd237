"""Two moderators at one comment: the second is told by whom, when and what, and what to do now."""

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Comment
from moderation.models import Decision
from tests import cast
from tests.moderation.desk import decide, html, status_of, undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(post) -> Comment:
    return cast.comment(post, "pending", body="The first wording.")


def edited(comment: Comment, body: str) -> None:
    """The author changes the text, through the door that authors use."""
    from moderation import decisions

    comment.revisions.create(number=2, body=body, html=f"<p>{body}</p>", created_at=timezone.now())
    decisions.decide_by_sender(comment.pk, "edit", seen=comment.version, revision=2)


def test_the_second_is_told_who_did_what_and_when(as_moderator: Client, as_editor: Client, waiting: Comment) -> None:
    decide(as_editor, waiting, "reject", reason="off_topic", note="Belongs elsewhere")
    response = decide(as_moderator, waiting, "approve")
    page = html(response)
    assert response.status_code == 409
    assert "Rejected by <bdi>Editor</bdi>" in page
    assert "Off the topic" in page
    assert "Belongs elsewhere" in page
    assert " s ago" in page or "just now" in page
    assert "Your “Approve” was not carried out" in page
    assert status_of(waiting) == "rejected"
    assert Decision.objects.count() == 1


def test_the_way_on_decides_about_the_comment_as_it_is_now(
    as_moderator: Client, as_editor: Client, waiting: Comment
) -> None:
    decide(as_editor, waiting, "spam")
    page = html(decide(as_moderator, waiting, "approve"))
    assert 'name="seen" value="2"' in page
    waiting.refresh_from_db()
    assert decide(as_moderator, waiting, "approve").status_code == 303
    assert status_of(waiting) == "published"


def test_an_edit_since_is_shown_as_a_difference(as_moderator: Client, waiting: Comment) -> None:
    edited(waiting, "The second wording.")
    response = decide(as_moderator, waiting, "approve")
    page = html(response)
    assert response.status_code == 409
    assert "Edited by <bdi>its author</bdi>" in page
    assert "The text changed since you read it" in page
    assert "<b>first</b>" in page
    assert "<b>second</b>" in page
    assert status_of(waiting) == "pending"


def test_all_that_happened_meanwhile_is_listed(as_moderator: Client, as_editor: Client, waiting: Comment) -> None:
    decide(as_editor, waiting, "spam")
    waiting.refresh_from_db()
    decide(as_editor, waiting, "approve")
    first = Comment(pk=waiting.pk, version=1)
    page = html(decide(as_moderator, first, "reject", reason="hate", note="kept words"))
    assert "All that happened meanwhile" in page
    assert "Marked as spam" in page
    assert "kept words" in page


def test_an_undo_that_comes_too_late_is_a_conflict_too(
    as_moderator: Client, as_editor: Client, waiting: Comment
) -> None:
    decide(as_moderator, waiting, "approve")
    mine = Decision.objects.get()
    waiting.refresh_from_db()
    decide(as_editor, waiting, "hold")
    response = undo(as_moderator, mine.pk, mine.to_version)
    assert response.status_code == 409
    assert "Held by <bdi>Editor</bdi>" in html(response)
    assert status_of(waiting) == "pending"


def test_a_version_from_the_future_is_refused_without_a_word_too_much(as_moderator: Client, waiting: Comment) -> None:
    response = decide(as_moderator, Comment(pk=waiting.pk, version=99), "approve")
    assert response.status_code == 409
    assert "has changed since you opened it" in html(response)
