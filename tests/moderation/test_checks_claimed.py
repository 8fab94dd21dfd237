"""A check is asked of one moderator at a time; of two answers one wins, and the other is told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post, User
from moderation import checks
from moderation.actors import person
from moderation.decisions import Conflict, decide
from moderation.models import Check, Decision
from tests.moderation.automatic import always, drawn
from tests.moderation.desk import html
from tests.together import in_step, together

NOW = timezone.now()
ROUNDS = 15


@pytest.fixture(autouse=True)
def every_one_is_drawn(settings) -> None:
    always(settings)


@pytest.mark.django_db
def test_two_moderators_are_asked_different_ones(post: Post, moderator: User, editor: User) -> None:
    first, second = drawn(post), drawn(post)
    assert checks.next_for(moderator, NOW) == first
    assert checks.next_for(editor, NOW) == second
    assert checks.next_for(moderator, NOW) == first, "asking again gives the one that is theirs"


@pytest.mark.django_db
def test_a_claim_ends_by_time(post: Post, moderator: User, editor: User) -> None:
    only = drawn(post)
    checks.next_for(moderator, NOW)
    assert checks.next_for(editor, NOW + timedelta(seconds=119)) is None
    assert checks.next_for(editor, NOW + timedelta(seconds=120)) == only


@pytest.mark.django_db
def test_who_comes_second_is_told_by_whom_and_not_counted(
    as_editor: Client, moderator: User, post: Post, editor: User
) -> None:
    check = drawn(post)
    checks.answer(check.pk, moderator, "publish", NOW)
    late = as_editor.post("/moderation/checks/", {"check": check.pk, "answer": "refuse"})
    assert late.status_code == 409
    assert "Moderator has answered this one already; your answer was not counted." in html(late)
    assert Check.objects.get().answer == "publish"


@pytest.mark.django_db
def test_who_answers_what_was_decided_meanwhile_is_told(as_editor: Client, moderator: User, post: Post) -> None:
    check = drawn(post)
    decide(check.comment_id, "spam", seen=2, actor=person(moderator))
    late = as_editor.post("/moderation/checks/", {"check": check.pk, "answer": "refuse"})
    assert late.status_code == 409
    assert "has changed meanwhile" in html(late)
    assert Check.objects.get().answer == ""


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_written(post: Post, moderator: User, editor: User) -> None:
    rounds = [(drawn(post).pk,) for _ in range(ROUNDS)]
    both = in_step(
        rounds,
        lambda pk: checks.answer(pk, moderator, "publish", NOW),
        lambda pk: checks.answer(pk, editor, "refuse", NOW),
    )
    for pair in zip(*both, strict=True):
        assert sorted(type(outcome).__name__ for outcome in pair) == ["Check", "Settled"]


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_different_ones(post: Post, moderator: User, editor: User) -> None:
    for _ in range(6):
        drawn(post)
    found = together(lambda: checks.next_for(moderator, NOW), lambda: checks.next_for(editor, NOW))
    assert len({check.pk for check in found}) == 2


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_decision_at_once_end_in_one_of_both_and_in_no_deadlock(
    post: Post, moderator: User, editor: User
) -> None:
    made = [drawn(post) for _ in range(ROUNDS)]
    rounds = [(check,) for check in made]
    answers, decisions = in_step(
        rounds,
        lambda check: checks.answer(check.pk, moderator, "refuse", NOW),
        lambda check: decide(check.comment_id, "spam", seen=2, actor=person(editor)),
    )
    for check, answer, decision in zip(made, answers, decisions, strict=True):
        assert isinstance(decision, Decision) and not isinstance(decision, Conflict)
        assert isinstance(answer, Check | checks.Settled)
        check.refresh_from_db()
        assert bool(check.answer) != bool(check.void)
        assert bool(check.answer) == isinstance(answer, Check)
