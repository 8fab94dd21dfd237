"""Near-duplicates as one card: the campaign, its members, what they are told by, and the standing order about it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models import Comment, Reason
from moderation.models.batch import Batch
from moderation.models.decision import Decision


class CampaignQuerySet(models.QuerySet):
    def cards(self) -> "CampaignQuerySet":
        """What is still a card: neither dissolved nor merged into another one."""
        return self.filter(dissolved_at__isnull=True, merged_into__isnull=True)

    def open(self) -> "CampaignQuerySet":
        """Cards of which a member waits for a person."""
        waiting = CampaignMember.objects.filter(campaign=models.OuterRef("pk"), waits=True)
        return self.cards().filter(models.Exists(waiting))


class Campaign(models.Model):
    """Comments that belong together, shown as one card. The row stays when it was merged or dissolved."""

    created_at = models.DateTimeField(default=timezone.now)
    latest_at = models.DateTimeField(default=timezone.now, help_text="When its latest member arrived.")
    size = models.PositiveIntegerField(default=0, help_text="Members, as counted when the latest one joined.")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    dissolved_at = models.DateTimeField(null=True)
    dissolved_by = models.CharField(max_length=80, blank=True, help_text="The person's name then.")

    objects = CampaignQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["-size", "-id"],
                condition=Q(dissolved_at__isnull=True, merged_into__isnull=True),
                name="moderation_campaign_largest",
            ),
            models.Index(
                fields=["-latest_at", "-id"],
                condition=Q(dissolved_at__isnull=True, merged_into__isnull=True),
                name="moderation_campaign_latest",
            ),
        ]

    def __str__(self) -> str:
        return f"campaign {self.pk}"


class CampaignMember(models.Model):
    """That a comment belongs to a card. It leaves when it is published; undone, it comes back to `former`."""

    comment = models.OneToOneField(
        Comment, primary_key=True, on_delete=models.CASCADE, related_name="campaign_membership"
    )
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.CASCADE, related_name="members")
    former = models.ForeignKey(Campaign, null=True, on_delete=models.SET_NULL, related_name="+")
    # A copy of "the comment is pending", so that an index can name the first of a card that waits.
    waits = models.BooleanField(default=True)
    apart = models.BooleanField(default=False, help_text="A person said that it is of no campaign.")
    # A copy too, of the comment's status where a person gave it: what the next copy of a text is told by.
    judged = models.CharField(max_length=12, blank=True, default="", help_text="Refused by a person: spam or rejected.")
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["campaign", "comment"], name="moderation_campaign_members"),
            models.Index(fields=["campaign", "comment"], condition=Q(waits=True), name="moderation_campaign_waiting"),
            models.Index(fields=["campaign", "comment"], condition=Q(judged="spam"), name="moderation_campaign_spam"),
            models.Index(
                fields=["campaign", "comment"], condition=Q(judged="rejected"), name="moderation_campaign_rejected"
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.comment_id} in campaign {self.campaign_id}"


class CampaignTraces(models.Model):
    """What a comment is told by, as numbers from which no text can be read back. See campaigning/traces.py."""

    comment = models.OneToOneField(Comment, primary_key=True, on_delete=models.CASCADE, related_name="campaign_traces")
    words = models.PositiveIntegerField()
    linked = models.BooleanField()
    phrases = models.TextField(blank=True)
    pairs = models.TextField(blank=True)
    hosts = models.TextField(blank=True)
    contacts = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"traces of comment {self.comment_id}"


class CampaignKey(models.Model):
    """One number under which a comment is found by others that share it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="campaign_keys")
    key = models.BigIntegerField()
    at = models.DateTimeField(help_text="When the comment arrived.")

    class Meta:
        indexes = [models.Index(fields=["key", "-at"], name="moderation_campaign_key")]

    def __str__(self) -> str:
        return f"{self.key:x} of comment {self.comment_id}"


class StandingOrderQuerySet(models.QuerySet):
    def standing(self, now: datetime) -> "StandingOrderQuerySet":
        """Orders that are carried out about what arrives now."""
        return self.filter(ended_at__isnull=True, given_at__lte=now, until__gt=now)


class StandingOrder(models.Model):
    """A person's order about a card, carried out about members that arrive while it stands.

    Its words are those beside the batch's decisions, where an erasure finds them.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="orders")
    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="standing_order")
    action = models.CharField(max_length=12, choices=Decision.Action)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="When it was ended before its time.")

    objects = StandingOrderQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["campaign", "until"], condition=Q(ended_at__isnull=True), name="moderation_order_standing"
            )
        ]
        constraints = [
            # What nobody has seen is never published by an order: an approved text would let anybody ride on it.
            models.CheckConstraint(condition=Q(action__in=["spam", "reject"]), name="moderation_order_refuses")
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} until {self.until:%Y-%m-%d %H:%M}"
