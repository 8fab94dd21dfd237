"""A person's order about a card: about all members now, by a batch, and about those that arrive while it stands."""

import logging
from datetime import UTC, datetime, timedelta

from django.db import transaction

from blog.prepared import Prepared
from blog.retries import retried
from comments.models import Comment
from moderation import decisions
from moderation.actors import Actor, person
from moderation.models import Batch, Campaign, Decision, DecisionWords, StandingOrder

log = logging.getLogger(__name__)
STANDS = timedelta(hours=24)
#: Never an approval: whoever copied a text that was approved would be published unseen.
MAY_STAND = (Decision.Action.SPAM, Decision.Action.REJECT)


def give(card: Campaign, batch: Batch, *, actor: Actor, now: datetime) -> StandingOrder | None:
    """Let the order of a batch about a card stand for 24 hours, in place of an earlier one.

    Returns None for an act that may not stand.
    Each late decision carries the batch's key, so that taking the batch back takes back those too.
    """
    if batch.action not in MAY_STAND:
        return None
    with transaction.atomic():
        card.orders.filter(ended_at__isnull=True).update(ended_at=now)
        return StandingOrder.objects.create(
            campaign=card,
            batch=batch,
            action=batch.action,
            reason=batch.reason,
            given_by=actor.user,
            given_at=now,
            until=now + STANDS,
        )


def end(order_id: int, now: datetime) -> bool:
    """End an order before its time. False where it stands no longer."""
    return bool(StandingOrder.objects.standing(now).filter(pk=order_id).update(ended_at=now))


def end_of_batch(batch: Batch, now: datetime) -> None:
    """End the order that a batch left standing, in the transaction in which the batch is taken back.

    Its row is locked by whoever carries it out, so that no late decision slips in behind the ones to take back.
    """
    StandingOrder.objects.filter(batch=batch, ended_at__isnull=True).update(ended_at=now)


def carry_out(comment: Comment, card: Campaign, now: datetime, review: int | None = None) -> bool:
    """Decide about a comment that just joined a card, if an order stands: by who gave it, if they may still decide.

    Returns whether an order stands. Then the policy keeps out of it: where the order cannot be carried out, the comment
    waits for a person. Never raises.
    """
    if comment.status != Comment.Status.PENDING:
        return False
    try:
        return bool(_STANDING.rows(card=card.pk, now=now)) and _carry_out(comment, card, now, review)
    except decisions.DecisionError as refusal:
        log.info("The standing order about campaign %s left comment %s: %s", card.pk, comment.pk, refusal)
    except Exception:
        log.exception("The standing order about campaign %s failed; comment %s waits.", card.pk, comment.pk)
    return True


_STANDING = Prepared(
    StandingOrder,
    lambda card, now: StandingOrder.objects.standing(now).filter(campaign=card).values_list("pk")[:1],
    card=919_191,
    now=datetime(1999, 9, 9, 9, 9, 9, 999_999, tzinfo=UTC),
)


@retried
def _carry_out(comment: Comment, card: Campaign, now: datetime, review: int | None) -> bool:
    with transaction.atomic():
        standing = StandingOrder.objects.standing(now).filter(campaign=card).select_related("given_by")
        order = standing.select_for_update(of=("self",)).order_by("-pk").first()
        if order is None:
            return False
        looked = Decision.objects.filter(comment=comment, actor_kind=Decision.ActorKind.PERSON)
        if order.given_by is None or looked.exists():
            return True  # a person looked at this very comment, and a person decides again
        words = DecisionWords.objects.filter(decision__batch=order.batch_id, redacted_at__isnull=True)
        said = words.order_by("pk").first() or DecisionWords()
        decisions.decide(
            comment.pk,
            order.action,
            seen=comment.version,
            actor=person(order.given_by),
            reason=order.reason,
            note=said.note,
            message=said.message,
            batch=order.batch_id,
            standing=True,
            review=review,
            now=now,
        )
        return True
