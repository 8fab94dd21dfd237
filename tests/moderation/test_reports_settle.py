"""A decision about a reported comment settles its reports; undoing it opens them again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from moderation import dismissing
from moderation.actors import person, sender, system
from moderation.decisions import Conflict, NotAllowed, decide, undo
from moderation.models import Decision, Report
from tests import cast
from tests.moderation.complaints import report, states

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def reported(post: Post) -> Comment:
    """A published comment with two open reports."""
    comment = cast.comment(post)
    for _ in range(2):
        report(comment, now=NOW)
    return comment


def act(comment: Comment, action: str, by: User, **changes) -> Decision:
    seen = Comment.objects.get(pk=comment.pk).version
    reason = "threat" if action == "reject" else ""
    return decide(comment.pk, action, seen=seen, actor=person(by), reason=reason, now=LATER, **changes)


@pytest.mark.parametrize("action", ["reject", "spam", "hold"])
def test_who_takes_it_off_the_page_says_that_they_were_right(reported: Comment, moderator: User, action: str) -> None:
    decision = act(reported, action, moderator)
    assert states(reported) == ["upheld", "upheld"]
    assert Comment.objects.get(pk=reported.pk).open_reports == 0
    settled = Report.objects.first()
    assert (settled.decided_at, settled.decided_by, settled.decided_by_name) == (LATER, moderator, "Moderator")
    assert settled.decision == decision


def test_who_approves_what_was_held_says_that_they_were_wrong(reported: Comment, moderator: User) -> None:
    report(reported, now=NOW)
    act(reported, "approve", moderator)
    assert states(reported) == ["dismissed"] * 3


def test_the_machine_settles_nothing(post: Post) -> None:
    comment = cast.comment(post, "pending")
    Report.objects.create(comment=comment, revision=1, reason="spam", weight=1)
    Comment.objects.rank(comment.pk, 0, 1)
    decide(comment.pk, "spam", seen=1, actor=system("policy-1"), now=LATER)
    assert states(comment) == ["open"]


def test_what_its_author_withdraws_leaves_nothing_to_judge(reported: Comment) -> None:
    decide(reported.pk, "withdraw", seen=1, actor=sender(), now=LATER)
    assert states(reported) == ["moot", "moot"]
    assert Comment.objects.get(pk=reported.pk).open_reports == 0


@pytest.mark.parametrize("action", ["reject", "spam", "hold"])
def test_undo_opens_them_again_and_undoing_that_settles_them_as_before(
    reported: Comment, moderator: User, action: str
) -> None:
    made, urgency = act(reported, action, moderator), Comment.objects.get(pk=reported.pk).urgency
    for wanted in (["open"] * 2, ["upheld"] * 2, ["open"] * 2, ["upheld"] * 2):
        version = Comment.objects.get(pk=reported.pk).version
        made = undo(made.pk, seen=version, actor=person(moderator), now=LATER)
        comment = Comment.objects.get(pk=reported.pk)
        assert states(reported) == wanted
        assert comment.open_reports == wanted.count("open")
    assert comment.urgency == urgency


def test_a_report_after_the_approval_stays_open_when_that_is_undone(reported: Comment, moderator: User) -> None:
    report(reported, now=NOW)
    made = act(reported, "approve", moderator)
    report(reported, now=LATER + timedelta(minutes=1))
    undo(made.pk, seen=made.to_version, actor=person(moderator), now=LATER)
    assert states(reported) == ["open"] * 4


def test_a_report_that_is_settled_does_not_bind_one_of_another_comment(reported: Comment, moderator: User) -> None:
    other = cast.comment(reported.post)
    report(other)
    act(reported, "reject", moderator)
    assert states(other) == ["open"]


def test_a_dismissal_changes_the_reports_and_not_the_comment(reported: Comment, moderator: User) -> None:
    before = Comment.objects.filter(pk=reported.pk).values("status", "version", "body", "reviewed_at").get()
    last = Report.objects.order_by("pk").last().pk
    done = dismissing.dismiss(reported.pk, seen=1, last=last, by=moderator, now=LATER)
    assert done.reports == 2
    assert states(reported) == ["dismissed", "dismissed"]
    assert Comment.objects.filter(pk=reported.pk).values("status", "version", "body", "reviewed_at").get() == before
    assert not Decision.objects.exists()
    assert set(Report.objects.values_list("decided_by_name", "decided_at", "decision")) == {("Moderator", LATER, None)}


def test_a_dismissal_leaves_open_what_the_moderator_had_not_seen(reported: Comment, moderator: User) -> None:
    first, second = Report.objects.order_by("pk")
    dismissing.dismiss(reported.pk, seen=1, last=first.pk, by=moderator, now=LATER)
    assert states(reported) == ["dismissed", "open"]
    with pytest.raises(dismissing.NothingOpen):
        dismissing.dismiss(reported.pk, seen=1, last=first.pk, by=moderator, now=LATER)
    assert second.state == "open"


def test_a_dismissal_can_be_taken_back_by_its_moment_and_once(reported: Comment, moderator: User) -> None:
    first, second = Report.objects.order_by("pk")
    dismissing.dismiss(reported.pk, seen=1, last=first.pk, by=moderator, now=NOW)
    dismissing.dismiss(reported.pk, seen=1, last=second.pk, by=moderator, now=LATER)
    assert dismissing.reopen(reported.pk, seen=1, at=LATER, by=moderator, now=LATER) == 1
    assert states(reported) == ["dismissed", "open"]
    with pytest.raises(dismissing.NothingOpen):
        dismissing.reopen(reported.pk, seen=1, at=LATER, by=moderator, now=LATER)


def test_a_dismissal_of_what_changed_since_is_a_conflict(reported: Comment, moderator: User) -> None:
    last = Report.objects.order_by("pk").last().pk
    act(reported, "reject", moderator)
    for seen in (1, 2):
        with pytest.raises(Conflict):
            dismissing.dismiss(reported.pk, seen=seen, last=last, by=moderator, now=LATER)
    assert states(reported) == ["upheld", "upheld"]


def test_nobody_else_dismisses(reported: Comment, stranger: User, author: User) -> None:
    for person_ in (stranger, author):
        with pytest.raises(NotAllowed):
            dismissing.dismiss(reported.pk, seen=1, last=10**6, by=person_, now=LATER)
        with pytest.raises(NotAllowed):
            dismissing.reopen(reported.pk, seen=1, at=LATER, by=person_, now=LATER)
    assert states(reported) == ["open", "open"]
