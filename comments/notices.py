"""Who is told of what: the rows that a decision puts into the outbox, or takes out again, in its own transaction.

Only what is public is told to others; what became of a comment is told to its own author. Whether it is still so is
asked again when the mail is sent (`reply_mail.py`, `outbox.py`).
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from comments.models import AuthorMail, Comment, Notice, Subscription

PAUSE = timedelta(seconds=60)  # what is undone within a minute was never told
SEEN_AT_ONCE = timedelta(seconds=10)  # who sees it on the page right after sending needs no mail about it
REPLY, NEW, DECISION = "reply", "new_comment", "decision"
OF_PUBLICATION = (REPLY, NEW)
TOLD = frozenset({Comment.Status.PUBLISHED, Comment.Status.REJECTED, Comment.Status.SPAM})
State = Notice.State


def on_decision(comment: Comment, decision_id: int, to_status: str, now: datetime) -> None:
    """Write what a decision makes due, cancel what it makes untrue. `comment` is as it was before the decision.

    A row is cancelled only while nobody sends it; what is being sent is asked about again by the sender.
    """
    if not settings.NOTICES_BY_MAIL or to_status == comment.status:
        return
    published = to_status == Comment.Status.PUBLISHED
    untrue = Q(kind=DECISION) if published else Q(kind__in=(DECISION, *OF_PUBLICATION))
    Notice.objects.filter(untrue, comment=comment, state=State.DUE).update(
        state=State.CANCELLED, error="decided otherwise since"
    )
    rows = []
    if published:
        rows += [*_replies(comment, now), *_to_author(comment, now)]
    if to_status in TOLD and not (published and now - comment.created_at < SEEN_AT_ONCE):
        rows += _to_sender(comment, decision_id, now)
    _arm(rows, now)


def _replies(comment: Comment, now: datetime) -> list[Notice]:
    """To who asked for answers to the parent; not to the one who wrote this answer."""
    if comment.parent_id is None:
        return []
    wanted = Subscription.objects.filter(comment=comment.parent_id, ended_at=None).select_related("address")
    if comment.sender_id:
        wanted = wanted.exclude(comment__sender=comment.sender_id)
    return [
        _row(REPLY, f"reply:{comment.pk}:{subscription.pk}", comment, now, subscription=subscription)
        for subscription in wanted
    ]


def _to_author(comment: Comment, now: datetime) -> list[Notice]:
    """To the author of the post, who is an account; not about what they wrote themselves."""
    author = comment.post.author_id
    if not settings.NOTIFY_AUTHORS or comment.user_id == author or AuthorMail.objects.filter(user=author).exists():
        return []
    return [_row(NEW, f"new:{comment.pk}:{author}", comment, now, user_id=author)]


def _to_sender(comment: Comment, decision_id: int, now: datetime) -> list[Notice]:
    """To the comment's own author, what was decided."""
    return [
        _row(DECISION, f"decision:{decision_id}:{one.pk}", comment, now, subscription=one, decision_id=decision_id)
        for one in Subscription.objects.filter(comment=comment, ended_at=None)
    ]


def _row(kind: str, key: str, comment: Comment, now: datetime, **changes) -> Notice:
    due = now + PAUSE
    return Notice(kind=kind, key=key, comment=comment, due_at=due, next_try_at=due, created_at=now, **changes)


def _arm(rows: list[Notice], now: datetime) -> None:
    """Insert the rows; of those that are there already, make due again what was cancelled. What was sent stays sent.

    A row that is being sent right now gets a new `due_at`: should its sender find it untrue, it becomes due again.
    """
    if not rows:
        return
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    known = Notice.objects.filter(key__in=[row.key for row in rows])
    known.filter(state=State.CANCELLED).update(state=State.DUE, due_at=now + PAUSE, next_try_at=now + PAUSE, error="")
    known.filter(state=State.SENDING).update(due_at=F("due_at") + PAUSE)
