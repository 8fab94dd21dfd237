"""Every decision is counted on its day, an undone one counts as undone, and counting again gives the same."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from moderation.actors import person, sender
from moderation.decisions import decide, undo
from moderation.models import DayTally
from moderation.tallies import recount
from moderation.waits import bucket_of
from tests import cast
from tests.moderation.automatic import acted
from tests.moderation.desk import reviewed
from tests.moderation.histories import World, rolled_back
from tests.together import in_step

NOW = datetime(2026, 5, 3, 23, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    return dict(DayTally.objects.exclude(count=0).values_list("name", "count"))


def waiting(post: Post, hours: float = 1, **changes: object) -> Comment:
    return cast.comment(post, "pending", created_at=NOW - timedelta(hours=hours), **changes)


def test_a_persons_decision_is_counted_by_act_reason_person_and_wait(post: Post, moderator: User) -> None:
    decide(waiting(post).pk, "reject", seen=1, actor=person(moderator), reason="off_topic", now=NOW)
    wait = f"wait.person.{bucket_of(3600)}"
    assert counts() == {"act.reject.person": 1, "reason.off_topic": 1, f"by.{moderator.pk}": 1, wait: 1}
    decide(waiting(post).pk, "reject", seen=1, actor=person(moderator), reason="off_topic", now=NOW)
    assert set(counts().values()) == {2}


def test_automatic_decisions_are_counted_apart(post: Post) -> None:
    acted(post, "spam", now=NOW, created_at=NOW)
    assert counts() == {"act.spam.system": 1, "wait.system.0": 1}


def test_a_comments_author_is_counted_apart_and_keeps_nobody_waiting(post: Post) -> None:
    decide(waiting(post).pk, "withdraw", seen=1, actor=sender(), now=NOW)
    assert counts() == {"act.withdraw.sender": 1}


def test_what_became_of_what_was_held_is_counted(post: Post, moderator: User) -> None:
    suspicious, new = waiting(post), waiting(post)
    reviewed(suspicious, ("links_many", 4.0, "9 links", []), score=4.0, created_at=NOW - timedelta(minutes=1))
    reviewed(new, ("history_new", 0.0, "new", []), score=0.0, created_at=NOW - timedelta(minutes=1))
    decide(suspicious.pk, "approve", seen=1, actor=person(moderator), now=NOW)
    decide(new.pk, "spam", seen=1, actor=person(moderator), now=NOW)
    found = counts()
    assert found["held.suspicious.published"] == found["finding.links_many.published"] == 1
    assert found["held.waiting.refused"] == found["finding.history_new.refused"] == 1


def test_a_day_is_a_day_of_the_sites_time_zone(post: Post, moderator: User, settings) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    with timezone.override("Asia/Tokyo"):
        decide(waiting(post).pk, "approve", seen=1, actor=person(moderator), now=NOW)
    assert {str(day) for day in DayTally.objects.values_list("day", flat=True)} == {"2026-05-04"}


def test_an_undone_decision_is_counted_as_undone_on_its_own_day(post: Post, moderator: User, editor: User) -> None:
    made = decide(waiting(post).pk, "approve", seen=1, actor=person(moderator), now=NOW)
    later = NOW + timedelta(days=2)
    undone = undo(made.pk, seen=2, actor=person(editor), now=later)
    assert counts()["act.approve.person"] == counts()["undone:act.approve.person"] == 1
    days = dict(DayTally.objects.values_list("name", "day"))
    assert str(days["undone:act.approve.person"]) == "2026-05-03"
    assert str(days["act.undo.person"]) == str(days[f"by.{editor.pk}"]) == "2026-05-05"
    again = undo(undone.pk, seen=3, actor=person(editor), now=later)
    assert "undone:act.approve.person" not in counts(), "what is undone twice stands"
    undo(again.pk, seen=4, actor=person(editor), now=later)
    assert counts()["undone:act.approve.person"] == 1


def test_who_waits_again_waits_since_then(post: Post, moderator: User) -> None:
    comment = waiting(post, hours=50)
    decide(comment.pk, "approve", seen=1, actor=person(moderator), now=NOW - timedelta(hours=40))
    decide(comment.pk, "hold", seen=2, actor=person(moderator), now=NOW - timedelta(hours=2))
    decide(comment.pk, "spam", seen=3, actor=person(moderator), now=NOW)
    waits = {name for name in counts() if name.startswith("wait.")}
    assert waits == {f"wait.person.{bucket_of(hours * 3600)}" for hours in (10, 2)}


def test_counting_all_again_gives_the_same_for_any_history(
    author: User, moderator: User, editor: User, stranger: User, settings
) -> None:
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
    world = World.made(author, moderator, editor, stranger)
    seen: list[tuple[Counter, Counter]] = []
    act = world.step

    def step(*arguments: object):
        result = act(*arguments)
        one_by_one = Counter({(str(t.day), t.name): t.count for t in DayTally.objects.exclude(count=0)})
        with rolled_back():
            recount()
            seen.append(
                (one_by_one, Counter({(str(t.day), t.name): t.count for t in DayTally.objects.exclude(count=0)}))
            )
        return result

    world.step = step
    for seed in range(4):
        world.play(seed)
    assert all(one_by_one == again for one_by_one, again in seen)
    assert sum(len(one_by_one) for one_by_one, _ in seen) > 100


def test_the_command_counts_what_was_decided_before_there_were_tallies(post: Post, moderator: User, capsys) -> None:
    decide(waiting(post).pk, "approve", seen=1, actor=person(moderator), now=NOW)
    before = counts()
    DayTally.objects.all().delete()
    call_command("recount_numbers")
    assert counts() == before
    assert "1 decisions counted" in capsys.readouterr().out


def test_undoing_what_is_older_than_its_tally_counts_nothing_below_zero(post: Post, editor: User) -> None:
    made = decide(waiting(post).pk, "approve", seen=1, actor=person(editor), now=NOW)
    undone = undo(made.pk, seen=2, actor=person(editor), now=NOW)
    DayTally.objects.update(count=0)
    undo(undone.pk, seen=3, actor=person(editor), now=NOW)
    assert set(counts()) == {"act.undo.person", f"by.{editor.pk}"}


def test_counting_costs_a_decision_few_queries(post: Post, moderator: User) -> None:
    for _ in range(2):
        comment = waiting(post)
        reviewed(comment, *((f"code_{at}", 1.0, "x", []) for at in range(30)), created_at=NOW - timedelta(minutes=1))
        with CaptureQueriesContext(connection) as asked:
            decide(comment.pk, "approve", seen=1, actor=person(moderator), now=NOW)
    tallies = [query["sql"] for query in asked if "daytally" in query["sql"] or "moderation_review" in query["sql"]]
    assert len(tallies) == 2, "one to read the findings, one to count"


@pytest.mark.django_db(transaction=True)
def test_decisions_made_at_once_are_all_counted_and_wait_for_nobody_in_a_circle(
    post: Post, moderator: User, editor: User
) -> None:
    other = cast.post(moderator)
    rounds = [(waiting(post).pk, waiting(other).pk) for _ in range(25)]
    results = in_step(
        rounds,
        lambda first, _: decide(first, "approve", seen=1, actor=person(moderator), now=NOW),
        lambda _, second: decide(second, "reject", seen=1, actor=person(editor), reason="spam", now=NOW),
    )
    assert not [result for made in results for result in made if isinstance(result, Exception)]
    found = counts()
    assert (found["act.approve.person"], found["act.reject.person"], found["reason.spam"]) == (25, 25, 25)
    assert found[f"wait.person.{bucket_of(3600)}"] == 50
