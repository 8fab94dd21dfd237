"""What a decision about a comment means for the appeals about it."""

from datetime import datetime

from comments.models import Comment
from moderation.models import Appeal, Decision
from moderation.prevailing import Prevailing, prevailing

A = Decision.Action
LIFTS = frozenset({A.APPROVE, A.NOT_SPAM, A.ACCEPT_EDIT})
GONE = frozenset({A.ERASE, A.WITHDRAW})


def settle_appeals(decision: Decision, comment: Comment, now: datetime) -> None:
    """Keep the appeals about a comment true after a decision about it, in the decision's transaction.

    An open one is granted when what it is about was taken back or overruled by the normal way; it opens again when that
    is undone. With the comment itself it is gone. What was denied stays denied.
    """
    appeals = list(Appeal.objects.filter(comment=comment).select_related("decision"))
    if decision.action in GONE:
        gone = Appeal.objects.filter(comment=comment).open()
        (gone if decision.action == A.ERASE else gone.filter(sanction=None)).delete()
        return
    now_holds = prevailing(comment)
    for appeal in appeals:
        if appeal.decision_id is None:
            continue
        one = Appeal.objects.filter(pk=appeal.pk)
        if now_holds.decision and now_holds.decision.pk == appeal.decision_id:
            if appeal.state == Appeal.State.GRANTED:
                one.reopen()
        elif _overruled(appeal, now_holds):
            given = {"by": decision.actor, "name": decision.actor_name, "answer": decision.message}
            one.close(Appeal.State.GRANTED, now=now, result=decision, **given)


def _overruled(appeal: Appeal, now_holds: Prevailing) -> bool:
    if appeal.decision_id in now_holds.taken_back:
        return True
    decision = now_holds.decision
    return decision is not None and decision.pk > appeal.decision_id and decision.action in LIFTS
