"""Asking for mail and ending it. Nobody gets mail who has not said twice, by form and by mail, that they want it."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.encoding import punycode

from comments.mail_links import CONFIRM_DAYS
from comments.models import Address, Comment, Notice, Subscription

ASKED_AGAIN = timedelta(days=1)  # an address that is not proven hears from us once in this time
CONFIRM_KIND = "confirm"
MOST = 100  # subscriptions that one page shows or one link confirms


class UnusableEmail(ValueError):
    """No mail can go to what was typed."""


def normalised(email: str) -> str:
    """The address as we keep it: in small letters, its host in ASCII. Raises UnusableEmail."""
    try:
        local, _, domain = email.strip().rpartition("@")
        plain = f"{local}@{punycode(domain)}".lower()
        validate_email(plain)
    except (ValidationError, UnicodeError) as error:
        raise UnusableEmail("Mail cannot be sent to this address.") from error
    if not plain.isascii() or not plain.isprintable() or '"' in plain or " " in plain:
        raise UnusableEmail("Mail cannot be sent to this address.")
    return plain


def ask(comment: Comment, email: str, now: datetime) -> Subscription:
    """Note that the sender of a comment wants mail about it, in the caller's transaction. Raises UnusableEmail.

    An address that is typed proves nothing, a proven one neither: it may be somebody else who types it. So the
    question goes out by mail, unless this same browser confirmed this same address before.
    """
    address, _ = Address.objects.get_or_create(email=normalised(email), defaults={"created_at": now})
    known = (
        address.proven_at is not None
        and comment.sender_id is not None
        and Subscription.objects.filter(
            address=address, comment__sender=comment.sender_id, confirmed_at__isnull=False
        ).exists()
    )
    subscription = Subscription.objects.create(
        address=address, comment=comment, confirmed_at=now if known else None, created_at=now
    )
    if not known:
        _question(address, subscription, now)
    return subscription


def confirm(subscription: Subscription, now: datetime) -> None:
    """The owner of the address said yes: it is proven, and what this browser asked for with it begins."""
    waiting = Subscription.objects.filter(address=subscription.address_id, confirmed_at=None)
    mine = waiting.filter(pk=subscription.pk)
    if subscription.comment.sender_id:
        mine |= waiting.filter(comment__sender=subscription.comment.sender_id)
    with transaction.atomic():
        Address.objects.filter(pk=subscription.address_id, proven_at=None).update(proven_at=now)
        Subscription.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[:MOST])).update(confirmed_at=now)


def end(subscription: Subscription, now: datetime) -> None:
    """No more mail about this comment. Ending what has ended changes nothing."""
    Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(ended_at=now)


def end_all(address: Address, now: datetime) -> None:
    """No more mail to this address at all, no question either."""
    with transaction.atomic():
        Address.objects.filter(pk=address.pk).update(stopped=Address.Stopped.BY_OWNER, stopped_at=now)
        Subscription.objects.filter(address=address, ended_at=None).update(ended_at=now)


def open_again(address: Address) -> None:
    """The owner takes mail again. What was ended stays ended; they can ask for mail about their next comment."""
    Address.objects.filter(pk=address.pk).update(stopped=Address.Stopped.NO, stopped_at=None, refusals=0)


def forget(now: datetime, most: int = 1000) -> int:
    """Delete what was asked for and never confirmed, and addresses that nobody needs any more; how many went."""
    over = now - timedelta(days=CONFIRM_DAYS + 1)
    unconfirmed = Subscription.objects.filter(confirmed_at=None, created_at__lt=over).order_by("pk")
    gone, _ = Subscription.objects.filter(pk__in=list(unconfirmed.values_list("pk", flat=True)[:most])).delete()
    # A day later than the question, so that deleting the row does not allow the next one sooner.
    idle = Address.objects.filter(subscriptions=None, stopped=Address.Stopped.NO, created_at__lt=over)
    idle = idle.exclude(asked_at__gt=now - ASKED_AGAIN).order_by("pk")
    more, _ = Address.objects.filter(pk__in=list(idle.values_list("pk", flat=True)[:most])).delete()
    return gone + more


def forget_comment(comment: Comment) -> None:
    """Delete what was asked for and told about a comment, and the addresses that then serve nothing else."""
    addresses = list(Subscription.objects.filter(comment=comment).values_list("address_id", flat=True))
    # Addresses before subscriptions, as whoever confirms or ends all mail takes them.
    list(Address.objects.select_for_update().filter(pk__in=addresses).order_by("pk").values_list("pk"))
    Subscription.objects.filter(comment=comment).delete()
    Notice.objects.filter(comment=comment).delete()
    Address.objects.filter(pk__in=addresses, subscriptions=None, stopped=Address.Stopped.NO).delete()


def _question(address: Address, subscription: Subscription, now: datetime) -> None:
    """Ask an address whether it is theirs: one mail a day, whoever asks for it how often."""
    asked = Address.objects.filter(pk=address.pk, stopped=Address.Stopped.NO).exclude(asked_at__gt=now - ASKED_AGAIN)
    if asked.update(asked_at=now, questions=address.questions + 1):
        Notice.objects.create(
            kind=CONFIRM_KIND,
            key=f"confirm:{subscription.pk}",
            subscription=subscription,
            comment=subscription.comment,
            due_at=now,
            next_try_at=now,
            created_at=now,
        )
