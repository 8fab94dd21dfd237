"""With a ban: putting away what the person sent lately, as one batch that can be taken back in one act."""

from datetime import datetime, timedelta

from comments.models import Comment
from moderation import batches, decisions
from moderation.actors import Actor
from moderation.models import Decision, Sanction
from moderation.people import Person

ACTIONS = (Decision.Action.SPAM, Decision.Action.REJECT)


def clean_up(
    sanction: Sanction, person: Person, action: str, days: int, *, actor: Actor, now: datetime
) -> batches.Batch:
    """Mark as spam, or reject for the ban's reason, what the person sent in the last `days` days, newest first.

    Every comment by its own decision through the door. The message of the ban stands beside each, so that each private
    page says it and each can be appealed. Raises decisions.NotAllowed.
    """
    if sanction.kind != Sanction.Kind.BAN or action not in ACTIONS:
        raise decisions.Impossible("Only with a ban are comments put away, as spam or as rejected.")
    reason = sanction.reason if action == Decision.Action.REJECT else ""
    batch = batches.decide_all(
        rows(person, days, now), action, actor=actor, reason=reason, message=sanction.message, now=now
    )
    Sanction.objects.filter(pk=sanction.pk).update(cleanup=batch.key)
    return batch


def take_back(sanction: Sanction, *, actor: Actor, now: datetime) -> batches.Batch | None:
    """Put back what the clean-up put away, where nobody decided since. None if there was nothing."""
    try:
        return batches.undo_all(sanction.cleanup, actor=actor, now=now) if sanction.cleanup else None
    except batches.NoSuchBatch:
        return None


def rows(person: Person, days: int, now: datetime) -> list[batches.Ticked]:
    """What a clean-up would put away, at the versions that stand now."""
    found = person.comments.filter(
        status__in=[Comment.Status.PENDING, Comment.Status.PUBLISHED], created_at__gte=now - timedelta(days=days)
    )
    newest = found.order_by("-pk").values_list("pk", "version")[: batches.MOST]
    return [batches.Ticked(pk, version) for pk, version in newest]


def comments(number: int) -> str:
    """How many, in words."""
    return "1 comment" if number == 1 else f"{number} comments"
