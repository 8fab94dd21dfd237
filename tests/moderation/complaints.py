"""How tests complain: reports of readers from networks of their own, and notices of illegal content."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment, Sender
from moderation import filing, illegal
from moderation.models import IllegalContentNotice, Report
from moderation.noticed import Target
from tests import cast

_number = itertools.count(1)


def sender(days: float = 30, right: int = 0, wrong: int = 0, now: datetime | None = None) -> Sender:
    """A browser first seen so many days ago, whose reports were so often right and wrong."""
    now = now or timezone.now()
    made = Sender.objects.create(created_at=now - timedelta(days=days))
    if right + wrong:
        other = cast.comment(Post.objects.order_by("pk").first(), Comment.Status.REJECTED)
        Report.objects.bulk_create(
            Report(
                comment=other, revision=1000 + next(_number), reason="spam", sender=made, weight=1,
                state="upheld" if number < right else "dismissed",
            )
            for number in range(right + wrong)
        )  # fmt: skip
    return made


def complaint(by: Sender | User | None = None, network: str = "", **changes: Any) -> filing.Complaint:
    """What somebody says; without more, an old browser of which nothing is known, in a network of its own."""
    network = network or f"681:{next(_number):032x}"
    given = {"reason": "spam", "words": "", **changes}
    if isinstance(by, User):
        return filing.Complaint(sender=None, user=by, network=network, **given)
    return filing.Complaint(sender=by or sender(), user=None, network=network, **given)


def report(
    comment: Comment, by: Sender | User | None = None, network: str = "", now: datetime | None = None, **changes: Any
) -> Report | None:
    """Report a comment, as the page does it; None where it was a repetition."""
    return filing.file(comment.pk, complaint(by, network, **changes), now or timezone.now())


def states(comment: Comment) -> list[str]:
    """The states of all reports of a comment, in the order in which they came."""
    return list(Report.objects.filter(comment=comment).order_by("pk").values_list("state", flat=True))


def notice_about(*comments: Comment, answer: str = "", now: datetime | None = None, **changes: Any):
    """A notice of illegal content about some comments; with an `answer`, one that was decided as lawful."""
    now = now or timezone.now()
    targets = [Target(comment.get_absolute_url(), comment.pk, None, comment.revision) for comment in comments]
    given = {"why": "This breaks the law, because it does.", "name": "Ada", "email": "ada@people.example", **changes}
    said = illegal.Said(targets, against_children=False, **given)
    notice = illegal.receive(said, f"form-{next(_number)}", now)
    if answer:
        IllegalContentNotice.objects.filter(pk=notice.pk).update(
            state="decided", outcome="none", answer=answer, decided_at=now, decided_by_name="Moderator"
        )
    return notice
