"""Who asked to be told of what, and the outbox: a row for every mail that is due, written where the reason arises."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from blog.site import host
from comments.models.comment import Comment
from comments.models.senders import new_key


def new_message_id() -> str:
    """The identity of a mail, given before it is first tried: sent again, it is the same mail."""
    return f"<{uuid.uuid4()}@{host()}>"


class Address(models.Model):
    """An e-mail address that somebody typed. Until `proven_at`, it gets one mail: the question if it is theirs."""

    class Stopped(models.TextChoices):
        NO = "", "Open"
        BY_OWNER = "owner", "Its owner wants no mail"
        REFUSED = "refused", "It takes no mail"

    email = models.EmailField(max_length=254, unique=True, help_text="Normalised: small letters, host in ASCII.")
    key = models.CharField(max_length=32, unique=True, default=new_key, help_text="Opens the page for its owner.")
    proven_at = models.DateTimeField(null=True)
    questions = models.PositiveIntegerField(default=0, help_text="How often it was asked whether it is theirs.")
    asked_at = models.DateTimeField(null=True, help_text="When it was last asked.")
    refusals = models.PositiveSmallIntegerField(default=0, help_text="Mails in a row that it did not take.")
    stopped = models.CharField(max_length=7, choices=Stopped, blank=True, default=Stopped.NO)
    stopped_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return f"address {self.pk}"


class Subscription(models.Model):
    """Somebody wants mail about one comment of theirs: answers to it, and what was decided about it.

    Confirmed by a link in a mail, or at once where the same browser confirmed the same address before.
    """

    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="subscriptions")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="subscriptions")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "comment"], name="comments_subscribed_once")]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class AuthorMail(models.Model):
    """An author of posts who ended the mails about new comments. Without a row, they come."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ended_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"mail of account {self.user_id}"


class Notice(models.Model):
    """One mail of the outbox. `key` says what it tells whom, so nobody is told the same twice.

    It goes to an address or to an account, and what it says is written when it is sent, from what is true then.
    """

    class State(models.TextChoices):
        DUE = "due", "Due"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        CANCELLED = "cancelled", "Cancelled"
        FAILED = "failed", "Failed"

    kind = models.CharField(max_length=12, help_text="A key of the setting NOTICE_LETTERS.")
    key = models.CharField(max_length=80, unique=True)
    subscription = models.ForeignKey(Subscription, null=True, on_delete=models.CASCADE, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="notices")
    # The storey above owns decisions, so there is no constraint.
    decision_id = models.BigIntegerField(null=True)
    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField(help_text="Not before; of a row being sent: when it counts as lost.")
    state = models.CharField(max_length=9, choices=State, default=State.DUE)
    attempts = models.PositiveIntegerField(default=0)
    message_id = models.CharField(max_length=255, default=new_message_id)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="comments_notice_has_recipient",
                condition=Q(subscription__isnull=False, user__isnull=True)
                | Q(subscription__isnull=True, user__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=Q(state__in=["due", "sending"]), name="comments_notice_open"
            ),
            models.Index(fields=["user", "sent_at"], condition=Q(state="sent"), name="comments_notice_of_user"),
        ]

    def __str__(self) -> str:
        return f"notice {self.key}"
