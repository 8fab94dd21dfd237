"""Readers' complaints about comments."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models import Comment, Reason, Sender
from moderation.models.decision import Decision


class Report(models.Model):
    """One reader's complaint about one revision of a comment. It carries its own record of who settled it and when."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        UPHELD = "upheld", "Upheld"
        DISMISSED = "dismissed", "Dismissed"
        # The comment's author took it back, or it was erased, before anybody judged: says nothing about the reporter.
        MOOT = "moot", "Moot"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    revision = models.PositiveIntegerField(help_text="The text that was public when the reader complained.")
    reason = models.CharField(max_length=16, choices=Reason)
    words = models.TextField(max_length=1000, blank=True)
    sender = models.ForeignKey(Sender, null=True, on_delete=models.SET_NULL, related_name="reports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reports")
    network = models.CharField(
        max_length=64, blank=True, help_text="Keyed hash of the address prefix; empty for staff."
    )
    weight = models.FloatField(help_text="By the reporter's record then; an unknown reporter weighs 1.")
    fresh = models.BooleanField(default=True, help_text="The browser's token was new and had no record.")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reports_decided"
    )
    decided_by_name = models.CharField(max_length=80, blank=True)
    decision = models.ForeignKey(
        Decision,
        null=True,
        on_delete=models.PROTECT,
        related_name="reports",
        help_text="What settled it last, or the undo that opened it again; none where it was dismissed by itself.",
    )

    class Meta:
        constraints = [
            # Once a reporter and revision; the row lock on the comment comes first, these are the last wall.
            models.UniqueConstraint(fields=["comment", "revision", "sender"], name="moderation_report_once_a_sender"),
            models.UniqueConstraint(
                fields=["comment", "revision", "network"],
                condition=~Q(network=""),
                name="moderation_report_once_a_network",
            ),
            models.UniqueConstraint(fields=["comment", "revision", "user"], name="moderation_report_once_a_user"),
        ]
        indexes = [
            models.Index(fields=["comment", "state"], name="moderation_report_comment"),
            models.Index(fields=["sender", "state"], name="moderation_report_sender"),
            models.Index(fields=["user", "state"], name="moderation_report_user"),
        ]

    def __str__(self) -> str:
        return f"report {self.pk} of comment {self.comment_id}"
