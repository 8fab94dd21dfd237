"""The record of one person: how many comments of each status, what was decided last, what was held against them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from comments.models import Comment
from moderation.models import Appeal, Decision, PersonNote, Sanction
from moderation.people import NETWORK, Person

MOST = 30
#: No index knows a network, so for one only the latest comments of the whole site are looked through.
MOST_SIFTED = 5_000


@dataclass(frozen=True, slots=True)
class Held:
    """A sanction, and whether it is in force."""

    sanction: Sanction
    in_force: bool


@dataclass(frozen=True, slots=True)
class Record:
    """Newest first, at most MOST of each kind. `sifted` says that only the site's latest comments were counted."""

    counts: tuple[tuple[str, str, int], ...]
    decisions: tuple[Decision, ...]
    sanctions: tuple[Held, ...]
    notes: tuple[PersonNote, ...]
    appeals: tuple[Appeal, ...]
    reported: int
    sifted: bool

    @property
    def total(self) -> int:
        return sum(count for _, _, count in self.counts)


def record_of(person: Person, now: datetime) -> Record:
    """What is known of somebody, in a number of queries that does not grow."""
    theirs = person.comments
    if person.kind == NETWORK:
        first = Comment.objects.order_by("-pk").values_list("pk", flat=True)[MOST_SIFTED - 1 : MOST_SIFTED].first()
        theirs = theirs.filter(pk__gte=first or 0)
    counted = dict(theirs.order_by().values_list("status").annotate(n=Count("pk")))
    newest = list(theirs.order_by("-pk").values_list("pk", flat=True)[:200])
    return Record(
        counts=tuple((s.value, s.label, counted[s.value]) for s in Comment.Status if counted.get(s.value)),
        decisions=tuple(
            Decision.objects.filter(comment__in=newest)
            .exclude(actor_kind=Decision.ActorKind.SENDER)
            .select_related("comment__post", "words", "reversed_by")
            .defer("comment__html", "comment__body", "comment__post__source", "comment__post__html")
            .order_by("-pk")[:MOST]
        ),
        sanctions=tuple(Held(one, one.is_in_force(now)) for one in person.sanctions.order_by("-pk")[:MOST]),
        notes=tuple(person.notes.order_by("-pk")[:MOST]),
        appeals=tuple(
            Appeal.objects.filter(comment__in=newest).select_related("decision", "sanction").order_by("-pk")[:MOST]
        ),
        reported=theirs.filter(open_reports__gt=0).count(),
        sifted=person.kind == NETWORK,
    )
