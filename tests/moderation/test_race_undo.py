"""A decision and the undo of the one before it, at the same moment: one of them happens, never half of each."""

import pytest

from blog.models import Post, User
from comments.models import Comment
from moderation.actors import person
from moderation.decisions import Conflict, decide, undo
from moderation.models import Decision
from tests import cast
from tests.together import in_step

ROUNDS = 40


@pytest.fixture
def approved(post: Post, moderator: User) -> list[Decision]:
    waiting = [cast.comment(post, Comment.Status.PENDING) for _ in range(ROUNDS)]
    return [decide(comment.pk, "approve", seen=1, actor=person(moderator)) for comment in waiting]


@pytest.mark.django_db(transaction=True)
def test_of_a_hold_and_an_undo_at_once_one_wins(
    post: Post, approved: list[Decision], moderator: User, editor: User
) -> None:
    def hold(decision: Decision) -> Decision:
        return decide(decision.comment_id, "hold", seen=2, actor=person(editor))

    def take_back(decision: Decision) -> Decision:
        return undo(decision.pk, seen=2, actor=person(moderator))

    rounds = [(decision,) for decision in approved]
    for decision, *both in zip(approved, *in_step(rounds, hold, take_back), strict=True):
        (won,) = [outcome for outcome in both if isinstance(outcome, Decision)]
        (lost,) = [outcome for outcome in both if isinstance(outcome, Conflict)]
        assert lost.latest == won
        assert Decision.objects.filter(comment=decision.comment_id).count() == 2
        # Both lead to pending, but only the hold is a look that stays.
        assert (Comment.objects.get(pk=decision.comment_id).reviewed_by_id is None) == (won.action == "undo")
    post.refresh_from_db()
    assert post.published_comments == 0


@pytest.mark.django_db(transaction=True)
def test_two_undos_at_once_undo_once(approved: list[Decision], moderator: User, editor: User) -> None:
    def take_back(who: User):
        return lambda decision: undo(decision.pk, seen=2, actor=person(who))

    rounds = [(decision,) for decision in approved]
    for _, *both in zip(approved, *in_step(rounds, take_back(moderator), take_back(editor)), strict=True):
        assert sorted(type(outcome).__name__ for outcome in both) == ["Conflict", "Decision"]
