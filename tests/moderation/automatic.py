"""What the machine decides in tests about automation, and checks of it that were answered."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from moderation import checks
from moderation.actors import system
from moderation.decisions import decide
from moderation.models import Check, Decision
from tests import cast
from tests.moderation.desk import reviewed


def acted(post: Post, action: str = "approve", now: datetime | None = None, **changes: object) -> Decision:
    """The policy approves, or files as spam, a new comment."""
    comment = cast.comment(post, Comment.Status.PENDING, **changes)
    review = reviewed(comment, outcome="publish" if action == "approve" else "spam")
    return decide(comment.pk, action, seen=1, actor=system("policy-1"), review=review.pk, now=now)


def always(settings: object) -> None:
    """From now on every automatic decision is drawn."""
    settings.AUDIT_SHARE = settings.AUDIT_SHARE_ON_TRIAL = 1.0


def drawn(post: Post, action: str = "approve", **changes: object) -> Check:
    """A check of a new automatic decision; `always` comes first."""
    return Check.objects.get(decision=acted(post, action, **changes))


def answered(post: Post, by: User, action: str, answers: Iterable[str], now: datetime | None = None) -> None:
    """Checks of automatic decisions, each answered through the front door."""
    for number, said in enumerate(answers):
        moment = (now or timezone.now()) + timedelta(seconds=number)
        checks.answer(drawn(post, action, now=moment).pk, by, said, moment)


def settled(post: Post, side: str, answers: Iterable[str], drawn_at: datetime | None = None) -> None:
    """Answered checks as rows, without their being weighed one by one."""
    action = "approve" if side == "publish" else "spam"
    for said in answers:
        decision = acted(post, action)
        at = drawn_at or timezone.now()
        given = {"void": said} if said in Check.Void.values else {"answer": said}
        row = {"comment": decision.comment, "machine": side, "revision": 1, "drawn_at": at, "settled_at": at, **given}
        Check.objects.update_or_create(decision=decision, defaults=row)
