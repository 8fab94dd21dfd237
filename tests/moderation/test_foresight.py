"""What a rule would change is counted before it does anything, in steps, and set against what people decided."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from moderation import decisions, foresight
from moderation.actors import person
from moderation.models import Replay, Review, Rule
from moderation.rule_pages import in_words
from tests.comments.submissions import LETTER, edit, send

pytestmark = pytest.mark.usefixtures("without_prior")

NOW = timezone.now()


@pytest.fixture
def open_post(post: Post) -> Post:
    Post.objects.filter(pk=post.pk).update(mode="open")
    post.refresh_from_db()
    return post


def draft(text: str = "index", **given: object) -> Rule:
    return Rule.objects.create(**{"kind": "word", "text": text, "effect": "hold", "state": "draft", **given})


def replayed(rule: Rule, days: int | None = 30, **bounds: float) -> Replay:
    return foresight.go_on(foresight.begin(rule, days, by=None, now=timezone.now()), **bounds)


def judged(comment: Comment, action: str, by: User, **given: str) -> Comment:
    decisions.decide(comment.pk, action, seen=comment.version, actor=person(by), **given)
    comment.refresh_from_db()
    return comment


def test_it_counts_what_would_newly_be_held(open_post: Post) -> None:
    for number in range(3):
        send(open_post, f"{LETTER} {number}" if number else "Nothing of the kind.", key=str(number))
    found = replayed(draft())
    assert (found.looked, found.hits, found.finished) == (3, 2, True)
    assert found.moves == {"publish>hold": 2}
    assert Comment.objects.filter(status="published").count() == 3


def test_what_other_rules_hold_already_is_nothing_new(open_post: Post) -> None:
    Rule.objects.create(kind="word", text="tables", effect="hold")
    send(open_post)
    found = replayed(draft())
    assert (found.hits, found.moves) == (1, {})


def test_a_rule_that_is_retired_shows_what_would_pass(open_post: Post, moderator: User) -> None:
    rule = Rule.objects.create(kind="word", text="index", effect="hold")
    judged(send(open_post, key="1"), "approve", moderator)
    judged(send(open_post, f"{LETTER} Two.", key="2"), "reject", moderator, reason="off_topic")
    send(open_post, "Nothing.", key="3")
    found = replayed(rule)
    assert (found.retiring, found.hits, found.moves) == (True, 2, {"hold>publish": 2})
    assert (found.against, found.agreeing) == (1, 1)


def test_it_shows_where_people_decided_otherwise(post: Post, moderator: User) -> None:
    good = judged(send(post, key="1"), "approve", moderator)
    judged(send(post, f"{LETTER} Again.", key="2"), "spam", moderator)
    send(post, f"{LETTER} Once more.", key="3")
    found = replayed(draft(effect="spam"))
    assert (found.hits, found.against, found.agreeing) == (3, 1, 1)
    [shown] = in_words(found).against
    assert (shown.comment, shown.said) == (good, "approved by a person")
    assert [piece.text for piece in shown.text if piece.findings] == ["index"]


def test_a_decision_that_was_undone_or_about_another_text_does_not_count(post: Post, moderator: User) -> None:
    undone = judged(send(post, key="1"), "approve", moderator)
    decisions.undo(decisions.latest_decision(undone).pk, seen=undone.version, actor=person(moderator))
    edit(judged(send(post, "Nothing of the kind.", key="2"), "approve", moderator), f"{LETTER} Edited.")
    found = replayed(draft())
    assert (found.hits, found.against) == (2, 0)


def test_only_the_newest_text_of_a_comment_counts(post: Post) -> None:
    edit(send(post), "Nothing of the kind.")
    found = replayed(draft())
    assert (found.looked, found.hits) == (1, 0)


def test_a_successor_is_shown_against_the_rule_that_it_replaces(open_post: Post) -> None:
    old = Rule.objects.create(kind="word", text="index", effect="hold")
    send(open_post, key="1")
    send(open_post, "The page became quick as a fox, they say of it.", key="2")
    found = replayed(draft("fox", predecessor=old))
    assert found.moves == {"hold>publish": 1, "publish>hold": 1}
    assert found.hits == 1


def test_days_bound_it(open_post: Post) -> None:
    for number in range(3):
        review = send(open_post, f"{LETTER} {number}", key=str(number)).reviews.get()
        Review.objects.filter(pk=review.pk).update(created_at=NOW - timedelta(days=100 - 40 * number))
    assert [replayed(draft(), days).looked for days in (7, 30, 90, None)] == [0, 1, 2, 3]


def test_a_long_replay_goes_on_where_it_stopped(open_post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foresight, "CHUNK", 2)
    for number in range(7):
        send(open_post, f"{LETTER} {number}", key=str(number))
    rule = draft()
    steps = [found := replayed(rule, most=2)]
    while not found.finished:
        assert found.reached
        steps.append(found := foresight.go_on(found, most=2))
    assert [step.looked for step in steps] == [2, 4, 6, 7]
    whole = replayed(draft("index", kind="phrase"))
    assert (found.looked, found.hits, found.moves) == (whole.looked, whole.hits, whole.moves)
    assert foresight.go_on(found).looked == 7


def test_time_bounds_a_step_and_two_people_do_not_count_twice(open_post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foresight, "CHUNK", 2)
    for number in range(5):
        send(open_post, f"{LETTER} {number}", key=str(number))
    begun = foresight.begin(draft(), None, by=None, now=NOW)
    assert foresight.go_on(begun, seconds=0).looked == 0
    one, other = (Replay.objects.select_related("rule").get() for _ in range(2))
    assert foresight.go_on(one, most=2).looked == 2
    assert foresight.go_on(other, most=2).looked == 2


def test_what_cannot_be_judged_again_is_counted(open_post: Post, editor: User) -> None:
    judged(send(open_post, key="1"), "erase", editor)
    send(open_post, f"{LETTER} 2", key="2")
    found = replayed(draft())
    assert (found.looked, found.unreadable, found.hits) == (2, 1, 1)
    Review.objects.update(facts={})
    assert [bool(example.text) for example in in_words(found).moves[0].examples] == [True]


def test_a_step_costs_the_same_queries_however_many_comments_it_hits(open_post: Post) -> None:
    costs = []
    for number in (1, 30):
        for each in range(number):
            send(open_post, f"{LETTER} {number} {each}", key=f"{number}-{each}")
        rule = draft()
        with CaptureQueriesContext(connection) as queries:
            in_words(replayed(rule))
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 16, costs
