"""What was decided, by whom, and the chain that shows if any of it was changed since."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models import Comment, Reason
from moderation.models.screening import Review


class Decision(models.Model):
    """One judgement about one comment. Append-only: the database refuses UPDATE and DELETE (append_only.py)."""

    class Action(models.TextChoices):
        APPROVE = "approve", "Approved"
        REJECT = "reject", "Rejected"
        SPAM = "spam", "Marked as spam"
        NOT_SPAM = "not_spam", "Marked as no spam"
        HOLD = "hold", "Held"
        EDIT = "edit", "Edited"
        ACCEPT_EDIT = "accept_edit", "Edit accepted"
        REFUSE_EDIT = "refuse_edit", "Edit refused"
        WITHDRAW = "withdraw", "Withdrawn"
        ERASE = "erase", "Erased"
        UNDO = "undo", "Undone"

    class ActorKind(models.TextChoices):
        PERSON = "person", "Person"
        SYSTEM = "system", "System"
        SENDER = "sender", "Its author"

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="decisions")
    action = models.CharField(max_length=12, choices=Action)
    from_status = models.CharField(max_length=11, choices=Comment.Status)
    to_status = models.CharField(max_length=11, choices=Comment.Status)
    from_version = models.PositiveIntegerField()
    to_version = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(help_text="The text that was judged.")
    actor_kind = models.CharField(max_length=6, choices=ActorKind)
    # No constraint and no cascade: the row can not change when an account is deleted, and the name stays readable.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="+",
    )
    actor_name = models.CharField(max_length=80, help_text="The person's name then, or the rule's name and version.")
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    signals = models.JSONField(default=list, help_text="Code and weight of what the machine had found.")
    batch = models.UUIDField(null=True)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    before = models.JSONField()
    after = models.JSONField()
    # What led the machine to it: rows of the same database, kept as long as the decision.
    review = models.ForeignKey(Review, null=True, on_delete=models.PROTECT, related_name="+")
    standing = models.BooleanField(
        default=False, help_text="Carried out later, on the order that a person gave for alike comments."
    )
    created_at = models.DateTimeField(default=timezone.now)
    format = models.PositiveSmallIntegerField(default=1, help_text="Which columns the digest covers: ledger.FORMATS.")
    commitment = models.CharField(max_length=64, blank=True, help_text="Salted digest of the words, if there are any.")
    previous = models.CharField(max_length=64, blank=True, help_text="Digest of the decision before this one.")
    digest = models.CharField(max_length=64, blank=True, help_text="Digest of this row; ledger.py says over what.")

    class Meta:
        permissions = [
            ("decide", "Can decide about comments"),
            ("erase", "Can erase a comment's content for good"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["comment", "from_version"], name="moderation_one_decision_a_version"),
            models.CheckConstraint(
                name="moderation_undo_reverses", condition=~Q(action="undo") | Q(reverses__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["comment", "-id"], name="moderation_decision_latest"),
            models.Index(fields=["actor", "-id"], name="moderation_decision_actor"),
            models.Index(fields=["action", "-id"], name="moderation_decision_action"),
            models.Index(fields=["actor_kind", "-id"], name="moderation_decision_kind"),
            models.Index(fields=["reason", "-id"], name="moderation_decision_reason"),
            # Beside the unique index: most decisions reverse none, and once SQLite has counted all those NULLs it takes
            # that index for useless and walks the table for each row that is joined.
            models.Index(fields=["reverses"], condition=Q(reverses__isnull=False), name="moderation_decision_undo"),
            models.Index(fields=["-created_at", "-id"], name="moderation_decision_time"),
            models.Index(fields=["batch", "id"], condition=Q(batch__isnull=False), name="moderation_decision_in_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} by {self.actor_name}"

    @property
    def note(self) -> str:
        """What the person wrote for the log; gone when the comment was erased."""
        return self.words.note if hasattr(self, "words") else ""

    @property
    def message(self) -> str:
        """What the person wrote to the comment's author; gone when the comment was erased."""
        return self.words.message if hasattr(self, "words") else ""


class DecisionWords(models.Model):
    """What people wrote beside a decision, apart from it: words can be redacted, and the chain stays whole.

    The decision holds a salted digest of them (`commitment`). An erasure empties the words and the salt, after which
    the digest leads nowhere.
    """

    decision = models.OneToOneField(Decision, primary_key=True, on_delete=models.PROTECT, related_name="words")
    note = models.TextField(max_length=1000, blank=True, help_text="For the log alone.")
    message = models.TextField(max_length=1000, blank=True, help_text="To the comment's author.")
    salt = models.CharField(max_length=32, blank=True)
    redacted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"words of decision {self.decision_id}"


class LedgerHead(models.Model):
    """The one row (number 1) that says where the chain of decisions ends; locked while a decision is added."""

    last = models.BigIntegerField(default=0, help_text="Number of the latest decision.")
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"decision {self.last}"
