"""Eight people decide while learners run, and one is killed: no lesson is lost, and none is learned twice."""

import os
import signal
import subprocess
import sys
import time
from itertools import count

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from blog.models import Post, User
from comments.models import Comment
from moderation import checks, learning
from moderation.actors import person
from moderation.decisions import DecisionError, decide, latest_decision, undo
from moderation.models import LearnerHead, Lesson, Snapshot
from tests.moderation.automatic import always, drawn
from tests.moderation.orders import flood
from tests.moderation.taught import NOW, afresh, learned, live, settled, shown
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 8, 12
RUN = """
import sys, time, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from moderation import learning
from moderation.classifier.learner import Learner
quick, learning.STEP = Learner.learn, 20
def slow(*args):
    time.sleep(0.002)
    quick(*args)
Learner.learn = slow
from django.core.management import call_command
call_command("learn")
"""


def test_eight_writers_beside_two_learners_lose_nothing(post: Post, moderator: User) -> None:
    comments = flood(post, WRITERS * EACH)
    writing = set(range(WRITERS))

    def writer(number: int):
        def act() -> None:
            try:
                for comment in comments[number::WRITERS]:
                    decide(comment.pk, "spam", seen=1, actor=person(moderator), now=NOW)
                    if comment.pk % 3 == 0:
                        undo(latest_decision(comment).pk, seen=2, actor=person(moderator), now=NOW)
                    if comment.pk % 6 == 0:
                        decide(comment.pk, "approve", seen=3, actor=person(moderator), now=NOW)
            finally:
                writing.discard(number)

        return act

    def learner() -> int:
        rounds = 0
        while writing:
            learning.learn(NOW)
            rounds += 1
        return rounds

    results = together(*(writer(number) for number in range(WRITERS)), learner, learner)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert max(results[WRITERS:]) > 1
    expected = {
        pk: "ham" if pk % 6 == 0 else "spam" for pk in (comment.pk for comment in comments) if pk % 3 or not pk % 6
    }
    assert dict(live()) == expected
    assert len(live()) == len(expected)
    assert learned() == afresh()
    assert settled()


def test_two_who_judge_one_text_at_once_leave_one_lesson(post: Post, moderator: User, editor: User, settings) -> None:
    always(settings)
    said = []
    for _ in range(12):
        check = drawn(post)
        version = Comment.objects.values_list("version", flat=True).get(pk=check.comment_id)
        results = together(
            lambda check=check: checks.answer(check.pk, moderator, "publish", NOW),
            lambda check=check, version=version: decide(
                check.comment_id, "spam", seen=version, actor=person(editor), now=NOW
            ),
        )
        assert not isinstance(results[1], Exception)
        assert isinstance(results[0], checks.Settled) or results[0].answer == "publish"
        said.append([word for comment, word in live() if comment == check.comment_id])
    assert said == [["spam"]] * 12, "whoever decided knew more than whoever answered blind before"


def test_an_answer_locks_the_comment_before_the_check_as_a_decision_does(post: Post, moderator: User, settings) -> None:
    """Whoever writes lessons of a comment holds it, also where no check is in the way, as for lessons of the past."""
    always(settings)
    check = drawn(post)
    with CaptureQueriesContext(connection) as asked:
        checks.answer(check.pk, moderator, "publish", NOW)
    said = [query["sql"] for query in asked]
    locked = next(at for at, sql in enumerate(said) if 'FROM "comments_comment"' in sql)
    assert locked < next(at for at, sql in enumerate(said) if sql.startswith('UPDATE "moderation_check"'))
    assert connection.vendor != "postgresql" or said[locked].endswith('FOR UPDATE OF "comments_comment"')


def test_a_learner_that_comes_second_writes_nothing(post: Post, moderator: User, monkeypatch) -> None:
    for comment in flood(post, 3):
        decide(comment.pk, "spam", seen=1, actor=person(moderator), now=NOW)
    take, faster = learning.Fold.take, count()

    def overtaken(self, row) -> None:
        if next(faster) == 0:
            learning.learn(NOW)
        take(self, row)

    monkeypatch.setattr(learning.Fold, "take", overtaken)
    assert learning.learn(NOW) == 0
    assert (LearnerHead.objects.get().last, Snapshot.objects.get().lessons) == (1, 3)
    assert shown() == afresh()


def test_the_learner_waits_for_no_decision_and_comes_again(post: Post, moderator: User, monkeypatch) -> None:
    """A decision holds a lesson that it turns, and other locks, until its transaction ends."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: nothing is held while another one writes")
    monkeypatch.setattr(learning, "TRIES", 2)
    comment = flood(post, 1)[0]
    made = decide(comment.pk, "spam", seen=1, actor=person(moderator), now=NOW)
    with transaction.atomic():
        undo(made.pk, seen=2, actor=person(moderator), now=NOW)
        assert together(lambda: learning.learn(NOW)) == [0]
        assert not Snapshot.objects.exists()
    assert learned() == afresh()
    assert settled()


def test_killed_by_the_system_it_goes_on_where_it_was(post: Post, moderator: User) -> None:
    comments = flood(post, 300)
    for comment in comments:
        decide(comment.pk, "spam", seen=1, actor=person(moderator), now=NOW)
    for least in (40, 140):
        _killed_after(least)
        place = Snapshot.objects.order_by("-number").first().place
        assert Lesson.objects.filter(pk__lte=place).count() < 300
        assert not Lesson.objects.changed().filter(pk__lte=place).exists()
        assert not Lesson.objects.filter(pk__gt=place, applied=True).exists()
    undo(latest_decision(comments[7]).pk, seen=2, actor=person(moderator), now=NOW)
    call_command("learn")
    assert shown() == afresh()
    assert settled()
    assert Snapshot.objects.order_by("-number").first().lessons == 299


def _killed_after(least: int) -> None:
    """Run the command in a process of its own, and kill it when so many lessons were applied."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    process = subprocess.Popen([sys.executable, "-c", RUN, name], env=environment)
    until = time.monotonic() + 60
    while Lesson.objects.filter(applied=True).count() < least and time.monotonic() < until:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "it had ended before it was killed"


def test_refusals_between_two_people_teach_nothing(post: Post, moderator: User, editor: User) -> None:
    comment = flood(post, 1)[0]
    results = together(
        lambda: decide(comment.pk, "spam", seen=1, actor=person(moderator), now=NOW),
        lambda: decide(comment.pk, "approve", seen=1, actor=person(editor), now=NOW),
    )
    assert sum(isinstance(result, DecisionError) for result in results) == 1
    assert len(live()) == Lesson.objects.count() == 1
