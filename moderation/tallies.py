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

from django.db.models import F
from django.utils import timezone

from comments.models import Comment
from moderation.models import DayTally, Decision, Review
from moderation.verdict import THRESHOLDS
from moderation.waits import bucket_of

A, S, WHO = Decision.Action, Comment.Status, Decision.ActorKind
UNDONE = "undone:"
ENDS = {S.PUBLISHED: "published", S.REJECTED: "refused", S.SPAM: "refused"}
ABOUT_EDITS = (A.ACCEPT_EDIT, A.REFUSE_EDIT)
SUSPICIOUS, WAITING, WITHHELD = "suspicious", "waiting", "withheld"


def count(decision: Decision, comment: Comment, now: datetime) -> None:
    """Count one decision. `comment` is as it was before."""
    today = timezone.localdate(now)
    names = [f"by.{decision.actor_id}"] if decision.actor_kind == WHO.PERSON and decision.actor_id else []
    if decision.action == A.UNDO:
        _add(today, [*names, f"act.{A.UNDO}.{decision.actor_kind}"], 1)
        undone, by = _undone(decision)
        if undone:
            _add(timezone.localdate(undone.created_at), [UNDONE + name for name in _judgement(undone)], by)
        return
    _add(today, [*names, *_judgement(decision), *_wait(decision, comment, now)], 1)


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
    wanted = Counter(names)
    if DayTally.objects.filter(day=day, name__in=wanted).update(count=F("count") + by) == len(wanted):
        return
    there = set(DayTally.objects.filter(day=day, name__in=wanted).values_list("name", flat=True))
    DayTally.objects.bulk_create(DayTally(day=day, name=name, count=max(by, 0)) for name in wanted if name not in there)
