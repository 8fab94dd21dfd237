"""What a reader does about a comment of somebody else: report it. Stored once a reporter and text, then weighed."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from blog.models import User
from blog.retries import retried
from comments.models import Comment, Reason, Sender
from moderation import decisions, reporting, reports
from moderation.actors import system
from moderation.models import Decision, Report
from moderation.reporting import Outcome

MOST_REASONS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a reader says, and who that is: an unsaved `sender` is a browser that was never seen before.

    Of staff the account counts, and neither browser nor network.
    """

    reason: str
    words: str
    sender: Sender | None
    user: User | None
    network: str


@retried
def file(comment_id: int, complaint: Complaint, now: datetime) -> Report | None:
    """Store a report about a public comment, and hold the comment where all its reports together ask for it.

    Returns the report, or None where this reporter or network has reported this text before: then nothing changes.
    Raises Comment.DoesNotExist for a comment that is not public.
    """
    with transaction.atomic():
        comment = _public(comment_id, now)
        if _filed_before(comment, complaint):
            return None
        if complaint.user is None and complaint.sender._state.adding:
            _remember(complaint.sender)
        report = Report.objects.create(
            comment=comment,
            revision=comment.revision,
            reason=complaint.reason,
            words=complaint.words,
            sender=None if complaint.user else complaint.sender,
            user=complaint.user,
            network="" if complaint.user else complaint.network,
            created_at=now,
            **_standing(complaint, now),
        )
        outcome = reports.recount(comment, now)
        if outcome.holds:
            _hold(comment, outcome, now)
    return report


def _remember(new: Sender) -> None:
    """Store a browser that was never seen before; stored again where a retry found the first try rolled back."""
    stored, _ = Sender.objects.get_or_create(key=new.key, defaults={"created_at": new.created_at})
    new.pk = stored.pk


def _public(comment_id: int, now: datetime) -> Comment:
    """The comment, locked: of two reports at once, the second sees the first. Hidden ones are not locked, nor told."""
    if not Comment.objects.published(now).filter(pk=comment_id).exists():
        raise Comment.DoesNotExist
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    if not comment.is_published:
        raise Comment.DoesNotExist
    return comment


def _filed_before(comment: Comment, complaint: Complaint) -> bool:
    if complaint.user:
        same = Q(user=complaint.user)
    else:
        same = Q(network=complaint.network)
        if complaint.sender.pk:
            same |= Q(sender=complaint.sender)
    return Report.objects.filter(same, comment=comment, revision=comment.revision).exists()


def _standing(complaint: Complaint, now: datetime) -> dict[str, float | bool]:
    """What the reporter weighs now, and whether they count among the new ones."""
    record = reports.record_of(complaint.sender, complaint.user)
    if complaint.user:
        return {"weight": reporting.weight_of(record, staff=True), "fresh": False}
    age = (now - complaint.sender.created_at).total_seconds()
    return {"weight": reporting.weight_of(record), "fresh": reporting.is_fresh(age, record)}


def _hold(comment: Comment, outcome: Outcome, now: datetime) -> None:
    """Take the comment off the page until a person looks, unless a person's word stands against it."""
    open_now = Report.objects.filter(comment=comment, revision=comment.revision, state=Report.State.OPEN)
    counts: dict[str, int] = {}
    for reason in open_now.values_list("reason", flat=True)[: reports.MOST_WEIGHED]:
        counts[reason] = counts.get(reason, 0) + 1
    named = sorted(counts, key=lambda reason: (-counts[reason], reason))[:MOST_REASONS_NAMED]
    says = ", ".join(f"{Reason(reason).label.lower()} ({counts[reason]})" for reason in named)
    # Where a person's word stands, the reports stay open, and the comment only climbs in the queue.
    with suppress(decisions.Impossible):
        decisions.decide(
            comment.pk,
            Decision.Action.HOLD,
            seen=comment.version,
            actor=system(reporting.RULE),
            reason=named[0],
            note=f"{sum(counts.values())} reports from {outcome.networks} networks weigh {outcome.weight:g}: {says}.",
            signals=[("reports", outcome.weight)],
            now=now,
        )
