"""Enough weight takes a comment off the page until a person looks; what a person said about it stands."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post, User
from comments import submission
from comments.models import Comment
from moderation import dismissing
from moderation.actors import person, system
from moderation.decisions import Impossible, decide, undo
from moderation.forms import QueueFilter
from moderation.models import Decision
from moderation.queue import read as queue
from tests import cast
from tests.moderation.complaints import report, sender
from tests.moderation.desk import status_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def after(minutes: float):
    return NOW + timedelta(minutes=minutes)


def three(comment: Comment, now=NOW, **changes) -> None:
    for _ in range(3):
        report(comment, now=now, **changes)


def open_reports(comment: Comment) -> int:
    return Comment.objects.values_list("open_reports", flat=True).get(pk=comment.pk)


def test_the_third_report_from_a_third_network_holds_the_comment(post: Post, reader: Client) -> None:
    comment = cast.comment(post, body="Words that three readers report.")
    report(comment, reason="threat")
    report(comment, reason="threat")
    assert status_of(comment) == "published"
    report(comment, reason="hate")
    assert status_of(comment) == "pending"
    assert "three readers" not in reader.get(post.get_absolute_url()).content.decode()
    assert open_reports(comment) == 3


def test_the_decision_says_that_the_machine_held_and_why(post: Post) -> None:
    comment = cast.comment(post)
    three(comment, reason="threat", words="secret words of a reader")
    held = Decision.objects.get()
    assert (held.action, held.actor_kind, held.actor_name) == ("hold", "system", "reports-1")
    assert held.reason == "threat"
    assert held.signals == [["reports", 3.0]]
    assert held.note == "3 reports from 3 networks weigh 3: threat (3)."
    assert "secret" not in held.note + held.message


def test_the_hold_is_one_undo_away(post: Post, moderator: User) -> None:
    comment = cast.comment(post)
    three(comment)
    undo(Decision.objects.get().pk, seen=2, actor=person(moderator))
    assert status_of(comment) == "published"
    assert open_reports(comment) == 3


def test_two_readers_of_the_best_record_do_not_hold(post: Post) -> None:
    comment = cast.comment(post)
    for _ in range(2):
        report(comment, sender(right=20))
    assert status_of(comment) == "published"


def test_what_a_person_approved_before_the_reports_can_be_held(post: Post, moderator: User) -> None:
    comment = cast.comment(post, "pending")
    decide(comment.pk, "approve", seen=1, actor=person(moderator), now=after(-5))
    three(comment)
    assert status_of(comment) == "pending"


def test_what_a_person_approved_after_the_reports_is_not_held_again(post: Post, moderator: User) -> None:
    comment = cast.comment(post)
    three(comment)
    decide(comment.pk, "approve", seen=2, actor=person(moderator), now=after(1))
    for minute in range(2, 40):
        report(comment, now=after(minute))
    assert status_of(comment) == "published"
    assert open_reports(comment) == 38


def test_who_undid_the_hold_has_the_last_word(post: Post, moderator: User) -> None:
    comment = cast.comment(post)
    three(comment)
    undo(Decision.objects.get().pk, seen=2, actor=person(moderator), now=after(1))
    three(comment, after(2))
    assert status_of(comment) == "published"


def test_a_decision_while_reports_are_open_stands_until_they_are_settled(post: Post, moderator: User) -> None:
    comment = cast.comment(post)
    report(comment, now=NOW)
    held = decide(comment.pk, "hold", seen=1, actor=person(moderator), now=after(1))
    undo(held.pk, seen=2, actor=person(moderator), now=after(2))
    three(comment, after(3))
    assert status_of(comment) == "published"


def test_other_machinery_takes_nothing_back_from_a_person(post: Post, moderator: User) -> None:
    comment = cast.comment(post, "pending")
    decide(comment.pk, "approve", seen=1, actor=person(moderator), now=after(-5))
    report(comment, now=NOW)
    with pytest.raises(Impossible):
        decide(comment.pk, "hold", seen=2, actor=system("policy-1"), now=NOW)


def test_reports_hold_nothing_where_none_is_open(post: Post) -> None:
    comment = cast.comment(post)
    with pytest.raises(Impossible):
        decide(comment.pk, "hold", seen=1, actor=system("reports-1"), now=NOW)


def test_after_a_dismissal_new_reports_of_the_same_text_only_climb(post: Post, moderator: User) -> None:
    comment = cast.comment(post)
    first = report(comment, now=NOW)
    dismissing.dismiss(comment.pk, seen=1, last=first.pk, by=moderator, now=after(1))
    before = Comment.objects.get(pk=comment.pk).urgency
    three(comment, after(2))
    comment.refresh_from_db()
    assert (comment.status, comment.open_reports) == ("published", 3)
    assert comment.urgency > before
    assert comment in Comment.objects.pending()


def test_an_edit_that_a_person_accepted_can_be_reported_and_held_anew(post: Post, moderator: User) -> None:
    comment = cast.comment(post)
    first = report(comment, now=NOW)
    dismissing.dismiss(comment.pk, seen=1, last=first.pk, by=moderator, now=after(1))
    comment.revisions.create(number=2, body="Another text", html="<p>Another text</p>")
    Comment.objects.filter(pk=comment.pk).update(proposed_revision=2)
    decide(comment.pk, "accept_edit", seen=1, actor=person(moderator), now=after(2))
    three(comment, after(3))
    assert status_of(comment) == "pending"


@pytest.mark.parametrize(("reports", "stays"), [(3, "pending"), (1, "published")])
def test_an_edit_does_not_lead_a_reported_comment_past_a_person(post: Post, reports: int, stays: str) -> None:
    Post.objects.filter(pk=post.pk).update(mode=Post.Mode.OPEN)
    comment = cast.comment(post, sender=sender(), seconds_on_form=90, body="A text they report.")
    for _ in range(reports):
        report(comment)
    comment.refresh_from_db()
    text = "The hinge of the old gate sings less since I oiled it on Sunday."
    submission.edit(comment, text, "<p>x</p>", comment.version, None, NOW)
    assert comment.reviews.get().outcome == "publish", comment.reviews.get().why
    comment.refresh_from_db()
    assert comment.status == stays
    assert comment.proposed_revision == (None if stays == "pending" else 2)


def test_a_held_comment_waits_in_the_queue(post: Post, moderator: User) -> None:
    comment = cast.comment(post)
    three(comment)
    chosen = {**dict.fromkeys(QueueFilter.base_fields), "tab": "pending", "order": "urgent"}
    assert [row.comment.pk for row in queue(chosen, moderator, NOW).items] == [comment.pk]
