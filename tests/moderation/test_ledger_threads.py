"""Many decide at the same moment, beside a batch: one unbroken chain, and nobody waits for ever."""

import pytest

from blog.models import Post, User
from comments.models import Comment
from moderation import batches
from moderation.actors import person, system
from moderation.decisions import decide
from moderation.models import Batch, Decision
from moderation.verification import verify
from tests import cast
from tests.moderation.orders import NOW, everything, flood, refusals
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_at_once_write_one_chain(author: User, moderator: User) -> None:
    posts = [cast.post(author) for _ in range(2)]
    shares = [flood(posts[at % 2], 12) for at in range(8)]

    def decided(share: list[Comment]) -> None:
        for comment in share:
            decide(comment.pk, "approve", seen=1, actor=person(moderator), note="n")

    assert together(*(lambda share=share: decided(share) for share in shares)) == [None] * 8
    assert list(Decision.objects.order_by("pk").values_list("pk", flat=True)) == list(range(1, 97))
    assert (verify().read, verify().fault) == (96, None)
    for post in posts:
        post.refresh_from_db()
        assert post.published_comments == 48


def test_who_decides_from_the_far_end_while_a_batch_comes_from_the_near_one(
    author: User, moderator: User, editor: User
) -> None:
    posts = [cast.post(author) for _ in range(3)]
    comments = [comment for at in range(40) for comment in flood(posts[at % 3], 1)]
    order = everything(moderator, "approve")

    def batch() -> Batch:
        return batches.run(order.pk, now=NOW, seconds=60, size=15)

    def singly(actor, step: int) -> int:
        done = 0
        for comment in comments[::step]:
            try:
                decide(comment.pk, "approve", seen=1, actor=actor)
            except Exception as error:
                assert type(error).__name__ in ("Conflict", "Impossible"), error
            else:
                done += 1
        return done

    after, by_editor, by_system = together(
        batch, lambda: singly(person(editor), -1), lambda: singly(system("policy-1"), -3)
    )
    assert isinstance(after, Batch), after
    assert after.state == Batch.State.FINISHED
    assert after.done + by_editor + by_system == 40
    assert len(refusals(after)) == after.refused == by_editor + by_system
    assert not Comment.objects.exclude(status="published", version=2).exists()
    assert Decision.objects.count() == 40
    assert verify().fault is None


def test_a_comment_can_be_posted_while_a_batch_runs(post: Post, moderator: User) -> None:
    flood(post, 200)
    order = everything(moderator)

    def writes() -> int:
        return [cast.comment(post, "pending").pk for _ in range(3)][-1]

    after, last = together(lambda: batches.run(order.pk, now=NOW, seconds=60, size=40), writes)
    assert (after.state, after.done) == (Batch.State.FINISHED, 200)
    assert isinstance(last, int), last
    assert Comment.objects.filter(status="pending").count() == 3, "what came after the order is left alone"
