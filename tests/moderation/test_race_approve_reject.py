"""Two moderators decide at the same moment: one wins, the other is told by whom, and the log has one Decision."""

import pytest

from blog.models import Post, User
from comments.models import Comment
from moderation.actors import person
from moderation.decisions import Conflict, decide
from moderation.models import Decision
from tests import cast
from tests.together import in_step

ROUNDS = 100


@pytest.mark.django_db(transaction=True)
def test_of_approve_and_reject_at_once_one_wins_and_the_other_learns_who(
    post: Post, moderator: User, editor: User
) -> None:
    waiting = [cast.comment(post, Comment.Status.PENDING) for _ in range(ROUNDS)]

    def approve(pk: int) -> Decision:
        return decide(pk, "approve", seen=1, actor=person(moderator))

    def reject(pk: int) -> Decision:
        return decide(pk, "reject", seen=1, actor=person(editor), reason="off_topic")

    outcomes = zip(waiting, *in_step([(comment.pk,) for comment in waiting], approve, reject), strict=True)
    for comment, *both in outcomes:
        (won,) = [outcome for outcome in both if isinstance(outcome, Decision)]
        (lost,) = [outcome for outcome in both if isinstance(outcome, Conflict)]
        assert lost.latest == won
        assert str(lost) == f"{won.get_action_display()} by {won.actor_name} since you opened it."
        assert list(Decision.objects.filter(comment=comment)) == [won]
        comment.refresh_from_db()
        assert (comment.status, comment.version) == (won.to_status, 2)
    post.refresh_from_db()
    assert post.published_comments == Comment.objects.published().filter(post=post).count()
