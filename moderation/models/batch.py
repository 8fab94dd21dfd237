"""One act about many comments: what was ordered, how far it came, and what was left as it is."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from comments.models import Comment, Reason
from moderation.models.decision import Decision

TITLES = {
    Decision.Action.APPROVE: "Approve {}",
    Decision.Action.REJECT: "Reject {}",
    Decision.Action.SPAM: "Mark {} as spam",
    Decision.Action.NOT_SPAM: "Mark {} as no spam",
    Decision.Action.HOLD: "Hold {}",
    Decision.Action.ACCEPT_EDIT: "Accept the edit of {}",
    Decision.Action.REFUSE_EDIT: "Refuse the edit of {}",
    Decision.Action.ERASE: "Erase {}",
    Decision.Action.UNDO: "Take back {}",
}


class Batch(models.Model):
    """An order about many comments, carried out a chunk at a time. Its key stands in every Decision it makes.

    Which comments: those that are ticked (`chosen` is null; a `BatchItem` each), all that match a filter of the queue
    (`chosen` is the filter), or those of the batch that this one takes back (`reverses`).
    """

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        STOPPED = "stopped", "Stopped"
        FINISHED = "finished", "Finished"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.CharField(max_length=12, choices=Decision.Action)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    # Kept until it ends and then forgotten: they stand beside the decisions too, where an erasure finds them.
    note = models.TextField(max_length=1000, blank=True)
    message = models.TextField(max_length=1000, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", help_text="Who ordered it."
    )
    actor_name = models.CharField(max_length=80)
    chosen = models.JSONField(null=True, help_text="The filter of the queue; null for ticked rows and an undo.")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")

    # What there was when it was ordered: what came or was decided later is none of its business.
    until = models.BigIntegerField(default=0, help_text="Highest number of a comment then; of a decision for an undo.")
    since = models.BigIntegerField(default=0, help_text="Number of the latest decision then.")
    cursor = models.BigIntegerField(default=0, help_text="Everything up to this number has been dealt with.")

    total = models.PositiveIntegerField(default=0, help_text="How many there were to do.")
    at_least = models.BooleanField(default=False, help_text="The total was counted no further than its limit.")
    done = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    why = models.CharField(max_length=200, blank=True, help_text="Why it stopped by itself.")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "batches"
        indexes = [
            models.Index(fields=["-created_at"], name="moderation_batch_newest"),
            models.Index(fields=["created_at"], condition=models.Q(state="running"), name="moderation_batch_running"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.handled} of {self.total}"

    def end(self, now: datetime, why: str = "") -> None:
        """Be finished, without saving that. What people wrote stands beside the decisions from here on.

        Without the words that it searched for a batch must not go on: it would mean everything.
        """
        self.state, self.finished_at, self.why = self.State.FINISHED, now, why
        self.note = self.message = ""
        if self.chosen and "q" in self.chosen:
            self.chosen = {**self.chosen, "q": ""}

    @property
    def title(self) -> str:
        """The order in words, as in "Mark 300 comments as spam"."""
        what = "decision" if self.reverses_id else "comment"
        many = "" if self.total == 1 and not self.at_least else "s"
        number = f"{'more than ' if self.at_least else ''}{self.total} {what}{many}"
        return TITLES.get(self.action, "Decide about {}").format(number)

    @property
    def words_are_forgotten(self) -> bool:
        """Whether it searched for words that it does not keep any more."""
        return bool(self.chosen) and self.chosen.get("q") == ""

    @property
    def handled(self) -> int:
        """How many have been dealt with, one way or the other."""
        return self.done + self.refused

    @property
    def left(self) -> int:
        """How many are still to do, as far as they were counted."""
        return 0 if self.state == self.State.FINISHED else max(self.total - self.handled, 0)

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING


class BatchItem(models.Model):
    """A comment of a batch that is worth a row: it was ticked, or it was left as it is."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")
    seen = models.PositiveIntegerField(null=True, help_text="The version that the page showed, of a ticked row.")
    why = models.CharField(max_length=200, blank=True, help_text="Why the comment was left as it is.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "comment"], name="moderation_batch_item_once")]
        indexes = [models.Index(fields=["batch", "id"], condition=~models.Q(why=""), name="moderation_batch_refused")]

    def __str__(self) -> str:
        return f"comment {self.comment_id} in a batch"
