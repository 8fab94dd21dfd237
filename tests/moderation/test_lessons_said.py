"""Which words of a person teach the filter, and which later word takes an earlier one's place."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from blog.models import Post, User
from comments import submission
from comments.models import Comment, Reason
from moderation import appeals, batches, checks, decisions, erasure
from moderation.actors import person, sender, system
from moderation.models import Campaign, Decision, Lesson, StandingOrder
from moderation.standing_orders import carry_out
from tests import cast
from tests.moderation.asking import act, asked, rejected, undo
from tests.moderation.automatic import always, drawn
from tests.moderation.orders import done, everything, flood
from tests.moderation.taught import NOW, live

pytestmark = pytest.mark.django_db
TEACHES_SPAM = {Reason.SPAM, Reason.ADVERTISING, Reason.OFF_TOPIC}


@pytest.mark.parametrize(
    ("status", "action", "said"),
    [
        ("pending", "approve", "ham"),
        ("rejected", "approve", "ham"),
        ("spam", "approve", "ham"),
        ("pending", "spam", "spam"),
        ("published", "spam", "spam"),
        ("spam", "not_spam", None),
        ("published", "hold", None),
    ],
)
def test_a_persons_act_teaches_what_it_says(post: Post, moderator: User, status, action, said) -> None:
    comment = cast.comment(post, status)
    decision = act(comment, action, moderator)
    assert live() == ([(comment.pk, said)] if said else [])
    if said:
        lesson = Lesson.objects.get()
        assert (lesson.source, lesson.decision, lesson.turned_by) == ("decision", decision, decision)
        assert (lesson.revision, lesson.applied, lesson.features) == (1, False, None)


@pytest.mark.parametrize("reason", Reason.values)
def test_a_rejection_teaches_spam_only_for_what_looks_like_spam(post: Post, moderator: User, reason: str) -> None:
    comment = cast.comment(post, "pending")
    act(comment, "reject", moderator, reason=reason, note="said in words")
    assert live() == ([(comment.pk, "spam")] if reason in TEACHES_SPAM else [])


@pytest.mark.parametrize(("action", "reason", "said"), [
    ("accept_edit", "", "ham"), ("refuse_edit", "", None), ("refuse_edit", "advertising", "spam"),
    ("refuse_edit", "harassment", None),
])  # fmt: skip
def test_an_edit_is_a_text_of_its_own(post: Post, moderator: User, action, reason, said, settings) -> None:
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
    comment = cast.comment(post, "pending")
    act(comment, "approve", moderator)
    comment.refresh_from_db()
    submission.edit(comment, "Other words", "<p>Other words</p>", comment.version, None, NOW)
    act(comment, action, moderator, reason=reason)
    rows = list(Lesson.objects.filter(live=True).order_by("pk").values_list("revision", "spam"))
    assert rows == [(1, False), *([(2, said == "spam")] if said else [])]


def test_what_automation_and_authors_do_teaches_nothing(post: Post, editor: User) -> None:
    one, two, three = (cast.comment(post, "pending") for _ in range(3))
    act(one, "approve", None)
    act(two, "spam", None)
    decisions.decide(three.pk, "withdraw", seen=1, actor=sender(), now=NOW)
    act(one, "hold", None)
    act(two, "erase", editor)
    assert not Lesson.objects.exists()


def test_an_order_that_stands_is_no_new_judgement(post: Post, moderator: User) -> None:
    card = Campaign.objects.create(created_at=NOW, latest_at=NOW)
    batch = batches.start("spam", actor=person(moderator), rows=[], now=NOW)
    StandingOrder.objects.create(
        campaign=card, batch=batch, action="spam", given_by=moderator, given_at=NOW, until=NOW + timedelta(hours=24)
    )
    comment = cast.comment(post, "pending")
    assert carry_out(comment, card, NOW)
    assert Decision.objects.get().standing
    assert not Lesson.objects.exists()


def test_a_batch_says_it_of_each_and_taking_it_back_takes_all_back(post: Post, moderator: User) -> None:
    comments = flood(post, 3)
    batch = done(everything(moderator, "spam"))
    assert live() == [(comment.pk, "spam") for comment in comments]
    done(batches.start_undo(batch.pk, actor=person(moderator), now=NOW))
    assert live() == []


def test_an_appeal_that_is_granted_says_the_opposite(post: Post, moderator: User, editor: User) -> None:
    comment = rejected(post, moderator)
    appeal = asked(comment)
    comment.refresh_from_db()
    appeals.grant(appeal.pk, seen=comment.version, actor=person(editor), answer="You are right.", now=NOW)
    assert live() == [(comment.pk, "ham")]


@pytest.mark.parametrize("machine", ["approve", "spam"])
@pytest.mark.parametrize(("answer", "said"), [("publish", "ham"), ("refuse", "spam"), ("unsure", None)])
def test_a_blind_answer_teaches_whatever_the_machine_did(
    post: Post, moderator: User, settings, machine: str, answer: str, said
) -> None:
    always(settings)
    check = drawn(post, machine)
    checks.answer(check.pk, moderator, answer, NOW)
    assert live() == ([(check.comment_id, said)] if said else [])
    if said:
        assert list(Lesson.objects.values_list("source", "blind_check", "revision")) == [("check", check.pk, 1)]


def test_an_answer_that_comes_too_late_teaches_nothing(post: Post, moderator: User, settings) -> None:
    always(settings)
    check = drawn(post)
    checks.answer(check.pk, moderator, "publish", NOW)
    with pytest.raises(checks.Settled):
        checks.answer(check.pk, moderator, "refuse", NOW)
    assert live() == [(check.comment_id, "ham")]


def test_the_latest_word_counts_and_the_same_again_adds_none(post: Post, moderator: User, editor: User) -> None:
    comment = cast.comment(post, "pending")
    act(comment, "approve", moderator)
    act(comment, "spam", editor)
    assert live() == [(comment.pk, "spam")]
    act(comment, "not_spam", moderator)
    assert live() == [], "no spam, and not yet anything else"
    act(comment, "spam", moderator)
    act(comment, "approve", editor)
    act(comment, "hold", editor)
    assert live() == []
    act(comment, "reject", editor, reason="spam")
    before = Lesson.objects.count()
    act(comment, "approve", editor)
    act(comment, "spam", editor)
    assert live() == [(comment.pk, "spam")]
    assert Lesson.objects.count() == before + 2
    comment.refresh_from_db()
    assert Lesson.objects.filter(comment=comment).exclude(turned_by=None).count() == before + 2


def test_whoever_says_the_same_about_a_text_adds_nothing(post: Post, moderator: User, settings) -> None:
    always(settings)
    check = drawn(post)
    checks.answer(check.pk, moderator, "refuse", NOW)
    act(check.comment, "spam", moderator)
    assert Lesson.objects.count() == 1
    undo(check.comment, moderator)
    assert live() == [(check.comment_id, "spam")], "the blind answer was a word of its own"


def test_an_undo_takes_the_lesson_back_and_its_undo_brings_back_the_same(post: Post, moderator: User) -> None:
    comment = cast.comment(post, "pending")
    act(comment, "approve", moderator)
    act(comment, "spam", moderator)
    ham, spam = Lesson.objects.order_by("pk")
    for expected in (ham, spam, ham, spam):
        undo(comment, moderator)
        assert list(Lesson.objects.filter(live=True)) == [expected]
    assert Lesson.objects.count() == 2


def test_of_one_text_no_two_lessons_can_count(post: Post) -> None:
    comment = cast.comment(post)
    given = {"source": "check", "comment": comment, "revision": 1, "created_at": NOW}
    Lesson.objects.create(spam=True, **given)
    Lesson.objects.create(spam=False, live=False, **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lesson.objects.create(spam=False, **given)


def test_an_erasure_on_request_forgets_and_the_end_of_retention_does_not(post: Post, moderator: User) -> None:
    for on_request in (True, False):
        comment = cast.comment(post, "pending")
        act(comment, "spam", moderator)
        Lesson.objects.filter(comment=comment).update(features=b"x", features_version=1)
        Decision.objects.create(
            pk=10**6 + comment.pk, comment=comment, action="erase", from_status="spam", to_status="erased",
            from_version=9, to_version=10, revision=1, actor_kind="person", before={}, after={}, created_at=NOW,
        )  # fmt: skip
        erasure.destroy_content(comment, on_request=on_request)
        lesson = Lesson.objects.get(comment=comment)
        assert (lesson.live, lesson.forgotten, lesson.features) == (
            (False, True, None) if on_request else (True, False, b"x")
        )


def test_the_door_tells_the_two_erasures_apart(post: Post, moderator: User, editor: User, settings) -> None:
    old = NOW - timedelta(days=settings.SPAM_RETENTION_DAYS + 1)
    one, two = (cast.comment(post, "pending", created_at=old) for _ in range(2))
    for comment in (one, two):
        act(comment, "spam", moderator, now=old)
    act(one, "erase", editor, now=NOW)
    decisions.decide(two.pk, "erase", seen=2, actor=system("retention-1"), now=NOW)
    assert live() == [(two.pk, "spam")]


@pytest.mark.parametrize(
    ("before", "action", "most"),
    [([], "approve", 1), (["approve"], "spam", 3), (["approve"], "hold", 2), (["approve"], "undo", 2)],
)
def test_what_it_costs_a_decision(post: Post, moderator: User, before: list[str], action: str, most: int) -> None:
    comment = cast.comment(post, "pending")
    for earlier in before:
        act(comment, earlier, moderator)
    comment = Comment.objects.get(pk=comment.pk)
    with CaptureQueriesContext(connection) as asked_for:
        undo(comment, moderator) if action == "undo" else act(comment, action, moderator)
    # Whether there are any is asked with everything else that may hang on a comment.
    about = [query["sql"] for query in asked_for if "moderation_lesson" in query["sql"]]
    assert len([sql for sql in about if "moderation_claim" not in sql]) == most
