"""What happened to the comments that a page shows since it was made: decisions of others, claims, and counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blog.models import User
from moderation import claims, queue
from moderation.models import Decision, LedgerHead
from moderation.script_answers import told_of, what_now

MOST_SHOWN = 100
MOST_DECISIONS = 200


@dataclass(frozen=True, slots=True)
class News:
    """`after` is the number from which the next question goes on; the others are by comment, or by tab."""

    after: int
    decisions: dict[int, dict]
    claims: dict[int, str]
    counts: dict[str, str]


def since(after: int, shown: Sequence[int], viewer: User, now: datetime) -> News:
    """News about the comments `shown`, at most MOST_SHOWN of them, from the decision with the number `after` on.

    Of several decisions about one comment the latest is told. Which of them are news the page knows best: it has the
    version of each comment that it shows, and knows its own acts.
    """
    shown = list(shown)[:MOST_SHOWN]
    last = LedgerHead.objects.filter(pk=1).values_list("last", flat=True).first() or 0
    made = Decision.objects.filter(comment__in=shown, pk__gt=after).select_related("comment").order_by("-pk")
    latest: dict[int, Decision] = {}
    for decision in made[:MOST_DECISIONS]:
        latest.setdefault(decision.comment_id, decision)
    return News(
        after=max(last, after),
        decisions={
            pk: {**told_of(decision), "version": decision.to_version, "more": what_now(decision.comment)}
            for pk, decision in latest.items()
        },
        claims=claims.of_others(viewer, shown, now),
        counts={code: count for code, _, count in queue.counts() if count},
    )
