"""What a submission and a decision ask of the database is a few statements, however much there is."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import Post, User
from comments.models import Comment
from moderation import decisions
from moderation.actors import person
from tests import cast
from tests.comments.sending import send

FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
TEXTS = [
    f"What {one} says about hinges is true of every {other} that I ever had, and my neighbours tell the same story."
    for one in ("Ada", "Bea", "Cleo")
    for other in ("gate", "door", "shutter", "cellar")
]


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return sum(not query["sql"].startswith(FRAME) for query in asked)


def submitted(post: Post, number: int) -> int:
    return statements(lambda: send(Client(), post, body=TEXTS[number], name=f"Reader {number}"))


def test_a_submission_with_its_screening_takes_the_same_few(post: Post) -> None:
    submitted(post, 0)  # what a process and a database do once: the key of the period, the model
    few = submitted(post, 1)
    for number in range(2, 8):
        submitted(post, number)
    for _ in range(40):
        cast.comment(post)
    many = submitted(post, 8)
    assert Comment.objects.filter(status="pending").count() == 9
    # Among comments that resemble it, it is weighed against them and may join their card.
    assert few <= 46
    assert many <= few + 3


def test_a_decision_and_its_undo_take_the_same_few(post: Post, moderator: User) -> None:
    costs = []
    for number in range(3):
        submitted(post, number)
        comment, made = Comment.objects.latest("pk"), []
        decide = statements(
            lambda comment=comment, made=made: made.append(
                decisions.decide(comment.pk, "approve", seen=comment.version, actor=person(moderator))
            )
        )
        undo = statements(
            lambda made=made: decisions.undo(made[0].pk, seen=made[0].to_version, actor=person(moderator))
        )
        costs.append((decide, undo))
    assert costs[1] == costs[2]
    assert costs[2][0] <= 17
    assert costs[2][1] <= 24


@pytest.mark.parametrize("others", [0, 60])
def test_who_is_unknown_costs_no_more_where_many_are_held(post: Post, others: int) -> None:
    for _ in range(others):
        cast.comment(post, "pending")
    submitted(post, 0)
    assert submitted(post, 1) <= 46
