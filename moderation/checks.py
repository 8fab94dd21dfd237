"""Blind checks: automatic decisions drawn by lot, asked of one moderator each, who is not told what the machine did."""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from blog.models import User
from blog.retries import retried
from comments.models import Comment
from comments.submission import ChangeRefused
from moderation import automation, lessons
from moderation.models import Check, Decision
from moderation.pages import count_up_to

CLAIMED = timedelta(minutes=2)
A, WHO = Decision.Action, Decision.ActorKind
SIDES = {A.APPROVE: Check.Side.PUBLISH, A.ACCEPT_EDIT: Check.Side.PUBLISH, A.SPAM: Check.Side.SPAM}
STAYS = {Check.Side.PUBLISH: Comment.Status.PUBLISHED, Check.Side.SPAM: Comment.Status.SPAM}
TRIES = 5
# The system's own randomness: what a sender sees, or how often they try, tells nothing about the next draw.
_lots = secrets.SystemRandom()


class Settled(ChangeRefused):
    """The check was answered or became void before this answer came. `check` says by whom or why."""

    def __init__(self, check: Check) -> None:
        self.check = check
        who = str(check.answered_by) if check.answered_by else "Somebody"
        super().__init__(
            f"{who} has answered this one already; your answer was not counted."
            if check.answer
            else "The comment has changed meanwhile, so this one is not asked any more."
        )


def draw(decisions: Iterable[Decision], now: datetime, *, open_about: Collection[int]) -> None:
    """What follows from decisions: open checks of the comments may become void, and the decisions may be drawn.

    `open_about` are the comments that have open checks.
    """
    for decision in decisions:
        if decision.comment_id in open_about:
            _void(decision, decision.comment, now)
        side = SIDES.get(decision.action)
        # The policy names the review that led it; nothing else that is automatic publishes or files anything.
        if side and decision.actor_kind == WHO.SYSTEM and decision.review_id is not None:
            _draw(decision, decision.comment, side, now)


def _draw(decision: Decision, comment: Comment, side: str, now: datetime) -> None:
    if comment.user_id and comment.user.is_staff:
        return  # published because of who wrote it: no judgement of the machine's, and it would flatter the rate
    if _lots.random() < _share(side):
        Check.objects.create(decision=decision, comment=comment, machine=side, revision=decision.revision, drawn_at=now)


def open_checks():
    """The checks that still wait for an answer."""
    return Check.objects.filter(answer="", void="")


def count_open(most: int) -> str:
    """How many checks wait, for a label: "99+" for more than `most`."""
    return count_up_to([open_checks()], most)


def next_for(user: User, now: datetime) -> Check | None:
    """The check to ask this person: the one they have before them, else the oldest that nobody else has; now theirs."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    for _ in range(TRIES):
        mine = open_checks().filter(claimed_by=user, claimed_until__gt=now).order_by("pk").first()
        check = mine or open_checks().filter(free).order_by("pk").first()
        if check is None:
            return None
        claimed = open_checks().filter(free | Q(claimed_by=user), pk=check.pk)
        if claimed.update(claimed_by=user, claimed_until=now + CLAIMED):
            return check
    return None


@retried
def answer(check_id: int, by: User, said: str, now: datetime) -> Check:
    """Write down a blind answer, one of Check.Answer. Raises Check.DoesNotExist, or Settled for who comes second.

    The comment is locked first, as by who decides about it: the answer teaches the filter, and so may they.
    """
    comment_id = Check.objects.values_list("comment", flat=True).get(pk=check_id)
    with transaction.atomic():
        Comment.objects.select_for_update(of=("self",)).only("pk").get(pk=comment_id)
        won = open_checks().filter(pk=check_id).update(answer=said, answered_by=by, settled_at=now)
        check = Check.objects.select_related("answered_by").get(pk=check_id)
        if not won:
            raise Settled(check)
        lessons.answered(check, now)
        automation.weigh(check.machine, now)
    return check


def _share(side: str) -> float:
    on_trial = automation.state_of(side).on_trial
    return max(settings.AUDIT_SHARE, settings.AUDIT_SHARE_ON_TRIAL) if on_trial else settings.AUDIT_SHARE


def _void(decision: Decision, comment: Comment, now: datetime) -> None:
    for check in open_checks().filter(comment=comment):
        why = _why_void(decision, check)
        settled = why and open_checks().filter(pk=check.pk).update(void=why, settled_at=now)
        if settled and why == Check.Void.OVERTURNED:
            # Beyond the head of the ledger only this row is locked, and who holds it waits for nobody.
            automation.weigh(check.machine, now)


def _why_void(decision: Decision, check: Check) -> str:
    """Why nobody needs to be asked any more, or "": an author's edit leaves the text that was judged as it was."""
    if decision.action == A.WITHDRAW:
        return Check.Void.WITHDRAWN
    if decision.action == A.ERASE:
        return Check.Void.ERASED
    if decision.actor_kind != WHO.PERSON:
        return ""
    return Check.Void.DECIDED if decision.to_status == STAYS[check.machine] else Check.Void.OVERTURNED
