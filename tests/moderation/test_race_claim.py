"""Of many who open one comment at once, one holds the claim; deciding meanwhile disturbs nobody."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Post
from comments.models import Comment
from moderation import claims, decisions
from moderation.actors import person
from moderation.models import Claim, Decision
from tests import cast
from tests.together import in_step, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_five_who_open_at_once_one_holds_it(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    people = [cast.person(f"moderator-{number}", "Moderators") for number in range(5)]
    comment, now = cast.comment(post, "pending"), timezone.now()
    for later in (now, now + timedelta(minutes=5)):  # a new claim, and one that ran out

        def opens(user, later=later):
            claims.open_for(user, comment.pk, later)
            return claims.of_others(user, [comment.pk], later).get(comment.pk)

        told = together(*[lambda user=user: opens(user) for user in people])
        assert len(told) == 5
        holder = Claim.objects.get()
        assert holder.until == later + claims.LASTS
        assert {told[at] for at, user in enumerate(people) if user != holder.user} == {str(holder.user)}
        assert told[people.index(holder.user)] is None
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_opening_while_a_colleague_decides_breaks_neither(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    one, other = (cast.person(name, "Moderators") for name in ("one", "other"))
    waiting = [cast.comment(post, "pending") for _ in range(30)]

    def decide(pk: int) -> Decision:
        return decisions.decide(pk, "approve", seen=1, actor=person(one))

    def opens(pk: int) -> None:
        for _ in range(3):
            claims.open_for(other, pk, timezone.now())

    decided, opened = in_step([(comment.pk,) for comment in waiting], decide, opens)
    assert all(isinstance(outcome, Decision) for outcome in decided)
    assert opened == [None] * len(waiting)
    assert not Comment.objects.filter(status="pending").exists()
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
