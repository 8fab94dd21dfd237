"""Decisions from before there was a filter become the lessons that they would have been."""

import pytest
from django.core.management import call_command

from blog.models import Post, User
from moderation import checks, decisions, learning, past_lessons
from moderation.models import Lesson, Snapshot
from tests import cast
from tests.moderation.asking import act, undo
from tests.moderation.automatic import always, drawn
from tests.moderation.orders import flood
from tests.moderation.taught import NOW, learned, live, shown

pytestmark = pytest.mark.django_db
COLUMNS = ("comment", "revision", "spam", "live", "turned_by", "decision", "blind_check")


def rows() -> list[tuple]:
    return list(Lesson.objects.order_by("comment", "pk").values_list(*COLUMNS))


def decided(post: Post, moderator: User, settings) -> list:
    always(settings)
    comments = flood(post, 5)
    act(comments[0], "approve", moderator)
    act(comments[1], "approve", moderator)
    act(comments[1], "spam", moderator)
    act(comments[2], "spam", moderator)
    undo(comments[2], moderator)
    act(comments[3], "spam", moderator)
    undo(comments[3], moderator)
    undo(comments[3], moderator)
    check = drawn(post)
    checks.answer(check.pk, moderator, "refuse", NOW)
    return comments


def test_they_are_the_lessons_that_they_would_have_been(post: Post, moderator: User, settings) -> None:
    comments = decided(post, moderator, settings)
    then, said = rows(), dict(live())
    Lesson.objects.all().delete()
    call_command("learn", history=True)
    assert rows() == then
    assert set(Lesson.objects.values_list("source", "archive")) == {("archive", "past decisions")}
    assert dict(live()) == said
    state = shown()
    call_command("learn", history=True)
    assert rows() == then
    assert shown() == state
    undo(comments[3], moderator)
    assert comments[3].pk not in dict(live())


def test_what_has_lessons_already_and_what_is_erased_stays_as_it_is(
    post: Post, moderator: User, editor: User, settings
) -> None:
    settings.SPAM_RETENTION_DAYS = 0
    one, two, gone = flood(post, 3)
    for comment in (one, two, gone):
        act(comment, "spam", moderator)
    act(gone, "erase", editor)
    Lesson.objects.filter(comment__in=[two, gone]).delete()
    assert past_lessons.collect() == 1
    assert sorted(comment for comment, _ in live()) == [one.pk, two.pk]


def test_all_chunks_are_gone_through(post: Post, moderator: User, monkeypatch) -> None:
    monkeypatch.setattr(past_lessons, "CHUNK", 2)
    for comment in (comments := flood(post, 5)):
        act(comment, "hold" if comment.status == "published" else "approve", moderator)
    Lesson.objects.all().delete()
    assert past_lessons.collect() == 5
    assert sorted(comment for comment, _ in live()) == [comment.pk for comment in comments]


def test_ham_of_the_past_is_learned_only_beside_spam(post: Post, moderator: User) -> None:
    comments = flood(post, 6)
    for comment in comments[:5]:
        act(comment, "approve", moderator)
    act(comments[5], "spam", moderator)
    Lesson.objects.all().delete()
    call_command("learn", history=True)
    snapshot = Snapshot.objects.latest("number")
    assert snapshot.lessons == 2, "the spam, and one of the five that were published"
    assert Lesson.objects.filter(spam=False).count() == 5


def test_forgotten_past_can_be_learned_again_and_what_was_erased_cannot(post: Post, moderator: User) -> None:
    for comment in (comments := flood(post, 3)):
        act(comment, "approve", moderator)
    Lesson.objects.all().delete()
    assert past_lessons.collect() == 3
    call_command("learn_archive", forget="past decisions")
    assert past_lessons.collect() == 3
    assert sorted(comment for comment, _ in live()) == [comment.pk for comment in comments]


def test_no_more_of_the_past_is_looked_at_than_is_ever_learned(post: Post, moderator: User, monkeypatch) -> None:
    monkeypatch.setattr(past_lessons, "CHUNK", 1)
    monkeypatch.setattr(past_lessons, "MOST_ARCHIVED", 2)
    for at, comment in enumerate(flood(post, 8)):
        act(comment, "spam" if at == 0 else "approve", moderator)
    Lesson.objects.all().delete()
    assert past_lessons.collect() == 3
    assert sorted(Lesson.objects.values_list("spam", flat=True)) == [False, False, True]


def test_learning_from_nothing_gives_the_same_and_needs_no_text(post: Post, moderator: User, capsys) -> None:
    comment = cast.comment(post, "pending")
    act(comment, "spam", moderator)
    before = learned()
    comment.revisions.update(body="")
    type(comment).objects.filter(pk=comment.pk).update(body="")
    call_command("learn", from_nothing=True)
    assert "Learned 1 lessons." in capsys.readouterr().out
    assert shown() == before
    assert Snapshot.objects.get().number == 3, "the one at work in between would have been the second"
    assert learning.learn(NOW) == 0
    assert decisions.latest_decision(comment).action == "spam"
