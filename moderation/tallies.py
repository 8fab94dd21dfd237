"""What is counted by day, in the transaction of each decision.

Whoever counts here holds the head of the ledger, so all who change tallies come one after the other and none can wait
for another in a circle. A page of numbers then reads a few thousand small rows, whatever the number of decisions.

Names: "act.<action>.<who>", "reason.<code>" of a rejection, "by.<user>" what one person did, "wait.<who>.<bucket>" how
long a comment had waited, "held.<why>.<end>" what became of held comments, "finding.<code>.<end>" what became of those
that a filter had found something in. An undone decision stays counted, and is counted again on its own day under
"undone:" and its name.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django.db import transaction
from django.db.models import Case, F, When
from django.db.models.functions import Greatest
from django.utils import timezone

from blog.changing import Changing
from blog.prepared import Prepared
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


def count(decisions: Iterable[Decision]) -> None:
    """Count decisions that were just made; of each, `comment` and `reverses` are in hand."""
    by_day: dict[date, dict[str, int]] = {}
    for (day, name), by in _counted(decisions).items():
        by_day.setdefault(day, {})[name] = by
    for day, counts in by_day.items():
        _add(day, counts)


def recount() -> int:
    """Count all decisions anew, and return how many there are; nobody can decide meanwhile.

    For a site whose decisions are older than the tallies, and for tests: what was counted one by one must be the same.
    """
    with transaction.atomic():
        LedgerHead.objects.select_for_update().filter(pk=1).first()
        DayTally.objects.all().delete()
        counts: Counter[tuple[date, str]] = Counter()
        total = last = 0
        made = Decision.objects.select_related("comment", "reverses").defer("comment__body", "comment__html")
        while chunk := list(made.filter(pk__gt=last).order_by("pk")[:CHUNK]):
            total, last = total + len(chunk), chunk[-1].pk
            for key, by in _counted(chunk).items():
                counts[key] += by
        rows = (DayTally(day=day, name=name, count=max(0, number)) for (day, name), number in counts.items())
        DayTally.objects.bulk_create(rows, batch_size=CHUNK)
    return total


def _counted(decisions: Iterable[Decision]) -> Counter[tuple[date, str]]:
    """What decisions add to, and by how much: by day and name."""
    decisions = list(decisions)
    undone = _undone([decision for decision in decisions if decision.action == A.UNDO])
    judged = [decision for decision in decisions if decision.action != A.UNDO]
    held = _held([*judged, *(decision for decision, _ in undone.values())])
    since = _waited_since(judged)
    counts: Counter[tuple[date, str]] = Counter()
    for decision in decisions:
        today = timezone.localdate(decision.created_at)
        names = [f"by.{decision.actor_id}"] if decision.actor_kind == WHO.PERSON and decision.actor_id else []
        if decision.action != A.UNDO:
            names += [*_judgement(decision, held), *_wait(decision, since)]
        else:
            names.append(f"act.{A.UNDO}.{decision.actor_kind}")
            if decision.pk in undone:
                judgement, by = undone[decision.pk]
                then = timezone.localdate(judgement.created_at)
                for name in _judgement(judgement, held):
                    counts[then, UNDONE + name] += by
        for name in names:
            counts[today, name] += 1
    return counts


def _judgement(decision: Decision, held: dict[int, tuple[str, set[str]]]) -> list[str]:
    """What a decision counts for and, once undone, counts for no more."""
    names = [f"act.{decision.action}.{decision.actor_kind}"]
    if decision.reason:
        names.append(f"reason.{decision.reason}")
    end = _end(decision)
    if not end:
        return names
    codes = {code for code, _ in decision.signals}
    if decision.actor_kind == WHO.PERSON:
        why, codes = held.get(decision.pk, ("", set()))
        if why:
            names.append(f"held.{why}.{end}")
    return names + [f"finding.{code}.{end}" for code in sorted(codes)]


def _end(decision: Decision) -> str:
    """What became of a comment that waited."""
    return ENDS.get(decision.to_status, "") if decision.from_status == S.PENDING else ""


def _held(decisions: Iterable[Decision]) -> dict[int, tuple[str, set[str]]]:
    """Of decisions by people about what waited: why the machine had held it, "" where it had not, and what it found.

    By the number of the decision; nothing where the machine had not looked before.
    """
    asked = [decision for decision in decisions if decision.actor_kind == WHO.PERSON and _end(decision)]
    reviews: dict[int, list[list]] = {}
    for comment, *review in _REVIEWS.values({decision.comment_id for decision in asked}) if asked else ():
        reviews.setdefault(comment, []).append(review)
    found = {}
    for decision in asked:
        before = [review for review in reviews.get(decision.comment_id, ()) if review[1] <= decision.created_at]
        if before:
            latest = max(before, key=lambda review: review[0])
            codes = {code for pk, *_, code in before if pk == latest[0] and code}
            found[decision.pk] = _why_held(*latest[2:5]), codes
    return found


def _why_held(outcome: str, score: float, withheld: str) -> str:
    if outcome != Review.Outcome.HOLD:
        return ""
    if withheld:
        return WITHHELD
    return SUSPICIOUS if score >= THRESHOLDS["hold"] else WAITING


_REVIEWS = Prepared(
    Review,
    lambda ids: Review.objects.filter(comment__in=ids).order_by().values_list(
        "comment", "pk", "created_at", "outcome", "score", "withheld", "signals__code"
    ),
)  # fmt: skip


def _waits(decision: Decision) -> bool:
    """Whether the decision ended a wait, of the comment or of an edit."""
    if decision.actor_kind == WHO.SENDER or decision.action == A.ERASE:
        return False
    return decision.from_status == S.PENDING or decision.action in ABOUT_EDITS


def _waited_since(decisions: Iterable[Decision]) -> dict[int, datetime]:
    """By the number of the decision, when a wait began that an earlier decision began."""
    asked = [decision for decision in decisions if decision.from_version > 1 and _waits(decision)]
    if not asked:
        return {}
    # An edit of what waits already does not make it wait less.
    earlier = Decision.objects.filter(comment__in={decision.comment_id for decision in asked})
    earlier = earlier.exclude(action=A.EDIT, from_status=S.PENDING).order_by("pk")
    began: dict[int, list[tuple[int, datetime]]] = {}
    for comment, pk, at in earlier.values_list("comment", "pk", "created_at"):
        began.setdefault(comment, []).append((pk, at))
    since = {}
    for decision in asked:
        before = [at for pk, at in began.get(decision.comment_id, ()) if pk < decision.pk]
        if before:
            since[decision.pk] = before[-1]
    return since


def _wait(decision: Decision, since: dict[int, datetime]) -> list[str]:
    """How long it had waited: since it was sent, or since what made it wait again, to the first word about it."""
    if not _waits(decision):
        return []
    waited = decision.created_at - since.get(decision.pk, decision.comment.created_at)
    return [f"wait.{decision.actor_kind}.{bucket_of(waited.total_seconds())}"]


def _undone(undos: list[Decision]) -> dict[int, tuple[Decision, int]]:
    """By the number of an undo, the judgement at the end of its chain, and 1 where that is now undone, else -1."""
    ends = {undo.pk: (undo.reverses, 1) for undo in undos if undo.reverses}
    while further := [decision for decision, _ in ends.values() if decision.action == A.UNDO]:
        reversed_by = Decision.objects.in_bulk({decision.reverses_id for decision in further})
        for pk, (decision, by) in list(ends.items()):
            if decision.action == A.UNDO:
                ends[pk] = reversed_by[decision.reverses_id], -by
    return ends


def _add(day: date, counts: dict[str, int]) -> None:
    """Add to counts of one day; 1 query, and 2 more for names that the day has not seen yet."""
    by = set(counts.values())
    rows = DayTally.objects.filter(day=day, name__in=counts)
    if len(by) == 1:
        changed = _adding(len(counts)).change(
            day=day, by=by.pop(), **dict(zip(_names(len(counts)), counts, strict=True))
        )
    else:
        changed = rows.update(count=_more(Case(*(When(name=name, then=n) for name, n in counts.items()))))
    if changed == len(counts):
        return
    there = set(rows.values_list("name", flat=True))
    DayTally.objects.bulk_create(
        DayTally(day=day, name=name, count=max(n, 0)) for name, n in counts.items() if name not in there
    )


def _more(by: Case | int) -> Greatest:
    """Never under zero: an undone decision may be older than its tally."""
    return Greatest(F("count") + by, 0)


@lru_cache(maxsize=64)
def _adding(number: int) -> Changing:
    """The UPDATE that adds the same to so many counts of a day."""
    return Changing(
        DayTally,
        lambda day, by, **names: (DayTally.objects.filter(day=day, name__in=names.values()), {"count": _more(by)}),
        day=date(1999, 9, 9),
        by=919_191,
        **{name: f"919191-{name}" for name in _names(number)},
    )


def _names(number: int) -> list[str]:
    return [f"name{at}" for at in range(number)]
