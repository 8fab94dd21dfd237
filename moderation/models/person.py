"""What is held against whoever comments, as far as they are known: a browser, an account, or for a while a network."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from comments.models import Comment, Reason, Sender
from comments.origin import PERIOD_SECONDS


def network_ends(network: str) -> datetime | None:
    """When the key of a network's hash gives way to a new one, after which nobody is found under this hash."""
    period, colon, _ = network.partition(":")
    if not (colon and period.isascii() and period.isdigit() and len(period) < 5):
        return None
    return datetime.fromtimestamp((int(period) + 1) * PERIOD_SECONDS, UTC)


ONE_PERSON = (
    Q(sender__isnull=False, user__isnull=True, network="")
    | Q(sender__isnull=True, user__isnull=False, network="")
    | (Q(sender__isnull=True, user__isnull=True) & ~Q(network=""))
)


class SanctionQuerySet(models.QuerySet):
    def in_force(self, now: datetime) -> "SanctionQuerySet":
        """What holds at `now`: not ended by anybody, and not over by itself."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=now), ended_at__isnull=True)


class Sanction(models.Model):
    """One measure against one browser, account or network; never against a name or an address that was typed.

    Rows are ended, never deleted, so that the whole record stays.
    """

    class Kind(models.TextChoices):
        WARN = "warn", "Warning"
        HOLD_ALWAYS = "hold_always", "Every comment waits"
        SUSPEND = "suspend", "Suspended"
        BAN = "ban", "Banned"

    kind = models.CharField(max_length=11, choices=Kind)
    sender = models.ForeignKey(Sender, null=True, on_delete=models.PROTECT, related_name="sanctions")
    # Like the decisions' actor: the row stays as it is when the account goes.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="sanctions",
    )
    network = models.CharField(max_length=64, blank=True, help_text="Keyed hash, found only while its key lives.")
    comment = models.ForeignKey(
        Comment, null=True, on_delete=models.SET_NULL, related_name="+", help_text="From which it was imposed."
    )
    until = models.DateTimeField(null=True, help_text="When it is over by itself; of a network, no later than its key.")
    reason = models.CharField(max_length=16, choices=Reason)
    message = models.TextField(max_length=1000, blank=True, help_text="To the person.")
    private = models.TextField(max_length=1000, blank=True, help_text="For moderators alone.")
    cleanup = models.UUIDField(null=True, help_text="The batch that put away what the person had sent.")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by_name = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_by_name = models.CharField(max_length=80, blank=True)
    acknowledged_at = models.DateTimeField(null=True, help_text="When the person said that they read a warning.")

    objects = SanctionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="moderation_sanction_one_person", condition=ONE_PERSON),
            models.CheckConstraint(
                name="moderation_sanction_until",
                condition=Q(kind="suspend", until__gt=F("made_at"))
                | (~Q(kind="suspend") & (Q(until__isnull=True) | ~Q(network=""))),
            ),
            # Everybody behind one prefix would read words that are meant for one of them.
            models.CheckConstraint(name="moderation_no_network_is_warned", condition=~Q(kind="warn") | Q(network="")),
        ]
        indexes = [
            models.Index(fields=["network"], condition=~Q(network=""), name="moderation_sanction_network"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"

    @property
    def shuts_out(self) -> bool:
        """Whether the door refuses the person's comments."""
        return self.kind in (self.Kind.SUSPEND, self.Kind.BAN)

    def is_in_force(self, now: datetime) -> bool:
        return self.ended_at is None and (self.until is None or self.until > now)


class PersonNote(models.Model):
    """What a moderator wrote down about somebody, for the other moderators alone."""

    sender = models.ForeignKey(Sender, null=True, on_delete=models.PROTECT, related_name="notes")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, db_constraint=False, on_delete=models.DO_NOTHING, related_name="notes"
    )
    network = models.CharField(max_length=64, blank=True)
    comment = models.ForeignKey(Comment, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=2000)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by_name = models.CharField(max_length=80)
    redacted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="moderation_note_one_person", condition=ONE_PERSON)]
        indexes = [models.Index(fields=["network"], condition=~Q(network=""), name="moderation_note_network")]

    def __str__(self) -> str:
        return f"note {self.pk}"
