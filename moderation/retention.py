"""What ends by time: the retention of spam, full rate-limit buckets, and what campaigns are found by."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef

from comments import flood
from comments.models import Comment
from moderation import decisions, joining_campaigns
from moderation.actors import system
from moderation.models import Appeal, Decision

RULE = "retention-1"


@dataclass(slots=True)
class Expired:
    """How many comments were erased, how many changed under our hands, how many buckets were forgotten."""

    erased: int = 0
    skipped: int = 0
    buckets: int = 0


def expire(now: datetime, most: int = 10_000) -> Expired:
    """Erase at most `most` comments that have been spam since before the retention of SPAM_RETENTION_DAYS.

    Each through its own decision, so the log keeps who had filed it and when it went. Safe to stop and run again.
    Who asked again is answered first: spam with an open appeal stays until then.
    """
    result = Expired(buckets=flood.forget_full(now))
    joining_campaigns.forget_old(now, most)
    before = now - timedelta(days=settings.SPAM_RETENTION_DAYS)
    asked = Appeal.objects.open().filter(comment=OuterRef("pk"))
    # The time runs from the latest decision: an old comment that was filed yesterday is kept like any other.
    filed = Decision.objects.filter(comment=OuterRef("pk"), created_at__gt=before)
    spam = Comment.objects.filter(status=Comment.Status.SPAM, created_at__lt=before)
    due = spam.filter(~Exists(asked), ~Exists(filed)).order_by("pk")
    for comment_id, version in due.values_list("pk", "version")[:most]:
        try:
            decisions.decide(comment_id, "erase", seen=version, actor=system(RULE), now=now)
            result.erased += 1
        except decisions.DecisionError:  # changed, or asked about, while this went through the others
            result.skipped += 1
    return result
