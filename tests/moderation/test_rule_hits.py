"""Hits of a rule and what people made of them: counted by index, for a whole page of rules in one query."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from moderation import decisions, rule_hits
from moderation.actors import person
from moderation.models import Review, Rule, Signal
from moderation.rule_hits import Hits, hits_of
from tests.comments.submissions import LETTER, edit, send


@pytest.fixture
def rule(db: None) -> Rule:
    return Rule.objects.create(kind="word", text="index", effect="hold")


def hits(rule: Rule, days: int = 0) -> Hits:
    return hits_of([rule.pk], timezone.now() + timedelta(days=days)).get(rule.pk, Hits())


def judged(comment: Comment, action: str, by: User, **given: str) -> Comment:
    decisions.decide(comment.pk, action, seen=comment.version, actor=person(by), **given)
    comment.refresh_from_db()
    return comment


def test_a_rule_that_never_hit_has_none(rule: Rule, post: Post) -> None:
    send(post, "Nothing of the kind.")
    assert hits(rule) == Hits()
    assert hits(rule).share is None


def test_hits_are_of_the_last_thirty_days_and_the_last_of_all_time(rule: Rule, post: Post) -> None:
    last = send(post).reviews.get().created_at
    assert (hits(rule).count, hits(rule).last) == (1, last)
    assert (hits(rule, days=31).count, hits(rule, days=31).last) == (0, last)


def test_overturned_is_what_a_person_let_through_after_it(rule: Rule, post: Post, moderator: User) -> None:
    texts = ("The index helped.", "An index?", LETTER, "On the cost of one index more than a table of this size needs.")
    for text, action in zip(texts, ("approve", "spam", "reject", ""), strict=True):
        comment = send(post, text, key=action or "none")
        if action:
            judged(comment, action, moderator, reason="off_topic" if action == "reject" else "")
    found = hits(rule)
    assert (found.count, found.decided, found.overturned, found.share) == (4, 3, 1, 33)


def test_spam_that_a_person_frees_is_overturned(post: Post, moderator: User) -> None:
    rule = Rule.objects.create(kind="word", text="index", effect="spam")
    comment = send(post)
    assert comment.status == "spam"
    judged(comment, "not_spam", moderator)
    assert (hits(rule).decided, hits(rule).overturned) == (1, 1)


def test_what_was_undone_or_came_before_does_not_count(rule: Rule, post: Post, moderator: User) -> None:
    undone = judged(send(post, key="1"), "approve", moderator)
    decisions.undo(decisions.latest_decision(undone).pk, seen=undone.version, actor=person(moderator))
    edit(judged(send(post, "Nothing of the kind.", key="2"), "approve", moderator), f"{LETTER} Edited.")
    assert (hits(rule).count, hits(rule).decided) == (2, 0)


def test_only_the_latest_screening_of_a_comment_counts(rule: Rule, post: Post) -> None:
    edit(send(post, key="1"), "Nothing of the kind.")
    edit(send(post, f"{LETTER} Two.", key="2"), f"{LETTER} Two, edited.")
    assert hits(rule).count == 1


def test_of_a_rule_that_hits_everything_the_newest_are_counted(
    rule: Rule, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule_hits, "MOST", 3)
    other = Rule.objects.create(kind="word", text="tables", effect="hold")
    for number in range(5):
        send(post, f"{LETTER} {number}", key=str(number))
    assert (hits(rule).count, hits(rule).more) == (3, True)
    Signal.objects.filter(rule=other).order_by("-pk").first().delete()
    assert (hits(other).count, hits(other).more) == (3, True)
    Review.objects.order_by("pk").last().signals.all().delete()
    assert hits(rule).count == 3


def test_a_page_of_rules_is_one_query(post: Post, django_assert_num_queries) -> None:
    rules = [Rule.objects.create(kind="word", text=word, effect="hold") for word in sorted(set(LETTER.split()))[:12]]
    for number in range(4):
        send(post, f"{LETTER} {number}", key=str(number))
    with django_assert_num_queries(1):
        found = hits_of([rule.pk for rule in rules], timezone.now())
    assert {hit.count for hit in found.values()} == {4}
