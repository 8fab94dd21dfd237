"""What follows from a decision, in its transaction and in this order. Read it to know what one act sets going.

Here the head of the ledger is locked already: a consequence may insert rows, and change rows that hang on this one
comment, which is locked too. It must not lock another comment or a post, nor send or compute anything slow.
"""

from datetime import datetime

from comments import notices
from comments.models import Comment
from moderation import checks, claims, joining_campaigns, lessons, ranking, reports, tallies
from moderation.models import Decision
from moderation.settling import settle_appeals


def follow(decision: Decision, comment: Comment, now: datetime) -> None:
    """`comment` is as it was before; what it is now stands in `decision.after` and `decision.to_status`."""
    claims.release(comment.pk)
    ranking.follow(decision, now)
    reports.settle(decision, comment, now)
    notices.on_decision(comment, decision.pk, decision.to_status, now)
    checks.draw(decision, comment, now)
    lessons.follow(decision, now)
    tallies.count(decision, comment, now)
    joining_campaigns.follow(comment, decision.to_status)
    settle_appeals(decision, comment, now)
