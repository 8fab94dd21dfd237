"""Who asked for it is told of an answer: after it is public, once, and not when it was taken back in time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Post, User
from comments import outbox, subscriptions
from comments.models import Comment, Notice, Subscription
from moderation.actors import person
from moderation.decisions import decide, undo
from tests.comments.submissions import send
from tests.post_office import Office, subject_of, subscribed

pytestmark = pytest.mark.django_db
CORA = "cora@readers.example"


@pytest.fixture
def asked(post: Post, moderator: User, office: Office, settings) -> Comment:
    """A public comment whose sender wants to know of answers; nothing is waiting to be sent."""
    settings.NOTIFY_AUTHORS = False
    comment = subscribed(post)
    decide(comment.pk, "approve", seen=1, actor=person(moderator))
    outbox.send_due(timezone.now() + timedelta(hours=1))
    office.mails.clear()
    comment.refresh_from_db()
    return comment


def answer(asked: Comment, key: str = "answer", **changes) -> Comment:
    return send(asked.post, "Is that so? I had thought the hinge was oak.", parent=asked, key=key, **changes)


def deliver(hours: float = 2) -> outbox.Sent:
    return outbox.send_due(timezone.now() + timedelta(hours=hours))


def test_an_answer_is_told_after_it_was_published_and_not_before(asked: Comment, moderator: User, office) -> None:
    reply = answer(asked)
    deliver()
    assert office.mails == []
    decide(reply.pk, "approve", seen=1, actor=person(moderator))
    assert deliver().sent == 1
    (mail,) = office.to(CORA)
    assert subject_of(mail) == f"Reader answered you on “{asked.post.title}”"
    assert "I had thought the hinge was oak" in mail.get_content()
    assert f"http://blog.example/comments/{reply.pk}/" in mail.get_content()


def test_it_is_told_once_whatever_happens_to_the_answer_later(asked: Comment, moderator: User, office) -> None:
    reply = answer(asked)
    for number, act in enumerate(("approve", "hold", "approve", "spam", "not_spam", "approve"), start=1):
        decide(reply.pk, act, seen=number, actor=person(moderator))
        deliver(number)
    deliver(99)
    assert len(office.mails) == 1


def test_an_undo_within_a_minute_cancels_it_and_a_second_approval_sends_it(asked: Comment, moderator: User, office):
    reply, now = answer(asked), timezone.now()
    made = decide(reply.pk, "approve", seen=1, actor=person(moderator), now=now)
    outbox.send_due(now + timedelta(seconds=59))
    undo(made.pk, seen=2, actor=person(moderator), now=now + timedelta(seconds=59))
    outbox.send_due(now + timedelta(minutes=10))
    assert office.mails == []
    decide(reply.pk, "approve", seen=3, actor=person(moderator), now=now + timedelta(hours=1))
    outbox.send_due(now + timedelta(hours=2))
    assert len(office.mails) == 1


def test_what_is_no_longer_so_is_not_told(asked: Comment, moderator: User, office: Office) -> None:
    """Asked again at the moment of sending, past the cancelling that a decision does itself."""
    spoil = {
        "post taken back": lambda reply: Post.objects.filter(pk=reply.post_id).update(status="draft"),
        "parent refused": lambda reply: Comment.objects.filter(pk=asked.pk).update(status="rejected"),
        "answer hidden": lambda reply: Comment.objects.filter(pk=reply.pk).update(status="spam"),
        "ended": lambda reply: Subscription.objects.update(ended_at=timezone.now()),
    }
    for name, act in spoil.items():
        reply = answer(asked, key=name)
        decide(reply.pk, "approve", seen=1, actor=person(moderator))
        act(reply)
        assert deliver().cancelled == 1, name
        Post.objects.update(status="published")
        Comment.objects.filter(pk=asked.pk).update(status="published")
    assert office.mails == []
    assert set(Notice.objects.filter(kind="reply").values_list("state", flat=True)) == {"cancelled"}


def test_who_answers_themselves_is_not_told(asked: Comment, moderator: User, office: Office) -> None:
    reply = answer(asked, sender=asked.sender)
    assert reply.is_published, "somebody approved this browser before"
    deliver()
    assert office.mails == []


def test_who_never_confirmed_is_told_nothing_until_they_do(post: Post, moderator: User, office: Office, settings):
    settings.NOTIFY_AUTHORS = False
    comment = subscribed(post, proven=False)
    decide(comment.pk, "approve", seen=1, actor=person(moderator), now=timezone.now() + timedelta(minutes=1))
    decide(answer(comment).pk, "approve", seen=1, actor=person(moderator))
    deliver()
    assert office.subjects == ["Is this your address? – Gatepost"]
    subscriptions.confirm(Subscription.objects.get(comment=comment), timezone.now())
    deliver(3)
    assert len(office.mails) == 3, "what came of the comment, and the answer"


def test_nothing_is_written_where_no_mail_can_leave(post: Post, moderator: User, settings) -> None:
    settings.NOTICES_BY_MAIL = False
    decide(send(post).pk, "approve", seen=1, actor=person(moderator))
    assert not Notice.objects.exists()
