"""Decisions by the normal way settle the appeals about a comment, and undoing them opens these again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import User
from comments import submission
from comments.models import Comment
from moderation import actors, decisions
from moderation.models import Appeal
from moderation.retention import expire
from tests import cast
from tests.moderation.asking import act, asked, deny, rejected, undo

pytestmark = pytest.mark.django_db


def state() -> str:
    return Appeal.objects.get().state


def test_an_approval_by_the_normal_way_grants_it_with_the_words_to_the_author(post, moderator: User) -> None:
    comment = rejected(post, moderator)
    asked(comment)
    made = act(comment, "approve", moderator, message="Looked again.")
    appeal = Appeal.objects.get()
    assert (appeal.state, appeal.result, appeal.decided_by, appeal.answer) == (
        "granted",
        made,
        moderator,
        "Looked again.",
    )


def test_undoing_the_decision_that_was_appealed_grants_it(post, moderator: User) -> None:
    comment = rejected(post, moderator)
    asked(comment)
    undo(comment, moderator)
    assert state() == "granted"


@pytest.mark.parametrize("lifts", ["approve", "not_spam", "undo"])
def test_undoing_what_granted_it_opens_it_again_and_again(lifts: str, post, moderator: User) -> None:
    comment = cast.comment(post, "pending")
    act(comment, "spam", moderator)
    comment.refresh_from_db()
    asked(comment)
    (lambda: undo(comment, moderator) if lifts == "undo" else act(comment, lifts, moderator))()
    for expected in ("granted", "open", "granted", "open"):
        appeal = Appeal.objects.get()
        assert appeal.state == expected
        assert (appeal.result is None, appeal.decided_at is None, appeal.answer) == (
            expected == "open",
            expected == "open",
            "",
        )
        undo(comment, moderator)


def test_what_was_denied_stays_denied(post, moderator: User, editor: User) -> None:
    comment = rejected(post, moderator)
    deny(asked(comment), editor)
    act(comment, "approve", moderator)
    assert state() == "denied"
    undo(comment, moderator)
    assert state() == "denied"


def test_a_newer_text_or_taking_the_comment_off_grants_no_appeal_about_a_refused_edit(post, moderator: User) -> None:
    comment = cast.comment(post)
    comment.revisions.create(number=2, body="Other", html="<p>Other</p>")
    Comment.objects.filter(pk=comment.pk).update(proposed_revision=2)
    act(comment, "refuse_edit", moderator)
    comment.refresh_from_db()
    asked(comment)
    act(comment, "hold", moderator)
    assert state() == "open"
    undo(comment, moderator)
    comment.refresh_from_db()
    assert state() == "open"
    comment.revisions.create(number=3, body="Third", html="<p>Third</p>")
    decisions.decide(comment.pk, "edit", seen=comment.version, actor=actors.sender(), revision=3)
    assert state() == "open"
    act(comment, "accept_edit", moderator)
    assert state() == "granted"


def test_with_its_comment_an_open_appeal_goes_and_an_answered_one_loses_its_words(
    post, moderator: User, editor: User
) -> None:
    comment = rejected(post, moderator)
    deny(asked(comment, "Words of the author"), editor, "Words of the answer")
    act(comment, "approve", moderator)
    act(comment, "reject", moderator, reason="spam")
    asked(comment, "More words")
    act(comment, "erase", editor)
    (left,) = Appeal.objects.values("state", "text", "answer")
    assert left == {"state": "denied", "text": "", "answer": ""}


def test_withdrawing_the_comment_takes_an_appeal_about_an_edit_along(post, moderator: User) -> None:
    comment = cast.comment(post)
    comment.revisions.create(number=2, body="Other", html="<p>Other</p>")
    Comment.objects.filter(pk=comment.pk).update(proposed_revision=2)
    act(comment, "refuse_edit", moderator)
    comment.refresh_from_db()
    asked(comment)
    submission.withdraw(comment, comment.version, timezone.now())
    assert not Appeal.objects.exists()


def test_spam_with_an_open_appeal_is_not_erased_before_it_is_answered(post, moderator: User, editor: User) -> None:
    old = timezone.now() - timedelta(days=500)
    comment = cast.comment(post, "pending", created_at=old)
    act(comment, "spam", moderator, now=old)
    comment.refresh_from_db()
    appeal = asked(comment)
    assert expire(timezone.now()).erased == 0
    deny(appeal, editor)
    assert expire(timezone.now()).erased == 1
