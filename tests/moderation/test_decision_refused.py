"""Why a decision is not made is said in words for the person who tried, and nothing has happened then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from moderation.actors import person, sender, system
from moderation.decisions import (
    Conflict,
    Impossible,
    NotAllowed,
    NothingToUndo,
    ReasonMissing,
    decide,
    undo,
)
from moderation.models import Decision
from tests import cast


@pytest.fixture
def waiting(post: Post) -> Comment:
    return cast.comment(post, Comment.Status.PENDING)


@pytest.mark.parametrize(
    "given",
    [{}, {"reason": "because"}, {"reason": "other"}, {"reason": "other", "note": " \n"}, {"reason": "x" * 500}],
)
def test_a_rejection_needs_a_reason_of_the_list_and_other_needs_words(
    waiting: Comment, moderator: User, given: dict
) -> None:
    with pytest.raises(ReasonMissing):
        decide(waiting.pk, "reject", seen=1, actor=person(moderator), **given)
    assert not Decision.objects.exists()
    decide(waiting.pk, "reject", seen=1, actor=person(moderator), reason="other", note="A test.")


def test_a_reason_that_is_none_of_the_list_is_refused_for_every_act(waiting: Comment, moderator: User) -> None:
    with pytest.raises(ReasonMissing):
        decide(waiting.pk, "spam", seen=1, actor=person(moderator), reason="x" * 500)


def test_an_approval_forgets_the_reason_of_an_earlier_rejection(waiting: Comment, moderator: User) -> None:
    decide(waiting.pk, "reject", seen=1, actor=person(moderator), reason="hate")
    waiting.refresh_from_db()
    assert waiting.reason == "hate"
    decide(waiting.pk, "approve", seen=2, actor=person(moderator))
    waiting.refresh_from_db()
    assert waiting.reason == ""


def test_who_has_no_right_to_decide_is_refused(waiting: Comment, stranger: User, author: User, moderator: User) -> None:
    for user in (stranger, author):
        with pytest.raises(NotAllowed):
            decide(waiting.pk, "approve", seen=1, actor=person(user))
    moderator.is_active = False
    with pytest.raises(NotAllowed):
        decide(waiting.pk, "approve", seen=1, actor=person(moderator))


def test_a_moderator_may_not_erase(waiting: Comment, moderator: User, editor: User) -> None:
    with pytest.raises(NotAllowed):
        decide(waiting.pk, "erase", seen=1, actor=person(moderator))
    decide(waiting.pk, "erase", seen=1, actor=person(editor))


def test_only_a_moderator_undoes(waiting: Comment, moderator: User, stranger: User) -> None:
    decision = decide(waiting.pk, "approve", seen=1, actor=person(moderator))
    for actor in (system("policy-1"), sender(), person(stranger)):
        with pytest.raises(NotAllowed):
            undo(decision.pk, seen=2, actor=actor)
    assert Decision.objects.count() == 1


def test_a_conflict_says_what_was_done_by_whom(waiting: Comment, moderator: User, editor: User) -> None:
    decide(waiting.pk, "approve", seen=1, actor=person(editor))
    with pytest.raises(Conflict, match=r"^Approved by Editor since you opened it\.$") as conflict:
        decide(waiting.pk, "spam", seen=1, actor=person(moderator))
    assert conflict.value.latest == Decision.objects.get()


def test_a_version_from_the_future_is_a_conflict_too(waiting: Comment, moderator: User) -> None:
    with pytest.raises(Conflict):
        decide(waiting.pk, "approve", seen=2, actor=person(moderator))


@pytest.mark.parametrize("action", ["", "publish", "undo", "edit", "withdraw", "delete"])
def test_a_person_cannot_do_what_is_no_act_of_theirs(waiting: Comment, moderator: User, action: str) -> None:
    with pytest.raises(Impossible):
        decide(waiting.pk, action, seen=1, actor=person(moderator))


def test_only_the_latest_decision_can_be_undone(waiting: Comment, moderator: User) -> None:
    first = decide(waiting.pk, "approve", seen=1, actor=person(moderator))
    decide(waiting.pk, "hold", seen=2, actor=person(moderator))
    with pytest.raises(NothingToUndo):
        undo(first.pk, seen=3, actor=person(moderator))


def test_what_is_not_there_is_not_found(db: None, moderator: User) -> None:
    with pytest.raises(Comment.DoesNotExist):
        decide(10**15, "approve", seen=1, actor=person(moderator))
    with pytest.raises(Decision.DoesNotExist):
        undo(10**15, seen=1, actor=person(moderator))


def test_the_page_never_seems_older_than_it_was(waiting: Comment, moderator: User) -> None:
    before = timezone.now()
    decide(waiting.pk, "approve", seen=1, actor=person(moderator), now=before)
    decide(waiting.pk, "hold", seen=2, actor=person(moderator), now=before - timedelta(hours=1))
    waiting.post.refresh_from_db()
    assert waiting.post.page_changed_at > before
