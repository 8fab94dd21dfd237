"""Asking again: once for a decision, answered by somebody else with words, through the one door."""

import pytest
from django.utils import timezone

from blog.models import User
from comments.models import Comment
from moderation import appeals
from moderation.actors import person
from moderation.decisions import Conflict, NotAllowed
from moderation.models import Appeal, Decision
from tests import cast
from tests.moderation.asking import act, asked, deny, grant, rejected
from tests.moderation.desk import status_of

pytestmark = pytest.mark.django_db


def edited(post, moderator: User) -> Comment:
    comment = cast.comment(post)
    comment.revisions.create(number=2, body="The new words", html="<p>The new words</p>")
    Comment.objects.filter(pk=comment.pk).update(proposed_revision=2)
    act(comment, "refuse_edit", moderator)
    comment.refresh_from_db()
    return comment


def test_a_granted_appeal_publishes_by_a_decision_of_the_person_who_answered(
    post, moderator: User, editor: User
) -> None:
    for comment in (rejected(post, moderator), cast.comment(post, "pending")):
        if comment.status == "pending":
            act(comment, "spam", moderator)
        appeal = grant(asked(comment), editor, "Quite right.")
        assert status_of(comment) == "published"
        made = Decision.objects.filter(comment=comment).latest("pk")
        assert (made.action, made.actor, made.message) == ("approve", editor, "Quite right.")
        assert (appeal.state, appeal.answer, appeal.decided_by, appeal.result) == (
            "granted",
            "Quite right.",
            editor,
            made,
        )


def test_a_denied_appeal_changes_nothing_but_is_answered(post, moderator: User, editor: User) -> None:
    comment = rejected(post, moderator)
    before = Comment.objects.values().get(pk=comment.pk)
    appeal = deny(asked(comment), editor, "It is about another post.")
    assert (appeal.state, appeal.answer, appeal.decided_by_name) == ("denied", "It is about another post.", str(editor))
    assert Comment.objects.values().get(pk=comment.pk) == before


def test_a_refused_edit_that_is_granted_is_taken_over(post, moderator: User, editor: User) -> None:
    comment = edited(post, moderator)
    assert grant(asked(comment), editor).state == "granted"
    comment.refresh_from_db()
    assert (comment.body, comment.proposed_revision, comment.status) == ("The new words", None, "published")


def test_there_is_one_appeal_for_each_decision(post, moderator: User, editor: User) -> None:
    comment = rejected(post, moderator)
    first = asked(comment)
    with pytest.raises(appeals.AlreadyAppealed):
        asked(comment)
    deny(first, editor)
    with pytest.raises(appeals.AlreadyAppealed):
        asked(comment)
    act(comment, "approve", moderator)
    act(comment, "reject", moderator, reason="spam")
    assert asked(comment).pk != first.pk


@pytest.mark.parametrize("status", ["pending", "published", "withdrawn", "unconfirmed"])
def test_what_nobody_refused_cannot_be_appealed(status: str, post) -> None:
    comment = cast.comment(post, status)
    assert appeals.appealable(comment) is None
    with pytest.raises(appeals.NothingToAppeal):
        appeals.file(comment.pk, "Why?", decision=1, now=timezone.now())


def test_a_decision_about_another_comment_cannot_be_appealed(post, moderator: User) -> None:
    other = appeals.appealable(rejected(post, moderator)).pk
    with pytest.raises(appeals.NothingToAppeal):
        appeals.file(rejected(post, moderator).pk, "Why?", decision=other, now=timezone.now())
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("answer", ["", "  \n"])
def test_an_answer_has_words(answer: str, post, moderator: User, editor: User) -> None:
    appeal = asked(rejected(post, moderator))
    for act_ in (grant, deny):
        with pytest.raises(appeals.AnswerMissing):
            act_(appeal, editor, answer)
    assert Appeal.objects.get().is_open


def test_who_decided_does_not_answer_while_somebody_else_can(post, moderator: User, editor: User) -> None:
    comment = rejected(post, moderator)
    appeal = asked(comment)
    for act_ in (grant, deny):
        with pytest.raises(appeals.OwnDecision, match="You made this decision yourself"):
            act_(appeal, moderator)
    assert status_of(comment) == "rejected"
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert deny(appeal, moderator).state == "denied"


@pytest.mark.parametrize("changes", [{"is_active": False}, {"is_staff": False}])
def test_an_account_that_could_not_answer_is_no_colleague(changes: dict, post, moderator: User, editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(**changes)
    cast.person("writer", "Authors")
    assert not appeals.colleagues(moderator)
    assert appeals.colleagues(editor)


def test_what_automation_decided_anybody_may_answer(post, moderator: User, editor: User) -> None:
    comment = cast.comment(post, "pending")
    act(comment, "spam", None)
    comment.refresh_from_db()
    assert grant(asked(comment), moderator).state == "granted"


def test_who_may_not_decide_may_not_answer(post, moderator: User, author: User, stranger: User) -> None:
    appeal = asked(rejected(post, moderator))
    for who in (author, stranger):
        for act_ in (grant, deny):
            with pytest.raises(NotAllowed):
                act_(appeal, who)
    assert Appeal.objects.get().is_open


def test_the_second_to_answer_is_told_who_was_faster(post, moderator: User, editor: User) -> None:
    chief = cast.person("chief", "Editors")
    appeal = asked(rejected(post, moderator))
    deny(appeal, editor)
    for act_ in (grant, deny):
        with pytest.raises(appeals.AlreadyAnswered, match=f"{editor} was faster: this appeal is denied"):
            act_(appeal, chief)


def test_an_appeal_is_not_granted_for_a_comment_that_looks_different_by_now(
    post, moderator: User, editor: User
) -> None:
    comment = rejected(post, moderator)
    appeal = asked(comment)
    with pytest.raises(Conflict):
        appeals.grant(appeal.pk, seen=comment.version - 1, actor=person(editor), answer="Yes.", now=timezone.now())
    assert Appeal.objects.get().is_open
    assert status_of(comment) == "rejected"
