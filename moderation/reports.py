"""Readers' reports beside the decisions: what settles them, how they count, and what the desk shows of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from blog.models import User
from comments.models import Comment, Sender
from moderation import ranking
from moderation.models import Decision, Report
from moderation.reporting import Outcome, Record, Voice, come_to

A, STATE, PERSON = Decision.Action, Report.State, Decision.ActorKind.PERSON
UPHOLDING = frozenset({A.REJECT, A.SPAM, A.HOLD})
MOST_SHOWN = 20  # reports of one comment on the desk
MOST_WEIGHED = 1000  # the door lets in one report a minute and comment; more open ones than this say nothing new


@dataclass(frozen=True, slots=True)
class Filed:
    """One open report as the desk shows it. `record` is in words; `older` says that it is about an earlier text."""

    report: Report
    record: str
    older: bool


@dataclass(frozen=True, slots=True)
class Filing:
    """The open reports of one comment: the heaviest first, how many more there are, and what they come to.

    `last` is the number of the newest one: a dismissal is about those up to it. `reasons` are codes with how often.
    """

    shown: list[Filed]
    more: int
    outcome: Outcome
    last: int
    reasons: list[tuple[str, int]]


def settle(decision: Decision, comment: Comment, now: datetime) -> None:
    """Let the open reports of a comment follow the decision just made about it, in its transaction.

    A person who refuses, files as spam or holds the comment upholds them, one who approves it dismisses them; what is
    withdrawn or erased leaves nothing to judge. Undoing opens them again, and undoing that settles them as before.
    """
    rows = Report.objects.filter(comment=comment)
    by_person = decision.actor_kind == PERSON
    touched = 0
    if decision.action == A.UNDO:
        last = rows.filter(decision=decision.reverses_id)
        settled = list(last.exclude(state=STATE.OPEN).values_list("pk", flat=True))  # before the next ones join them
        again = STATE.DISMISSED if decision.to_status == Comment.Status.PUBLISHED else STATE.UPHELD
        touched += _decided(last.filter(state=STATE.OPEN), again, decision, now)
        touched += rows.filter(pk__in=settled).update(
            state=STATE.OPEN, decided_at=None, decided_by=None, decided_by_name="", decision=decision
        )
        if decision.to_status not in (Comment.Status.PUBLISHED, Comment.Status.PENDING):
            # Refused again: what was reported in between was right, and nothing is left that could be decided.
            touched += _decided(rows.filter(state=STATE.OPEN), STATE.UPHELD, decision, now)
    elif not comment.open_reports:
        return
    elif decision.action in (A.WITHDRAW, A.ERASE):
        touched = _decided(rows.filter(state=STATE.OPEN), STATE.MOOT, decision, now)
    elif by_person and decision.action in UPHOLDING:
        touched = _decided(rows.filter(state=STATE.OPEN), STATE.UPHELD, decision, now)
    elif by_person and decision.action == A.APPROVE:
        touched = _decided(rows.filter(state=STATE.OPEN), STATE.DISMISSED, decision, now)
    if touched:
        recount(comment, now)


def _decided(rows: QuerySet, state: str, decision: Decision, now: datetime) -> int:
    return rows.update(
        state=state,
        decided_at=now,
        decided_by=decision.actor_id if decision.actor_kind == PERSON else None,
        decided_by_name=decision.actor_name,
        decision=decision,
    )


def recount(comment: Comment, now: datetime) -> Outcome:
    """Note on the comment how many reports are open and how soon a person should look. Returns what they come to.

    The caller holds the comment's row lock, in the transaction that changed the reports. The order of the queue by
    more than reports is ranking's business: this is the one place that hands it over.
    """
    found = list(
        Report.objects.filter(comment=comment, state=STATE.OPEN)
        .order_by("pk")
        .only("network", "user_id", "weight", "fresh", "revision", "reason", "created_at")[:MOST_WEIGHED]
    )
    outcome = come_to(_voice(report) for report in found if report.revision == comment.revision)
    since = found[0].created_at if found else comment.created_at
    weight = come_to(_voice(report) for report in found).weight
    reasons = {report.reason for report in found}
    ranking.refresh(comment.pk, now, open_reports=len(found), weight=weight, reasons=reasons, since=since)
    return outcome


def _voice(report: Report) -> Voice:
    return Voice(f"staff:{report.user_id}" if report.user_id else report.network, report.weight, report.fresh)


def stand_in_the_way(comment: Comment, said: Decision | None) -> str:
    """Why reports may not hold this comment by themselves, in words; "" where they may.

    `said` is the latest Decision that a person made about it. A person who looked after the first of the reports knew
    of them; and one who dismissed reports of this very text has answered those that say the same again.
    """
    reports = Report.objects.filter(comment=comment)
    if reports.filter(revision=comment.revision, state=STATE.DISMISSED).exists():
        return "A moderator dismissed reports of this text before, so a person decides about new ones."
    first = reports.filter(state=STATE.OPEN).order_by("created_at").values_list("created_at", flat=True).first()
    if first is None:
        return "No report about this comment is open."
    if said and said.created_at >= first:
        return f"{said.actor_name} decided since the first of the reports, so a person decides about new ones."
    return ""


def record_of(sender: Sender | None, user: User | None) -> Record:
    """How often this reporter was right, by the browser's proven token or the account."""
    if user is not None:
        return _records("user", [user.pk]).get(user.pk, Record())
    if sender is None or sender.pk is None:
        return Record()
    return _records("sender", [sender.pk]).get(sender.pk, Record())


def of(comment_ids: Iterable[int]) -> dict[int, Filing]:
    """The open reports of some comments, in a number of queries that does not grow; comments without any are left out.

    Of each comment the MOST_SHOWN heaviest are read in full, and of all others what they weigh.
    """
    ids = list(comment_ids)
    rows = Report.objects.filter(comment__in=ids, state=STATE.OPEN)
    nth = Window(RowNumber(), partition_by=F("comment"), order_by=[F("weight").desc(), F("pk").desc()])
    shown = rows.select_related("comment", "user").defer("comment__body", "comment__html", "user__about")
    heaviest = list(shown.annotate(nth=nth).filter(nth__lte=MOST_SHOWN).order_by("comment", "-weight", "-pk"))
    newest = Window(RowNumber(), partition_by=F("comment"), order_by=F("pk").asc())
    light = rows.annotate(nth=newest).filter(nth__lte=MOST_WEIGHED).order_by("pk")
    by_sender = _records("sender", {report.sender_id for report in heaviest if report.sender_id})
    by_user = _records("user", {report.user_id for report in heaviest if report.user_id})
    everything: dict[int, list[Report]] = {}
    for report in light.only("comment_id", "network", "user_id", "weight", "fresh", "revision", "reason"):
        everything.setdefault(report.comment_id, []).append(report)
    filed: dict[int, list[Filed]] = {}
    for report in heaviest:
        record = by_user.get(report.user_id) if report.user_id else by_sender.get(report.sender_id)
        said = Filed(report, in_words(record or Record()), report.revision != report.comment.revision)
        filed.setdefault(report.comment_id, []).append(said)
    return {pk: _filing(found, everything.get(pk, [])) for pk, found in filed.items()}


def _filing(shown: list[Filed], everything: list[Report]) -> Filing:
    counts: dict[str, int] = {}
    for report in everything:
        counts[report.reason] = counts.get(report.reason, 0) + 1
    return Filing(
        shown=shown,
        more=max(0, len(everything) - len(shown)),
        outcome=come_to(_voice(report) for report in everything),
        last=max(report.pk for report in everything),
        reasons=sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])),
    )


def in_words(record: Record) -> str:
    """A reporter's record for a person: "right 3 of 4 times"."""
    if not record.decided:
        return "not judged before"
    return f"right {record.upheld} of {record.decided} time{'' if record.decided == 1 else 's'}"


def _records(column: str, keys: Iterable[int]) -> dict[int, Record]:
    found = (
        Report.objects.filter(**{f"{column}__in": list(keys)}, state__in=[STATE.UPHELD, STATE.DISMISSED])
        .order_by()
        .values(column)
        .annotate(
            upheld=Count("pk", filter=Q(state=STATE.UPHELD)), dismissed=Count("pk", filter=Q(state=STATE.DISMISSED))
        )
    )
    return {row[column]: Record(row["upheld"], row["dismissed"]) for row in found}
