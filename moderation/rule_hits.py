"""How often rules hit, and how often people then decided the other way; counted by index, a page of rules at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber

from moderation.foresight import APPROVING, REFUSING
from moderation.models import Decision, Review, Signal

DAYS = 30
#: Of each rule the newest findings that are looked at, so that a rule that hits everything costs no more.
MOST = 1000


@dataclass(frozen=True, slots=True)
class Hits:
    """Of the last 30 days: comments whose latest screening the rule hit, and what people made of those.

    Attributes:
        more: only the newest MOST were counted, and all of them are of these days.
        decided: those that a person judged after it; `overturned` those that they let through.
        last: the latest hit of all time.
    """

    count: int = 0
    more: bool = False
    decided: int = 0
    overturned: int = 0
    last: datetime | None = None

    @property
    def share(self) -> int | None:
        """Percent overturned of those that people decided about; None where there are none."""
        return round(100 * self.overturned / self.decided) if self.decided else None


def hits_of(rules: list[int], now: datetime) -> dict[int, Hits]:
    """The hits of some rules, in one query; a rule that never hit is not in it."""
    newest = (
        Signal.objects.filter(rule__in=rules)
        .annotate(place=Window(RowNumber(), partition_by=F("rule"), order_by=F("pk").desc()))
        .filter(place__lte=MOST)
    )
    later = Review.objects.filter(comment=OuterRef("review__comment"), pk__gt=OuterRef("review"))
    said = Decision.objects.filter(
        comment=OuterRef("review__comment"),
        created_at__gte=OuterRef("review__created_at"),
        actor_kind=Decision.ActorKind.PERSON,
        action__in=APPROVING | REFUSING,
        reversed_by__isnull=True,
    )
    recent = Q(review__created_at__gte=now - timedelta(days=DAYS))
    rows = (
        Signal.objects.filter(pk__in=newest.values("pk"))
        .annotate(current=~Exists(later), said=Subquery(said.order_by("-pk").values("action")[:1]))
        .values("rule")
        .annotate(
            found=Count("pk", filter=recent),
            count=Count("pk", filter=recent & Q(current=True)),
            decided=Count("pk", filter=recent & Q(current=True, said__isnull=False)),
            overturned=Count("pk", filter=recent & Q(current=True, said__in=APPROVING)),
            last=Max("review__created_at"),
        )
        .order_by()
    )
    return {
        row["rule"]: Hits(row["count"], row["found"] == MOST, row["decided"], row["overturned"], row["last"])
        for row in rows
    }
