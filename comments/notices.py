"""Who is told of what: the rows that a decision puts into the outbox, or takes out again, in its own transaction.

Only what is public is told to others; what became of a comment is told to its own author. Whether it is still so is
asked again when the mail is sent (`reply_mail.py`, `outbox.py`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from blog.changing import Changing
from blog.stored import Stored
from comments.models import Comment, Notice, Subscription

PAUSE = timedelta(seconds=60)  # what is undone within a minute was never told
SEEN_AT_ONCE = timedelta(seconds=10)  # who sees it on the page right after sending needs no mail about it
REPLY, NEW, DECISION = "reply", "new_comment", "decision"
OF_PUBLICATION = (REPLY, NEW)
PUBLISHED = Comment.Status.PUBLISHED
TOLD = frozenset({PUBLISHED, Comment.Status.REJECTED, Comment.Status.SPAM})
State = Notice.State


@dataclass(frozen=True, slots=True)
class Known:
    """What there is of some comments, by their numbers; whatever is missing here is not asked about.

    Attributes:
        noticed: those about which there are rows in the outbox, in whatever state.
        followed: those whose author wants mail about them, or the author of their parent about answers.
        silent: those on posts whose author wants no mail.
    """

    noticed: Collection[int]
    followed: Collection[int]
    silent: Collection[int]


def on_decisions(decided: Iterable[tuple[Comment, int, str]], now: datetime, known: Known) -> None:
    """Write what decisions make due, cancel what they make untrue.

    `decided` is each comment as it was before, with the number of the decision and the status that it led to.
    A row is cancelled only while nobody sends it; what is being sent is asked about again by the sender.
    """
    if not settings.NOTICES_BY_MAIL:
        return
    moved = [(comment, decision, status) for comment, decision, status in decided if status != comment.status]
    _cancel_untrue([(comment.pk, status == PUBLISHED) for comment, _, status in moved if comment.pk in known.noticed])
    followers = _followers([comment for comment, *_ in moved if comment.pk in known.followed])
    rows = []
    for comment, decision, status in moved:
        published = status == PUBLISHED
        if published:
            rows += _replies(comment, followers, now)
            rows += [] if comment.pk in known.silent else _to_author(comment, now)
        if status in TOLD and not (published and now - comment.created_at < SEEN_AT_ONCE):
            rows += _to_sender(comment, decision, followers, now)
    _arm(rows, known.noticed, now)


def _cancel_untrue(moved: list[tuple[int, bool]]) -> None:
    """`moved` are comments, and whether they are published now."""
    for is_now in (True, False):
        ids = [pk for pk, published in moved if published == is_now]
        if not ids:
            continue
        _CANCELLING[is_now].change(ids)


def _followers(comments: list[Comment]) -> dict[int, list[Subscription]]:
    """By comment, who asked for mail about it and about answers to it; of these comments and of their parents."""
    found: dict[int, list[Subscription]] = {}
    if comments:
        about = {comment.pk for comment in comments} | {comment.parent_id for comment in comments} - {None}
        wanted = Subscription.objects.filter(comment__in=about, ended_at=None).select_related("comment")
        for subscription in wanted.only("comment", "comment__sender").order_by("pk"):
            found.setdefault(subscription.comment_id, []).append(subscription)
    return found


def _replies(comment: Comment, followers: dict[int, list[Subscription]], now: datetime) -> list[Notice]:
    """To who asked for answers to the parent; not to the one who wrote this answer."""
    return [
        _row(REPLY, f"reply:{comment.pk}:{one.pk}", comment, now, subscription=one)
        for one in followers.get(comment.parent_id, ())
        if not comment.sender_id or one.comment.sender_id != comment.sender_id
    ]


def _to_author(comment: Comment, now: datetime) -> list[Notice]:
    """To the author of the post, who is an account; not about what they wrote themselves."""
    author = comment.post.author_id
    if not settings.NOTIFY_AUTHORS or comment.user_id == author:
        return []
    return [_row(NEW, f"new:{comment.pk}:{author}", comment, now, user_id=author)]


def _to_sender(
    comment: Comment, decision_id: int, followers: dict[int, list[Subscription]], now: datetime
) -> list[Notice]:
    """To the comment's own author, what was decided."""
    return [
        _row(DECISION, f"decision:{decision_id}:{one.pk}", comment, now, subscription=one, decision_id=decision_id)
        for one in followers.get(comment.pk, ())
    ]


def _row(kind: str, key: str, comment: Comment, now: datetime, **changes) -> Notice:
    due = now + PAUSE
    return Notice(kind=kind, key=key, comment=comment, due_at=due, next_try_at=due, created_at=now, **changes)


def _arm(rows: list[Notice], noticed: Collection[int], now: datetime) -> None:
    """Insert the rows; of those that are there already, make due again what was cancelled. What was sent stays sent.

    A row that is being sent right now gets a new `due_at`: should its sender find it untrue, it becomes due again.
    """
    _NOTICES.many(rows)
    keys = [row.key for row in rows if row.comment_id in noticed]
    if not keys:
        return
    known = Notice.objects.filter(key__in=keys)
    known.filter(state=State.CANCELLED).update(state=State.DUE, due_at=now + PAUSE, next_try_at=now + PAUSE, error="")
    known.filter(state=State.SENDING).update(due_at=F("due_at") + PAUSE)


_NOTICES = Stored(Notice, ignores=True)


def _cancelling(untrue: Q) -> Changing:
    cancelled = {"state": State.CANCELLED, "error": "decided otherwise since"}
    return Changing(Notice, lambda ids: (Notice.objects.filter(untrue, comment__in=ids, state=State.DUE), cancelled))


#: By whether the comments are published now.
_CANCELLING = {
    True: _cancelling(Q(kind=DECISION)),
    False: _cancelling(Q(kind__in=(DECISION, *OF_PUBLICATION))),
}
