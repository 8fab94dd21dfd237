"""A comment's author asks again."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models import Comment
from moderation.models.decision import Decision
from moderation.models.person import Sanction


class AppealQuerySet(models.QuerySet):
    def open(self) -> "AppealQuerySet":
        return self.filter(state=Appeal.State.OPEN)

    def close(
        self, state: str, *, by: "models.Model | None", name: str, answer: str, now: datetime, result: Decision | None
    ) -> int:
        """Answer what is still open; how many there were. Who comes second changes nothing."""
        return self.open().update(
            state=state, decided_at=now, decided_by=by, decided_by_name=name[:80], answer=answer, result=result
        )

    def reopen(self) -> int:
        """Take the answer back: what the appeal is about holds again."""
        return self.update(
            state=Appeal.State.OPEN, decided_at=None, decided_by=None, decided_by_name="", answer="", result=None
        )


class Appeal(models.Model):
    """What the author of a comment wrote against one decision, or against one sanction, and what was answered.

    One for each of them: who was answered is answered, and a later decision can be appealed anew.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        GRANTED = "granted", "Granted"
        DENIED = "denied", "Denied"

    decision = models.OneToOneField(Decision, null=True, on_delete=models.PROTECT, related_name="appeal")
    sanction = models.OneToOneField(Sanction, null=True, on_delete=models.PROTECT, related_name="appeal")
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, related_name="appeals", help_text="From whose private page it was sent."
    )
    text = models.TextField(max_length=2000)
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    answer = models.TextField(max_length=1000, blank=True, help_text="To the comment's author.")
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by_name = models.CharField(max_length=80, blank=True, help_text="Stays when the account goes.")
    result = models.ForeignKey(
        Decision,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="What granted it; undone, it reopens.",
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="moderation_appeal_one_cause",
                condition=Q(decision__isnull=False, sanction__isnull=True)
                | Q(decision__isnull=True, sanction__isnull=False),
            ),
            models.CheckConstraint(
                name="moderation_appeal_answered",
                condition=Q(state="open", decided_at__isnull=True) | (~Q(state="open") & Q(decided_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="open"), name="moderation_appeal_open"),
            models.Index(fields=["-id"], condition=~Q(state="open"), name="moderation_appeal_decided"),
            models.Index(fields=["comment", "-id"], name="moderation_appeal_of"),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}, {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
