"""A moderator dismisses the reports of a comment that stays public.

The comment does not change, so there is no Decision: each report carries who dismissed it and when, and can be opened
again by that moment.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from blog.models import User
from blog.retries import retried
from comments.models import Comment
from moderation import decisions, reports
from moderation.models import Report

STATE = Report.State


class NothingOpen(decisions.DecisionError):
    """There is no open report that the moderator has seen: somebody else was faster."""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """How many reports of which comment, and the moment by which `reopen` finds them again."""

    comment: Comment
    reports: int
    at: datetime


@retried
def dismiss(comment_id: int, *, seen: int, last: int, by: User, now: datetime) -> Dismissal:
    """Dismiss the open reports of a published comment, up to the newest that the moderator saw (`last`).

    Later ones stay open: nobody has read them. Raises Comment.DoesNotExist, NotAllowed, Conflict where the comment is
    no longer at version `seen`, or NothingOpen; nothing changes then.
    """
    _check(by)
    with transaction.atomic():
        comment = _locked(comment_id, seen)
        rows = Report.objects.filter(comment=comment, state=STATE.OPEN, pk__lte=last)
        number = rows.update(
            state=STATE.DISMISSED, decided_at=now, decided_by=by, decided_by_name=str(by)[:80], decision=None
        )
        if not number:
            raise NothingOpen("These reports have been decided already.")
        reports.recount(comment, now)
    return Dismissal(comment, number, now)


@retried
def reopen(comment_id: int, *, seen: int, at: datetime, by: User, now: datetime) -> int:
    """Take back the dismissal that was made at this moment. Returns how many reports are open again.

    Raises as `dismiss` does.
    """
    _check(by)
    with transaction.atomic():
        comment = _locked(comment_id, seen)
        rows = Report.objects.filter(comment=comment, state=STATE.DISMISSED, decided_at=at, decision=None)
        number = rows.update(state=STATE.OPEN, decided_at=None, decided_by=None, decided_by_name="")
        if not number:
            raise NothingOpen("This dismissal has been taken back already.")
        reports.recount(comment, now)
    return number


def _check(by: User) -> None:
    if not by.is_active or not by.has_perm("moderation.decide"):
        raise decisions.NotAllowed("You may not decide about reports.")


def _locked(comment_id: int, seen: int) -> Comment:
    comment = Comment.objects.select_for_update(of=("self",)).select_related("post").get(pk=comment_id)
    if comment.version != seen or not comment.is_published:
        raise decisions.Conflict(comment, decisions.latest_decision(comment))
    return comment
