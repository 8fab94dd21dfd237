"""The mail that tells a comment's author what was decided, written when it is sent; None cancels it."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from blog.site import absolute
from comments import letters
from comments.letters import Letter
from comments.models import Comment, Notice, Reason
from comments.reply_mail import OF_SUBSCRIPTION, footer, stop_address
from moderation.models import Decision

S = Comment.Status


def decision(notice: Notice, now: datetime, others: Sequence[Notice] = ()) -> Letter | None:
    """Published, not published and why, or filed as spam; not where that is no longer so, or was told already."""
    made = Decision.objects.filter(pk=notice.decision_id).select_related("words", "comment__post").first()
    comment = made.comment if made else None
    if comment is None or comment.status != made.to_status or _told(notice) == _of(made):
        return None
    title = letters.header(comment.post.title)
    if comment.status == S.PUBLISHED:
        if not comment.post.is_public(now):
            return None
        subject, says = f"Published: your comment on “{title}”", f"Everybody can read it now:\n{_address(comment)}"
    elif comment.status == S.REJECTED:
        subject, says = f"Not published: your comment on “{title}”", _why(made)
    elif comment.status == S.SPAM:
        subject = f"Your comment on “{title}” was filed as spam"
        says = "Moderators look through these, and can put it right."
    else:
        return None
    body = f"""Your comment on “{title}”, sent {comment.created_at:%-d %B %Y}:

{says}

What became of it, and what you can do: {absolute(comment.status_address)}

{footer(notice.subscription, now)}"""
    return Letter(
        notice.subscription.address.email, subject, body, stop_address(OF_SUBSCRIPTION, notice.subscription_id, now)
    )


def _why(made: Decision) -> str:
    reason = "another one; see the message" if made.reason == Reason.OTHER else Reason(_of(made)[1]).label
    says = f"A moderator of {settings.SITE_NAME} decided not to publish it. Reason: {reason}."
    if made.message:
        lines = "\n".join(f"> {letters.plain(line)}" for line in made.message.split("\n"))
        says += f"\nThey wrote to you:\n\n{lines}"
    return says


def _told(notice: Notice) -> tuple[str, str] | None:
    """What the latest mail about this comment said."""
    sent = Notice.objects.filter(kind=notice.kind, subscription=notice.subscription_id, state=Notice.State.SENT)
    latest = sent.order_by("-sent_at", "-pk").values_list("decision_id", flat=True).first()
    made = Decision.objects.filter(pk=latest).first() if latest else None
    return _of(made) if made else None


def _of(made: Decision) -> tuple[str, str]:
    """State and reason; an undo says neither reason, it stands in the state that it restored."""
    return made.to_status, made.after.get("reason") or made.reason


def _address(comment: Comment) -> str:
    return absolute(comment.get_absolute_url())
