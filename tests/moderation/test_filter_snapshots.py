"""What a web worker judges by: read once, anew when another is published, never by a guess; and `verify_filter`."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Post, User
from moderation import checkpoints, installed_filter, learning, snapshots
from moderation.classifier.learner import Learner
from moderation.models import LearnerHead, Lesson, Snapshot
from tests.moderation.asking import act, undo
from tests.moderation.histories import rolled_back
from tests.moderation.orders import flood
from tests.moderation.taught import NOW, features_of, learned, never, screened, seen, shown, taught

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "_kept", None)


def spam(post: Post, moderator: User, body: str = "buy watches"):
    comment = screened(post, body)
    act(comment, "spam", moderator)
    return comment


def test_on_the_first_day_it_is_the_prior_alone() -> None:
    number, learner = snapshots.current()
    assert number == 0
    assert learner.to_bytes() == never()


def test_one_query_asks_whether_it_moved_and_one_more_reads_it(post: Post, moderator: User) -> None:
    first = spam(post, moderator)
    learned()
    for most in (2, 1, 1):
        with CaptureQueriesContext(connection) as asked:
            number, learner = snapshots.current()
        assert len(asked) == most
    assert (number, learner.to_bytes()) == (1, taught((first, True)))
    assert snapshots.current()[1] is learner
    spam(post, moderator, "more watches")
    assert snapshots.current()[1] is learner
    learned()
    with CaptureQueriesContext(connection) as asked:
        number, newer = snapshots.current()
    assert (len(asked), number) == (2, 2)
    assert newer.score(seen("more watches")) > learner.score(seen("more watches"))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"state": b"nonsense"}, snapshots.DamagedSnapshot),
        ({"digest": "0" * 64}, snapshots.DamagedSnapshot),
        ({"prior_digest": "another"}, snapshots.OutdatedSnapshot),
        ({"features_version": 0}, snapshots.OutdatedSnapshot),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_guessed(post: Post, moderator: User, changes, error) -> None:
    spam(post, moderator)
    state = learned()
    Snapshot.objects.update(**changes)
    for _ in range(2):
        with pytest.raises(error) as raised:
            snapshots.current()
        assert isinstance(raised.value, snapshots.UnusableSnapshot)
    learning.start_over()
    assert learned() == state
    assert snapshots.current()[1].to_bytes() == state


def test_bytes_with_a_true_digest_that_are_no_model_are_said_too(post: Post, moderator: User) -> None:
    spam(post, moderator)
    learned()
    Snapshot.objects.update(state=b"x", digest="2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881")
    with pytest.raises(snapshots.DamagedSnapshot):
        snapshots.current()


def test_the_learner_does_not_build_upon_what_is_damaged(post: Post, moderator: User, monkeypatch) -> None:
    monkeypatch.setattr(learning.log, "exception", lambda *args: None)
    first = spam(post, moderator)
    learned()
    Snapshot.objects.update(state=b"nonsense")
    second = spam(post, moderator, "more watches")
    learning.learn(NOW)
    assert learned() == taught((first, True), (second, True))


def test_a_database_that_was_put_back_is_not_judged_by_what_came_after(post: Post, moderator: User) -> None:
    with rolled_back():
        spam(post, moderator, "what came after")
        later = learned()
        assert snapshots.current()[1].to_bytes() == later
    comment = spam(post, moderator)
    number, learner = (learned(), snapshots.current())[1]
    assert (number, learner.to_bytes()) == (1, taught((comment, True)))


def test_one_that_is_replaced_while_it_is_asked_for_is_asked_for_again(
    post: Post, moderator: User, monkeypatch
) -> None:
    spam(post, moderator)
    learned()
    published, calls = snapshots._published, []

    def late() -> tuple[int, str]:
        calls.append(1)
        return (99, "gone") if len(calls) < 3 else published()

    monkeypatch.setattr(snapshots, "_published", late)
    assert snapshots.current()[0] == 1
    monkeypatch.setattr(snapshots, "_published", lambda: (99, "gone"))
    with pytest.raises(snapshots.DamagedSnapshot):
        snapshots.current()


def test_while_it_folds_again_the_site_judges_by_what_it_had(post: Post, moderator: User, monkeypatch, capsys) -> None:
    monkeypatch.setattr(learning, "STEP", 2)
    comments = flood(post, 7)
    for comment in comments:
        act(comment, "spam", moderator)
    before = learned()
    undo(comments[0], moderator)
    learning.learn(NOW, seconds=-1)
    assert (shown(), LearnerHead.objects.get().last) == (before, 5)
    call_command("verify_filter")
    assert "5 lessons not applied yet" in capsys.readouterr().out
    assert learned() == taught(*((comment, True) for comment in comments[1:]))


def test_a_new_prior_is_folded_upon_from_the_first_lesson(post: Post, moderator: User, monkeypatch) -> None:
    comment = spam(post, moderator)
    learned()
    weights = installed_filter.prior().weights[:]
    weights[7] = 1.5
    other = replace(installed_filter.prior(), weights=weights)
    monkeypatch.setattr(installed_filter, "prior", lambda: other)
    with pytest.raises(snapshots.OutdatedSnapshot):
        snapshots.current()
    with pytest.raises(CommandError, match="has not folded"):
        call_command("verify_filter")
    learner = Learner(other)
    learner.learn(features_of(comment), True)
    assert learned() == learner.to_bytes()
    assert snapshots.current()[1].to_bytes() == learner.to_bytes()
    assert Snapshot.objects.count() == 1


def test_verify_says_that_all_is_as_it_should_be_and_what_waits(
    post: Post, moderator: User, editor: User, capsys
) -> None:
    call_command("verify_filter")
    assert capsys.readouterr().out == "0 lessons, and every snapshot is what they give.\n"
    first = spam(post, moderator)
    second = spam(post, moderator, "more watches")
    learned()
    undo(first, moderator)
    spam(post, moderator, "other watches")
    call_command("verify_filter")
    assert capsys.readouterr().out == ("2 lessons, and every snapshot is what they give.\n2 lessons not applied yet.\n")
    act(second, "erase", editor)
    with pytest.raises(CommandError, match="learn first"):
        call_command("verify_filter")
    learned()
    call_command("verify_filter")
    assert capsys.readouterr().out == "1 lessons, and every snapshot is what they give.\n"


def test_verify_names_the_first_difference(post: Post, moderator: User, monkeypatch) -> None:
    monkeypatch.setattr(learning, "STEP", 2)
    monkeypatch.setattr(checkpoints.mark_of, "__defaults__", (2,))
    monkeypatch.setattr(checkpoints, "EVERY", 2)
    comments = flood(post, 6)
    for comment in comments:
        act(comment, "spam", moderator)
    learned()
    numbers = list(Lesson.objects.order_by("pk").values_list("pk", flat=True))
    places = list(Snapshot.objects.order_by("place").values_list("place", flat=True))
    assert places == [numbers[3], numbers[5]]
    for changes, says in (
        ({"spam": False}, rf"after lesson {numbers[3]}, differs .* from byte \d+"),
        ({"live": False, "applied": False}, "has 4 lessons and not 3"),
        ({"features": b"\x01\xff"}, f"features of lesson {numbers[1]} are damaged"),
    ):
        before = Lesson.objects.values(*changes).get(pk=numbers[1])
        Lesson.objects.filter(pk=numbers[1]).update(**changes)
        with pytest.raises(CommandError, match=says):
            call_command("verify_filter")
        Lesson.objects.filter(pk=numbers[1]).update(**before)
    call_command("verify_filter")
    newest = Snapshot.objects.get(place=numbers[5])
    Snapshot.objects.filter(pk=newest.pk).update(state=bytes(newest.state)[:-1] + b"\x00")
    with pytest.raises(CommandError, match=f"snapshot {newest.number}.*is not what was written"):
        call_command("verify_filter")
    Snapshot.objects.filter(pk=newest.pk).update(state=newest.state)
    LearnerHead.objects.update(published=None)
    with pytest.raises(CommandError, match="judges by no snapshot"):
        call_command("verify_filter")


def test_who_warms_up_asks_only_whether_it_moved(post: Post) -> None:
    snapshots.warm_up()
    with CaptureQueriesContext(connection) as asked:
        snapshots.current()
    assert len(asked) == 1


def test_a_site_starts_whatever_its_model_is(
    post: Post, moderator: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(snapshots, "_published", lambda: (7, "of a snapshot that is not there"))
    snapshots.warm_up()
    assert "The filter's model cannot be loaded." in caplog.text
