"""Eight people decide at random and at once: the count is right, every log is whole, and no writer is turned away."""

from itertools import pairwise
from random import Random

import pytest

from blog.models import User
from comments.models import Comment
from moderation.actors import person
from moderation.decisions import Conflict, Impossible, NothingToUndo, decide, latest_decision, undo
from moderation.models import Decision
from moderation.transitions import possible
from tests import cast
from tests.together import together

PEOPLE, ACTS = 8, 30


@pytest.mark.django_db(transaction=True)
def test_the_counts_equal_a_recount_after_eight_people_at_once(author: User, moderator: User) -> None:
    posts = [cast.post(author), cast.post(author)]
    comments = [cast.comment(post, status) for post in posts for status in ("pending", "published", "spam") * 2]
    done = together(*(person_at_random(moderator, comments, seed) for seed in range(PEOPLE)))
    assert [outcome for outcome in done if isinstance(outcome, Exception)] == []
    for post in posts:
        post.refresh_from_db()
        assert post.published_comments == Comment.objects.published().filter(post=post).count()
    assert Decision.objects.count() == sum(done) > PEOPLE
    for comment in Comment.objects.all():
        versions = list(comment.decisions.order_by("pk").values_list("from_version", "to_version"))
        assert versions == [(version, version + 1) for version in range(1, comment.version)]
        chain = comment.decisions.order_by("pk").values_list("before", "after")
        assert all(earlier[1] == later[0] for earlier, later in pairwise(chain))


def person_at_random(user: User, comments: list[Comment], seed: int):
    """Somebody who looks at a comment, does something possible to it, and counts what was done."""
    chance, actor = Random(seed), person(User.objects.get(pk=user.pk))

    def act() -> int:
        done = 0
        for _ in range(ACTS):
            seen = Comment.objects.get(pk=chance.choice(comments).pk)
            latest = latest_decision(seen)
            acts = [action for action in possible(seen, "person") if action != "erase"]
            try:
                if latest and chance.random() < 0.3:
                    undo(latest.pk, seen=seen.version, actor=actor)
                else:
                    decide(seen.pk, chance.choice(acts), seen=seen.version, actor=actor, reason="spam")
                done += 1
            except (Conflict, Impossible, NothingToUndo):
                continue
        return done

    return act
