"""A comment's author who asked for it, and proved the address, is told what was decided, why, and what to do."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from blog.models import Post, User
from comments import outbox
from comments.models import Address, Comment, Notice, Subscription
from moderation.actors import person
from moderation.decisions import decide, decide_by_sender, undo
from tests.post_office import Office, subject_of, subscribed

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(post: Post, office: Office, settings) -> Comment:
    """Waits for a person; its sender wants to know what becomes of it."""
    settings.NOTIFY_AUTHORS = False
    return subscribed(post)


def at(hours: float) -> datetime:
    return timezone.now() + timedelta(hours=hours)


def act(comment: Comment, action: str, seen: int, moderator: User, hours: float, **more):
    made = decide(comment.pk, action, seen=seen, actor=person(moderator), now=at(hours), **more)
    outbox.send_due(at(hours + 0.5))
    return made


def test_a_rejection_says_why_in_whose_words_and_where_to_go_on(comment, moderator: User, office: Office) -> None:
    act(comment, "reject", 1, moderator, 1, reason="off_topic", note="a note", message="Please see our rules.\x0bX: y")
    (mail,) = office.mails
    assert subject_of(mail) == f"Not published: your comment on “{comment.post.title}”"
    text = mail.get_content()
    assert "Reason: Off the topic." in text
    assert "> Please see our rules.X: y" in text
    assert "a note" not in text, "the note is for the log"
    assert f"http://blog.example{comment.status_address}" in text


def test_a_publication_leads_to_the_comment(comment: Comment, moderator: User, office: Office) -> None:
    act(comment, "approve", 1, moderator, 1)
    assert office.subjects == [f"Published: your comment on “{comment.post.title}”"]
    assert f"http://blog.example/comments/{comment.pk}/" in office.mails[0].get_content()


def test_what_was_filed_as_spam_is_told_too(comment: Comment, moderator: User, office: Office) -> None:
    act(comment, "spam", 1, moderator, 1)
    assert office.subjects == [f"Your comment on “{comment.post.title}” was filed as spam"]


def test_an_undo_cancels_what_is_not_sent_and_the_next_decision_is_told(comment, moderator, office: Office) -> None:
    made = decide(comment.pk, "reject", seen=1, actor=person(moderator), reason="hate", now=at(1))
    undo(made.pk, seen=2, actor=person(moderator), now=at(1))
    act(comment, "approve", 3, moderator, 2)
    assert [subject.partition(":")[0] for subject in office.subjects] == ["Published"]


def test_the_same_news_is_not_told_twice_and_other_news_is(comment: Comment, moderator: User, office: Office) -> None:
    act(comment, "reject", 1, moderator, 1, reason="hate")
    act(comment, "approve", 2, moderator, 2)
    act(comment, "hold", 3, moderator, 3)
    act(comment, "approve", 4, moderator, 4)
    act(comment, "reject", 5, moderator, 5, reason="off_topic")
    assert [subject.partition(":")[0] for subject in office.subjects] == [
        "Not published",
        "Published",
        "Not published",
    ]


def test_who_takes_a_comment_back_needs_no_mail_about_it(comment: Comment, office: Office) -> None:
    decide_by_sender(comment.pk, "withdraw", seen=1, now=at(1))
    assert not Notice.objects.exists()


def test_a_post_that_is_not_public_any_more_is_not_named(comment: Comment, moderator: User, office: Office) -> None:
    made = decide(comment.pk, "approve", seen=1, actor=person(moderator), now=at(1))
    Post.objects.update(status="draft")
    outbox.send_due(at(2))
    assert office.mails == []
    assert Notice.objects.get(decision_id=made.pk).state == "cancelled"


def test_an_erasure_takes_the_address_and_all_that_was_due(comment: Comment, editor: User, office: Office) -> None:
    decide(comment.pk, "reject", seen=1, actor=person(editor), reason="hate", now=at(1))
    decide(comment.pk, "erase", seen=2, actor=person(editor), now=at(1))
    outbox.send_due(at(2))
    assert office.mails == []
    assert not (Notice.objects.exists() or Subscription.objects.exists() or Address.objects.exists())
