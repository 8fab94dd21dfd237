"""With a ban: putting away what the person sent lately, as one batch that can be taken back in one act."""

from datetime import datetime, timedelta

from comments.models import Comment
from moderation import batches, decisions
from moderation.actors import Actor
from moderation.models import Batch, Decision, Sanction
from moderation.people import Person
from moderation.ticks import Ticked

ACTIONS = (Decision.Action.SPAM, Decision.Action.REJECT)
MOST = 10_000  # comments of one clean-up
SECONDS = 2  # that a clean-up may take of the request that orders it; the rest is done like that of any batch


def clean_up(sanction: Sanction, person: Person, action: str, days: int, *, actor: Actor, now: datetime) -> Batch:
    """Mark as spam, or reject for the ban's reason, what the person sent in the last `days` days.

    Every comment by its own decision through the door. The message of the ban stands beside each, so that each private
    page says it and each can be appealed. Raises decisions.NotAllowed and decisions.ReasonMissing.
    """
    if sanction.kind != Sanction.Kind.BAN or action not in ACTIONS:
        raise decisions.Impossible("Only with a ban are comments put away, as spam or as rejected.")
    reason = sanction.reason if action == Decision.Action.REJECT else ""
    rows = _rows(person, days, now)
    batch = batches.start(action, actor=actor, rows=rows, reason=reason, message=sanction.message, now=now)
    Sanction.objects.filter(pk=sanction.pk).update(cleanup=batch.pk)
    return batches.run(batch.pk, now=now, seconds=SECONDS)


def take_back(sanction: Sanction, *, actor: Actor, now: datetime) -> Batch | None:
    """Put back what the clean-up put away, where nobody decided since. None if there was none.

    Raises decisions.NotAllowed.
    """
    if sanction.cleanup is None:
        return None
    batch = batches.start_undo(sanction.cleanup, actor=actor, now=now)
    return batches.run(batch.pk, now=now, seconds=SECONDS) if batch.is_running else batch


def says(batch: Batch, what: str) -> str:
    """What came of it, in a sentence: `what` is "put away" or "put back"."""
    number = "1 comment" if batch.done == 1 else f"{batch.done} comments"
    left = f", {batch.refused} left as decided since" if batch.refused else ""
    return f" {number} {what}{left}" + ("; the rest follows." if batch.is_running else ".")


def _rows(person: Person, days: int, now: datetime) -> list[Ticked]:
    """What would be put away, at the versions that stand now; newest first, should there be more than MOST."""
    found = person.comments.filter(
        status__in=[Comment.Status.PENDING, Comment.Status.PUBLISHED], created_at__gte=now - timedelta(days=days)
    )
    return [Ticked(pk, version) for pk, version in found.order_by("-pk").values_list("pk", "version")[:MOST]]
