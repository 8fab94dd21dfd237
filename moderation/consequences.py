"""What follows from decisions, in their transaction and in this order. Read it to know what one act sets going.

Here the head of the ledger is locked already: a consequence may insert rows, and change rows that hang on these
comments, which are locked too. It must not lock another comment or a post, nor send or compute anything slow.
"""

from datetime import datetime

from comments import notices
from moderation import checks, claims, joining_campaigns, lessons, ranking, reports, tallies
from moderation.hanging import hanging_on
from moderation.models import Decision
from moderation.settling import settle_appeals


def follow(decisions: list[Decision], now: datetime) -> None:
    """Of each decision `comment` is as it was before; what it is now stands in `after` and `to_version`.

    Statements are as many for a thousand decisions as for one, but for what hangs on few comments: reports, checks
    and appeals are followed one after the other.
    """
    hanging = hanging_on([decision.comment_id for decision in decisions])
    claims.release(hanging["claims"])
    ranking.follow(decisions, now)
    for decision in decisions:
        if decision.comment_id in hanging["reports"]:
            reports.settle(decision, decision.comment, now)
    told = notices.Known(hanging["notices"], hanging["followers"], hanging["silent"])
    notices.on_decisions([(one.comment, one.pk, one.to_status) for one in decisions], now, told)
    checks.draw(decisions, now, open_about=hanging["checks"])
    lessons.follow(decisions, now, taught=hanging["lessons"])
    tallies.count(decisions)
    joining_campaigns.follow([decision for decision in decisions if decision.comment_id in hanging["members"]])
    for decision in decisions:
        if decision.comment_id in hanging["appeals"]:
            settle_appeals(decision, decision.comment, now)
