"""The model is what the lessons say, byte for byte: learned in steps or in one go, undone, brought back, forgotten."""

from datetime import timedelta
from random import Random

import pytest

from blog.models import Post, User
from comments import submission
from comments.models import Comment
from moderation import checkpoints, checks, decisions, learning, snapshots
from moderation.actors import person, system
from moderation.models import Check, Lesson, Snapshot
from moderation.transitions import possible
from tests import cast
from tests.moderation.asking import act, undo
from tests.moderation.automatic import always
from tests.moderation.classified import traced
from tests.moderation.desk import reviewed
from tests.moderation.facts import evidence
from tests.moderation.histories import rolled_back
from tests.moderation.orders import flood
from tests.moderation.taught import NOW, afresh, learned, never, settled, shown, taught

pytestmark = pytest.mark.django_db
HISTORIES, ACTS = 16, 30


@pytest.fixture(autouse=True)
def nothing_is_screened(settings) -> None:
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"


def small_steps(monkeypatch: pytest.MonkeyPatch, lessons: int = 4) -> None:
    """As if there were a great many lessons: checkpoints every few, and no step longer."""
    monkeypatch.setattr(checkpoints.mark_of, "__defaults__", (lessons,))
    monkeypatch.setattr(checkpoints, "EVERY", lessons)
    monkeypatch.setattr(learning, "STEP", lessons)


def test_what_people_said_is_learned_in_its_order(post: Post, moderator: User) -> None:
    assert learned() == never()
    one, two = cast.comment(post, "pending", body="buy cheap watches"), cast.comment(post, "pending", body="cheap talk")
    act(two, "approve", moderator)
    act(one, "spam", moderator)
    assert learned() == taught((two, False), (one, True)) != never()
    assert settled()
    assert learning.learn(NOW) == 0


def test_learned_then_undone_is_never_learned(post: Post, moderator: User, monkeypatch) -> None:
    small_steps(monkeypatch)
    comments = flood(post, 11)
    for comment in comments:
        act(comment, "spam", moderator)
    before = learned()
    lone = cast.comment(post, "pending", body="nobody else wrote this")
    act(lone, "approve", moderator)
    after = learned()
    assert after != before
    undo(lone, moderator)
    assert learned() == before
    undo(lone, moderator)
    assert learned() == after
    undo(comments[2], moderator)
    without = learned()
    assert without == afresh() != after
    undo(comments[2], moderator)
    assert learned() == after
    for comment in (*comments, lone):
        undo(comment, moderator)
    assert learned() == never()


def test_any_history_gives_the_bytes_of_a_fold_from_nothing(
    post: Post, moderator: User, editor: User, settings, monkeypatch
) -> None:
    always(settings)
    small_steps(monkeypatch)
    different = set()
    for seed in range(HISTORIES):
        with rolled_back():
            chance, comments = Random(seed), flood(post, 6)
            for at in range(ACTS):
                anything(chance, comments, [person(moderator), person(editor)], NOW + timedelta(minutes=at))
                if chance.random() < 0.3:
                    learning.learn(NOW)
            assert learned() == afresh(), f"history {seed}"
            assert settled()
            different.add((shown(), Lesson.objects.filter(source="check").exists()))
    assert len({state for state, _ in different}) > HISTORIES / 2
    assert {checked for _, checked in different} == {True, False}


def anything(chance: Random, comments: list[Comment], people: list, now) -> None:
    """One act about one of the comments, by a person, by automation or by its author."""
    comment, actor = Comment.objects.get(pk=chance.choice(comments).pk), chance.choice(people)
    latest, kind = decisions.latest_decision(comment), chance.random()
    waiting = Check.objects.filter(comment=comment, answer="", void="").first()
    acts = [action for action in possible(comment, "person") if action != "erase" or chance.random() < 0.1]
    try:
        if waiting and kind < 0.7:
            checks.answer(waiting.pk, actor.user, chance.choice(Check.Answer.values), now)
        elif latest and kind < 0.35:
            decisions.undo(latest.pk, seen=comment.version, actor=actor, now=now)
        elif comment.version == 1 and kind < 0.7:
            review = reviewed(comment)
            decisions.decide(comment.pk, chance.choice(["approve", "spam"]), seen=1, actor=system("policy-2"),
                             review=review.pk, now=now)  # fmt: skip
        elif kind > 0.9 and comment.status in ("pending", "published"):
            words = f"Edited {chance.random()}"
            submission.edit(comment, words, words, comment.version, None, now)
        elif acts:
            reason = chance.choice(["spam", "off_topic", "harassment"])
            decisions.decide(comment.pk, chance.choice(acts), seen=comment.version, actor=actor, reason=reason, now=now)
    except decisions.DecisionError:
        return


def test_a_history_with_undone_acts_gives_the_bytes_of_the_one_without_them(
    post: Post, moderator: User, monkeypatch
) -> None:
    small_steps(monkeypatch)
    undone = 0
    for seed in range(HISTORIES):
        chance = Random(seed)
        acts = [
            (
                chance.randrange(6),
                chance.choice(["approve", "spam", "reject", "hold", "not_spam"]),
                chance.random() < 0.4,
            )
            for _ in range(ACTS)
        ]
        states = []
        for also_undone in (True, False):
            with rolled_back():
                comments = flood(post, 6)
                for which, action, is_undone in acts:
                    if is_undone and not also_undone:
                        continue
                    try:
                        act(comments[which], action, moderator, reason="spam")
                    except decisions.DecisionError:
                        continue
                    if chance.random() < 0.3:
                        learning.learn(NOW)
                    if is_undone:
                        undo(comments[which], moderator)
                        undone += 1
                states.append(learned())
        assert states[0] == states[1], f"history {seed}"
    assert undone > HISTORIES


def test_a_lesson_that_turns_up_late_is_learned_at_its_place(post: Post, moderator: User) -> None:
    early, *rest = flood(post, 5)
    act(early, "spam", moderator)
    late = Lesson.objects.get()
    Lesson.objects.all().delete()
    for comment in rest:
        act(comment, "approve", moderator)
    Lesson.objects.filter(pk__lte=late.pk).delete()
    learned()
    late.save(force_insert=True)  # as by a transaction that took its number early and ended late
    assert Lesson.objects.order_by("pk").first() == late
    assert learned() == afresh() == taught((early, True), *((comment, False) for comment in rest))


def test_erasing_on_request_leaves_the_bytes_of_never_having_met(post: Post, moderator: User, editor: User) -> None:
    kept, gone = (cast.comment(post, "pending", body=f"Words of {name}") for name in ("somebody", "nobody"))
    act(gone, "spam", moderator)
    act(kept, "spam", moderator)
    with_both = learned()
    act(gone, "erase", editor)
    assert shown() == with_both, "until the learner has folded again"
    assert learned() == taught((kept, True))
    assert not Snapshot.objects.filter(lessons__gt=1).exists(), "nothing else keeps what it taught"
    assert not Lesson.objects.filter(comment=gone, features__isnull=False).exists()


def test_what_only_an_erased_person_used_is_unknown_again(post: Post, moderator: User, editor: User) -> None:
    body = "Nobody else ever wrote a letter of these words, which are enough to be compared with another one."
    gone = cast.comment(post, "pending", body=body, name="Zoë Onlyone", website="https://theirs.example/")
    kept = cast.comment(post, "pending", body="Other words", name="Somebody", website="https://kept.example/")
    act(gone, "spam", moderator)
    act(kept, "spam", moderator)
    asked, traces = traced(evidence(body=body, name="Zoë Onlyone", website="https://theirs.example/"))
    learned()
    memory = snapshots.current()[1].memory.recall(traces, asked)
    assert (memory.host.spam, memory.owner.spam, memory.name.spam, memory.text.spam) == (1, 1, 1, 1)
    assert (memory.nearest, memory.like_spam, memory.site_spam) == (gone.pk, 1.0, 2)
    act(gone, "erase", editor)
    learned()
    left = snapshots.current()[1].memory
    memory = left.recall(traces, asked)
    assert (memory.host, memory.owner, memory.name, memory.text) == (None, None, None, None)
    assert (memory.nearest, memory.like_spam, memory.site_spam) == (None, None, 1)
    other, seen = traced(evidence(body=kept.body, name="Somebody", website="https://kept.example/"))[::-1]
    assert left.recall(other, seen).host.spam == 1


def test_the_end_of_retention_changes_nothing_also_when_all_is_folded_again(
    post: Post, moderator: User, settings
) -> None:
    comments = flood(post, 3)
    for comment in comments:
        act(comment, "spam", moderator, now=NOW)
    before = learned()
    later = NOW + timedelta(days=settings.SPAM_RETENTION_DAYS + 1)
    for comment in comments:
        decisions.decide(comment.pk, "erase", seen=2, actor=system("retention-1"), now=later)
    assert learned() == before
    learning.start_over()
    assert learned() == before == afresh()


def test_a_learner_at_work_when_all_is_to_be_folded_anew_goes_away(post: Post, moderator: User, monkeypatch) -> None:
    comments = flood(post, 3)
    for comment in comments[:2]:
        act(comment, "spam", moderator)
    learned()
    act(comments[2], "spam", moderator)
    take, called = learning.Fold.take, []

    def interrupted(self, row) -> None:
        if not called:
            called.append(learning.start_over())
        take(self, row)

    monkeypatch.setattr(learning.Fold, "take", interrupted)
    assert learning.learn(NOW) == 0
    assert learning.learn(NOW) == 3
    assert shown() == afresh()


def test_checkpoints_are_few_and_an_undo_folds_little_again(post: Post, moderator: User, monkeypatch) -> None:
    small_steps(monkeypatch, 2)
    comments = flood(post, 41)
    for comment in comments:
        act(comment, "spam", moderator)
    learned()
    marks = sorted(Snapshot.objects.exclude(mark=None).values_list("mark", flat=True))
    assert marks == [8, 16, 18, 19, 20]
    assert Snapshot.objects.count() == len(marks) + 1
    undo(comments[36], moderator)
    assert learning.learn(NOW) == 5
    assert shown() == afresh()
