"""A batch that is broken off, anywhere and by anything, goes on where it was: nothing twice, nothing left out."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from blog.models import Post, User
from comments.models import Comment
from moderation import batches, pacing, tallies
from moderation.actors import person
from moderation.models import Batch, Decision
from moderation.verification import verify
from tests.moderation.desk import status_of
from tests.moderation.orders import NOW, decided, done, everything, flood, refusals
from tests.together import together

RUN = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.core.management import call_command
from moderation import batches
batches.CHUNK_SECONDS = 0.001  # so that there are many
call_command("run_batches")
"""


@pytest.mark.django_db
def test_what_breaks_in_the_middle_of_a_chunk_leaves_no_part_of_it(
    post: Post, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    comments = flood(post, 10)
    order, real = everything(moderator), tallies.count
    batches.run_chunk(order.pk, NOW, 4)

    def breaking(made: list[Decision]) -> None:
        real(made)
        if comments[6] in [decision.comment for decision in made]:
            raise RuntimeError("broken off")

    with monkeypatch.context() as patch:
        patch.setattr(tallies, "count", breaking)
        with pytest.raises(RuntimeError):
            batches.run_chunk(order.pk, NOW, 4)
        order.refresh_from_db()
        assert (order.done, order.cursor) == (4, comments[3].pk)
        assert [status_of(comment) for comment in comments[4:]] == ["pending"] * 6
        assert batches.continue_all(NOW, 5) == 0, "a batch that breaks is logged, and the worker lives"
    assert decided(done(order)) == [comment.pk for comment in comments]
    assert verify().fault is None


@pytest.mark.django_db(transaction=True)
def test_killed_by_the_system_it_goes_on_and_decides_about_each_once(post: Post, moderator: User) -> None:
    comments = flood(post, 900)
    order = everything(moderator)
    for least in (100, 300):
        _killed_after(least)
        order.refresh_from_db()
        assert order.is_running
        assert order.done == Decision.objects.filter(batch=order.pk).count() < 900
        rejected = Comment.objects.filter(status="rejected").order_by("pk").values_list("pk", flat=True)
        assert decided(order) == list(rejected) == [comment.pk for comment in comments[: order.done]]
    call_command("run_batches")
    order.refresh_from_db()
    assert (order.state, order.done, order.refused) == ("finished", 900, 0)
    assert decided(order) == [comment.pk for comment in comments]
    assert not Comment.objects.exclude(version=2).exists()
    assert verify().fault is None


def _killed_after(least: int) -> None:
    """Run the command in a process of its own, and kill it when so many decisions have been made."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    process = subprocess.Popen([sys.executable, "-c", RUN, name], env=environment)
    until = time.monotonic() + 60
    while Decision.objects.count() < least and time.monotonic() < until:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "it had ended before it was killed"


@pytest.mark.django_db(transaction=True)
def test_two_runners_of_one_batch_share_it_and_do_nothing_twice(post: Post, moderator: User) -> None:
    comments = flood(post, 120)
    order = everything(moderator)

    def work() -> None:
        for _ in range(200):
            after = batches.run_chunk(order.pk, NOW, 7)
            if after and not after.is_running:
                return

    assert together(work, work) == [None, None]
    order = done(order)
    assert (order.done, order.refused) == (120, 0)
    assert decided(order) == [comment.pk for comment in comments]
    assert verify().fault is None


@pytest.mark.django_db(transaction=True)
def test_two_batches_about_the_same_comments_decide_about_each_once(post: Post, moderator: User, editor: User) -> None:
    comments = flood(post, 60)
    orders = [everything(moderator, "spam"), everything(editor)]
    results = together(*(lambda order=order: done(order, 7) for order in orders))
    assert [type(result) for result in results] == [Batch, Batch], results
    assert [order.done + order.refused for order in results] == [60, 60]
    assert results[0].done + results[1].done == 60
    assert Decision.objects.count() == 60
    for one, other in (results, results[::-1]):
        assert sorted(refusals(one)) == decided(other)
    assert {comment.pk for comment in comments} == {*decided(results[0]), *decided(results[1])}


@pytest.mark.django_db
def test_stopped_it_rests_and_goes_on_where_it_was(post: Post, moderator: User) -> None:
    comments = flood(post, 5)
    order = everything(moderator)
    batches.run_chunk(order.pk, NOW, 2)
    assert batches.stop(order.pk)
    assert not batches.stop(order.pk)
    assert batches.run_chunk(order.pk, NOW) is None
    assert batches.continue_all(NOW, 5) == 0
    assert batches.resume(order.pk)
    assert batches.continue_all(NOW, 5) == 3
    assert decided(order) == [comment.pk for comment in comments]


@pytest.mark.django_db
def test_the_worker_takes_all_running_batches_in_turn(
    post: Post, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    flood(post, 3, "spam")
    flood(post, 3)
    monkeypatch.setattr(batches, "CHUNK_SECONDS", 3600)
    first, later = everything(moderator), NOW + timedelta(seconds=1)
    second = everything(moderator, "approve", chosen={"tab": "spam"}, now=later)
    assert batches.continue_all(later, 60, size=2) == 6
    keys = list(Decision.objects.order_by("pk").values_list("batch", flat=True))
    assert keys == [first.pk, first.pk, second.pk, second.pk, first.pk, second.pk]


@pytest.mark.django_db
def test_a_chunk_that_takes_too_long_ends_early_and_the_next_goes_on_behind_it(post: Post, moderator: User) -> None:
    comments = flood(post, 4)
    order = everything(moderator)
    for expected in (1, 2, 3, 4):
        after = batches.run_chunk(order.pk, NOW, 100, seconds=0)
        assert (after.done, after.is_running) == (expected, expected < 4)
    back = batches.start_undo(order.pk, actor=person(moderator), now=NOW)
    for expected in (1, 2, 3, 4):
        assert batches.run_chunk(back.pk, NOW, 100, seconds=0).done == expected
    assert decided(back) == decided(order) == [comment.pk for comment in comments]


@pytest.mark.django_db
def test_comments_that_take_longer_than_the_first_ones_make_no_chunk_long(
    post: Post, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    flood(post, 700)
    order, real, clock, done_at_once = everything(moderator), batches.decisions.do_each, [0.0], []

    def slower(acts: list, **given: object) -> list:
        done_at_once.append(len(acts))
        clock[0] += len(acts) * (0.0001 if len(done_at_once) == 1 else 0.1)
        return real(acts, **given)

    monkeypatch.setattr(batches.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(batches.decisions, "do_each", slower)
    after = batches.run_chunk(order.pk, NOW, 1000, 0.5)
    assert done_at_once == [pacing.FIRST, 2 * pacing.FIRST]
    assert after.handled == 3 * pacing.FIRST
