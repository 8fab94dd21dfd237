"""What is counted by day, in the transaction of each decision.

Whoever counts here holds the head of the ledger, so all who change tallies come one after the other and none can wait
for another in a circle. A page of numbers then reads a few thousand small rows, whatever the number of decisions.

Names: "act.<action>.<who>", "reason.<code>" of a rejection, "by.<user>" what one person did, "wait.<who>.<bucket>" how
long a comment had waited, "held.<why>.<end>" what became of held comments, "finding.<code>.<end>" what became of those
that a filter had found something in. An undone decision stays counted, and is counted again on its own day under
"undone:" and its name.
"""

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from comments.models import Comment
from moderation.models import DayTally, Decision, LedgerHead, Review
from moderation.verdict import THRESHOLDS
from moderation.waits import bucket_of

A, S, WHO = Decision.Action, Comment.Status, Decision.ActorKind
CHUNK = 1000
UNDONE = "undone:"
ENDS = {S.PUBLISHED: "published", S.REJECTED: "refused", S.SPAM: "refused"}
ABOUT_EDITS = (A.ACCEPT_EDIT, A.REFUSE_EDIT)
SUSPICIOUS, WAITING, WITHHELD = "suspicious", "waiting", "withheld"


def count(decision: Decision, comment: Comment, now: datetime) -> None:
    """Count one decision, made now. `comment` is as it was before."""
    for (day, by), names in _counted(decision, comment, now).items():
        _add(day, names, by)


def recount() -> int:
    """Count all decisions anew, and return how many there are; nobody can decide meanwhile.

    For a site whose decisions are older than the tallies, and for tests: what was counted one by one must be the same.
    """
    with transaction.atomic():
        LedgerHead.objects.select_for_update().filter(pk=1).first()
        DayTally.objects.all().delete()
        counts: Counter[tuple[date, str]] = Counter()
        total = 0
        for decision in Decision.objects.select_related("comment", "reverses").order_by("pk").iterator(CHUNK):
            total += 1
            for (day, by), names in _counted(decision, decision.comment, decision.created_at).items():
                counts.update({(day, name): by for name in names})
        rows = (DayTally(day=day, name=name, count=max(0, number)) for (day, name), number in counts.items())
        DayTally.objects.bulk_create(rows, batch_size=CHUNK)
    return total


def _counted(decision: Decision, comment: Comment, now: datetime) -> dict[tuple[date, int], list[str]]:
    """What a decision adds to: by day and by how much, the names."""
    today = timezone.localdate(now)
    names = [f"by.{decision.actor_id}"] if decision.actor_kind == WHO.PERSON and decision.actor_id else []
    if decision.action != A.UNDO:
        return {(today, 1): [*names, *_judgement(decision), *_wait(decision, comment, now)]}
    counted = {(today, 1): [*names, f"act.{A.UNDO}.{decision.actor_kind}"]}
    undone, by = _undone(decision)
    if undone:
        again = [UNDONE + name for name in _judgement(undone)]
        counted.setdefault((timezone.localdate(undone.created_at), by), []).extend(again)
    return counted


def _judgement(decision: Decision) -> list[str]:
    """What a decision counts for and, once undone, counts for no more."""
    names = [f"act.{decision.action}.{decision.actor_kind}"]
    if decision.reason:
        names.append(f"reason.{decision.reason}")
    end = ENDS.get(decision.to_status) if decision.from_status == S.PENDING else None
    if end is None:
        return names
    codes = {code for code, _ in decision.signals}
    if decision.actor_kind == WHO.PERSON:
        held, codes = _held(decision)
        if held:
            names.append(f"held.{held}.{end}")
    return names + [f"finding.{code}.{end}" for code in sorted(codes)]


def _held(decision: Decision) -> tuple[str, set[str]]:
    """Why the machine had held what a person decided about, "" where it had not, and the codes of its findings."""
    latest = Review.objects.filter(comment=decision.comment_id, created_at__lte=decision.created_at).order_by("-pk")[:1]
    found = list(
        Review.objects.filter(pk__in=latest.values("pk")).values_list("outcome", "score", "withheld", "signals__code")
    )
    if not found:
        return "", set()
    outcome, score, withheld, _ = found[0]
    codes = {code for *_, code in found if code}
    if outcome != Review.Outcome.HOLD:
        return "", codes
    if withheld:
        return WITHHELD, codes
    return SUSPICIOUS if score >= THRESHOLDS["hold"] else WAITING, codes


def _wait(decision: Decision, comment: Comment, now: datetime) -> list[str]:
    """How long it had waited: since it was sent, or since what made it wait again, to the first word about it."""
    if decision.actor_kind == WHO.SENDER or decision.action == A.ERASE:
        return []
    if decision.from_status != S.PENDING and decision.action not in ABOUT_EDITS:
        return []
    since = comment.created_at
    if decision.from_version > 1:
        # An edit of what waits already does not make it wait less.
        before = Decision.objects.filter(comment=comment, pk__lt=decision.pk)
        before = before.exclude(action=A.EDIT, from_status=S.PENDING).order_by("-pk")
        since = before.values_list("created_at", flat=True).first() or since
    return [f"wait.{decision.actor_kind}.{bucket_of((now - since).total_seconds())}"]


def _undone(undo: Decision) -> tuple[Decision | None, int]:
    """The judgement at the end of a chain of undos, and 1 where it is now undone, -1 where it stands again."""
    by, reversed_decision = 1, undo.reverses
    while reversed_decision and reversed_decision.action == A.UNDO:
        by, reversed_decision = -by, reversed_decision.reverses
    return reversed_decision, by


def _add(day: date, names: list[str], by: int) -> None:
    """Add to counts of one day; 1 query, and 2 more for names that the day has not seen yet."""
    # Never under zero: an undone decision may be older than its tally.
    more = Greatest(F("count") + by, 0)
    if DayTally.objects.filter(day=day, name__in=names).update(count=more) == len(names):
        return
    there = set(DayTally.objects.filter(day=day, name__in=names).values_list("name", flat=True))
    DayTally.objects.bulk_create(DayTally(day=day, name=name, count=max(by, 0)) for name in names if name not in there)
