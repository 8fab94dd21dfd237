"""Which decisions are drawn by lot to be checked, how many, and when a check is asked of nobody any more."""

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from blog.models import Post, User
from comments import submission
from comments.models import Comment
from moderation import checks, screening
from moderation.actors import person, sender, system
from moderation.decisions import decide, undo
from moderation.models import Automation, Check, Decision
from moderation.retention import expire
from tests import cast
from tests.moderation import complaints
from tests.moderation.automatic import acted, always, drawn

pytestmark = pytest.mark.django_db
LETTER = "Thank you, that made the second half of the article clear to me, and the table too."


def test_what_the_policy_publishes_or_files_as_spam_can_be_drawn(post: Post, settings) -> None:
    always(settings)
    for action, side in (("approve", "publish"), ("spam", "spam")):
        decision = acted(post, action)
        check = Check.objects.get(decision=decision)
        assert (check.machine, check.revision, check.comment_id) == (side, 1, decision.comment_id)
        assert (check.answer, check.void, check.settled_at) == ("", "", None)


def test_the_screener_itself_comes_this_way(post: Post, settings) -> None:
    always(settings)
    settings.COMMENTS_MODERATION_MODE = "open"
    comment = cast.comment(post, "pending", body=LETTER, seconds_on_form=60)
    screening.screen(comment.pk)
    assert Comment.objects.get(pk=comment.pk).status == "published"
    assert Check.objects.get(comment=comment).machine == "publish"


def test_what_people_decide_is_not_drawn(post: Post, moderator: User, settings) -> None:
    always(settings)
    for action in ("approve", "spam"):
        decide(cast.comment(post, "pending").pk, action, seen=1, actor=person(moderator))
    assert not Check.objects.exists()


def test_other_machinery_is_not_drawn(post: Post, settings) -> None:
    """What holds a reported comment, or ends the retention of spam, judged no text."""
    always(settings)
    reported = cast.comment(post)
    complaints.report(reported)
    decide(reported.pk, "hold", seen=1, actor=system("reports-1"))
    old = cast.comment(post, "spam", created_at=timezone.now() - timedelta(days=900))
    expire(timezone.now())
    assert Comment.objects.get(pk=old.pk).status == "erased"
    assert not Check.objects.exists()


def test_what_staff_write_is_not_drawn(post: Post, author: User, settings) -> None:
    always(settings)
    acted(post, "approve", user=author)
    assert not Check.objects.exists()


def test_the_lot_falls_on_the_share_that_is_set(post: Post, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_lots", Random(5))
    Automation.objects.create(side="publish", on_trial=False)
    settings.AUDIT_SHARE, settings.AUDIT_SHARE_ON_TRIAL = 0.2, 0.9
    for _ in range(100):
        acted(post, "approve")
        acted(post, "spam")  # without a row: on trial
    assert 10 <= Check.objects.filter(machine="publish").count() <= 32
    assert 80 <= Check.objects.filter(machine="spam").count() <= 98


def test_no_share_means_no_checks(post: Post, settings) -> None:
    settings.AUDIT_SHARE = settings.AUDIT_SHARE_ON_TRIAL = 0.0
    acted(post)
    assert not Check.objects.exists()


def test_lots_come_from_the_systems_randomness() -> None:
    assert type(checks._lots).__module__ == "random"
    with pytest.raises(NotImplementedError):
        checks._lots.getstate()  # only SystemRandom has no state that could be told from its past


def test_a_person_who_takes_the_decision_back_makes_it_void(post: Post, moderator: User, settings) -> None:
    always(settings)
    first, second, third = drawn(post), drawn(post), drawn(post, "spam")
    undo(first.decision_id, seen=2, actor=person(moderator))
    decide(second.comment_id, "reject", seen=2, actor=person(moderator), reason="spam")
    decide(third.comment_id, "not_spam", seen=2, actor=person(moderator))
    assert set(Check.objects.values_list("void", flat=True)) == {"overturned"}


def test_its_author_or_an_erasure_makes_it_void(post: Post, editor: User, settings) -> None:
    always(settings)
    withdrawn, erased = drawn(post), drawn(post, "spam")
    decide(withdrawn.comment_id, "withdraw", seen=2, actor=sender())
    decide(erased.comment_id, "erase", seen=2, actor=person(editor))
    assert {check.void for check in Check.objects.filter(pk=withdrawn.pk)} == {"withdrawn"}
    assert {check.void for check in Check.objects.filter(pk=erased.pk)} == {"erased"}


def test_a_person_who_looks_and_leaves_it_makes_it_void_but_not_overturned(post: Post, moderator: User, settings):
    always(settings)
    check = drawn(post)
    comment = check.comment
    comment.revisions.create(number=2, body="other", html="<p>other</p>")
    decide(comment.pk, "edit", seen=2, actor=sender(), revision=2)
    check.refresh_from_db()
    assert check.void == "", "an edit by its author leaves the text that was judged as it was"
    decide(comment.pk, "refuse_edit", seen=3, actor=person(moderator))
    check.refresh_from_db()
    assert check.void == "decided"


def test_an_answered_check_stays_as_it_is(post: Post, moderator: User, settings) -> None:
    always(settings)
    check = checks.answer(drawn(post).pk, moderator, "refuse", timezone.now())
    decide(check.comment_id, "spam", seen=2, actor=person(moderator))
    check.refresh_from_db()
    assert (check.answer, check.void) == ("refuse", "")


def test_a_decision_that_is_broken_off_draws_nothing(post: Post, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    always(settings)
    monkeypatch.setattr("moderation.tallies.count", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        acted(post)
    assert not Check.objects.exists()
    assert not Decision.objects.exists()


def test_an_edit_by_a_trusted_sender_is_drawn_with_its_own_text(post: Post, settings) -> None:
    always(settings)
    settings.COMMENTS_MODERATION_MODE = "open"
    comment = cast.comment(post, body=LETTER, seconds_on_form=60)
    submission.edit(comment, LETTER + " So did the notes.", "<p>x</p>", 1, 60, timezone.now())
    assert Check.objects.get(comment=comment).revision == 2
