"""What moderators hold against somebody, and what it does: warn, hold every comment, suspend until, ban.

Nothing of it is hidden from the person: the door refuses openly, and the private pages of their comments say what
holds.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from blog.models import User
from blog.prepared import Prepared
from blog.versions import NOW
from comments.gate import Barred
from comments.house_rules import RULES
from comments.models import Comment, Reason, Sender
from comments.submission import ChangeRefused
from moderation import decisions
from moderation.actors import Actor
from moderation.models import Appeal, Decision, Sanction
from moderation.people import NETWORK, Person

KIND = Sanction.Kind
SHUTS_OUT = (KIND.SUSPEND, KIND.BAN)


class SanctionRefused(ChangeRefused):
    """Why a sanction was not imposed or ended. The message is for the moderator."""


def impose(
    person: Person,
    kind: str,
    *,
    actor: Actor,
    reason: str,
    message: str = "",
    private: str = "",
    until: datetime | None = None,
    comment: Comment | None = None,
    now: datetime,
) -> Sanction:
    """Hold something against a person from now on.

    `until` is for a suspension; `comment` is the one that led to it; `message` is read by the person, `private` by
    moderators alone. Raises decisions.NotAllowed and SanctionRefused.
    """
    decisions.check(actor, Decision.Action.UNDO)
    _check(person, kind, reason, message, until, actor.user, now)
    if comment and not person.comments.filter(pk=comment.pk).exists():
        raise SanctionRefused("That comment came from somebody else.")
    limits = [moment for moment in (until if kind == KIND.SUSPEND else None, person.ends) if moment]
    return Sanction.objects.create(
        **person.columns,
        kind=kind,
        reason=reason,
        message=message,
        private=private,
        until=min(limits, default=None),
        comment=comment,
        made_at=now,
        made_by=actor.user,
        made_by_name=actor.name[:80],
    )


def end(sanction_id: int, *, actor: Actor, now: datetime) -> Sanction:
    """Lift a sanction; the row stays. An open appeal against it is granted by that.

    Raises Sanction.DoesNotExist, decisions.NotAllowed, and SanctionRefused if a colleague was faster.
    """
    decisions.check(actor, Decision.Action.UNDO)
    with transaction.atomic():
        ended = Sanction.objects.filter(pk=sanction_id, ended_at=None).update(
            ended_at=now, ended_by=actor.user, ended_by_name=actor.name[:80]
        )
        sanction = Sanction.objects.get(pk=sanction_id)
        if not ended:
            raise SanctionRefused(f"{sanction.ended_by_name} has lifted this already.")
        Appeal.objects.filter(sanction=sanction).close(
            Appeal.State.GRANTED, by=actor.user, name=actor.name, answer="", now=now, result=None
        )
    return sanction


def refusal_for(*, user: User | None, sender: Sender | None, network: str, now: datetime) -> Barred | None:
    """Why the door takes no comment from here now, or None. Named by the setting COMMENT_GATE.

    An account is only held by what stands against the account: staff may sit behind a network that is shut out.
    """
    if user:
        whose = Q(user=user)
    else:
        whose = Q(sender=sender) if sender else Q()
        whose |= Q(network=network) if network else Q()
    if not whose or not _ANY_SHUT_OUT.rows(now=now):
        return None  # most sites have nobody to refuse
    found = Sanction.objects.in_force(now).filter(whose, kind__in=SHUTS_OUT).select_related("comment").order_by("-pk")
    # What stands against the person says more than what stands against everybody on their network; what lasts longest
    # is what they need to know.
    for one in sorted(found[:20], key=lambda one: (bool(one.network), one.kind != KIND.BAN, _backwards(one.until))):
        return _barred(one, sender)
    return None


def always_holds(comment: Comment) -> bool:
    """Whether a person must look at everything that comes from where this comment came from."""
    whose = Q(user=comment.user_id) if comment.user_id else Q()
    whose |= Q(sender=comment.sender_id) if comment.sender_id else Q()
    whose |= Q(network=comment.network) if comment.network and not comment.user_id else Q()
    return bool(whose) and holding().filter(whose).exists()


def holding() -> QuerySet[Sanction]:
    """What makes a person look at everything that somebody sends; most sites have none."""
    return Sanction.objects.filter(kind=KIND.HOLD_ALWAYS, ended_at=None)


_ANY_SHUT_OUT = Prepared(
    Sanction,
    lambda now: Sanction.objects.in_force(now).filter(kind__in=SHUTS_OUT).order_by().values_list("pk")[:1],
    now=NOW,
)


def concerning(comment: Comment, now: datetime) -> list[Sanction]:
    """What is in force against the author of this comment, as far as they are proven to be meant; oldest first.

    Of a network only what was imposed from this very comment: another person on it is not its author. A warning counts
    until it was acknowledged.
    """
    if comment.status == Comment.Status.ERASED:
        return []
    whose = Q(comment=comment)
    whose |= Q(user=comment.user_id) if comment.user_id else Q()
    whose |= Q(sender=comment.sender_id) if comment.sender_id else Q()
    found = Sanction.objects.in_force(now).filter(whose).exclude(kind=KIND.WARN, acknowledged_at__isnull=False)
    return list(found.select_related("appeal").order_by("pk")[:20])


def unread_warnings(sender: Sender) -> list[Sanction]:
    """Warnings that the holder of this browser has not acknowledged."""
    return list(
        Sanction.objects.filter(sender=sender, kind=KIND.WARN, ended_at=None, acknowledged_at=None)
        .select_related("comment")
        .order_by("pk")[:20]
    )


def acknowledge(comment: Comment, now: datetime) -> int:
    """The author of this comment has read the warnings that its page shows. Returns how many there were."""
    numbers = [one.pk for one in concerning(comment, now) if one.kind == KIND.WARN]
    return Sanction.objects.filter(pk__in=numbers, acknowledged_at=None).update(acknowledged_at=now)


def page_of(sender: Sender, preferred: Comment | None = None) -> Comment | None:
    """The comment of this sender's own on whose private page they can read and ask; None if none is left."""
    if preferred and preferred.sender_id == sender.pk:
        return preferred
    return (
        Comment.objects.of_sender(sender.pk).exclude(status=Comment.Status.ERASED).reverse().only("capability").first()
    )


def _check(
    person: Person, kind: str, reason: str, message: str, until: datetime | None, by: User, now: datetime
) -> None:
    if kind not in KIND.values:
        raise SanctionRefused("This is not one of the measures.")
    if reason not in Reason.values:
        raise SanctionRefused("Choose a reason; the person will see it.")
    if reason == Reason.OTHER and not message.strip():
        raise SanctionRefused("Say to the person in a few words what the other reason is.")
    if kind == KIND.SUSPEND and (until is None or until <= now):
        raise SanctionRefused("Say until when; it must be a time to come.")
    if kind == KIND.WARN and person.kind == NETWORK:
        raise SanctionRefused("A network cannot be warned: everybody on it would read words meant for one.")
    if person.user and (person.user == by or person.user.is_superuser):
        raise SanctionRefused("Nobody holds anything against themselves here, or against who runs the site.")
    if person.ends and person.ends <= now:
        raise SanctionRefused("The key of this network is gone, so nobody would be found under it.")


def _backwards(until: datetime | None) -> float:
    return -until.timestamp() if until else 0.0


def _barred(sanction: Sanction, sender: Sender | None) -> Barred:
    whom = "the network that you are on" if sanction.network else "you"
    page = page_of(sender, sanction.comment) if sender and sanction.sender_id == sender.pk else None
    return Barred(
        says=f"This site takes no comments from {whom}{' for now' if sanction.until else ''}.",
        reason="Another reason" if sanction.reason == Reason.OTHER else sanction.get_reason_display(),
        rule=RULES.get(sanction.reason),
        until=sanction.until,
        message=sanction.message,
        ask=page.status_address if page else "",
        of_network=bool(sanction.network),
    )
