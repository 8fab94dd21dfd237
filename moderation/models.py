"""What is decided about comments: what the machine found, what was decided and by whom, and the moderators' rules."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models import Comment, Reason


class Review(models.Model):
    """One screening of one revision: what the policy concluded and from which facts."""

    class Outcome(models.TextChoices):
        PUBLISH = "publish", "Publish"
        HOLD = "hold", "Hold"
        SPAM = "spam", "Spam"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reviews")
    revision = models.PositiveIntegerField()
    policy = models.CharField(max_length=32)
    mode = models.CharField(max_length=8)
    trusted = models.BooleanField(default=False)
    outcome = models.CharField(max_length=7, choices=Outcome)
    score = models.FloatField(default=0)
    why = models.JSONField(default=list, help_text="What decided, in words.")
    facts = models.JSONField(default=dict, help_text="What the filters were told besides the text itself.")
    error = models.CharField(max_length=300, blank=True, help_text="Why the screening broke; the comment then waits.")
    milliseconds = models.FloatField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["comment", "-id"], name="moderation_review_latest")]

    def __str__(self) -> str:
        return f"{self.outcome} for comment {self.comment_id}"


class Signal(models.Model):
    """One finding of one filter, with the spans of text that it cites."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="signals")
    code = models.CharField(max_length=40)
    weight = models.FloatField()
    says = models.CharField(max_length=300)
    spans = models.JSONField(default=list, help_text="[field, start, end] each.")

    class Meta:
        ordering = ["-weight", "id"]

    def __str__(self) -> str:
        return self.code


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
    note = models.TextField(max_length=1000, blank=True)
    signals = models.JSONField(default=list, help_text="Code and weight of what the machine had found.")
    batch = models.UUIDField(null=True)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    before = models.JSONField()
    after = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

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
            models.Index(fields=["-created_at", "-id"], name="moderation_decision_time"),
            models.Index(fields=["batch"], condition=Q(batch__isnull=False), name="moderation_decision_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} by {self.actor_name}"


class Fingerprint(models.Model):
    """What near-duplicates are found by: an exact digest, and the eight bands and the signature of a minhash.

    A text too short to be compared has a digest only. See fingerprint.py.
    """

    comment = models.OneToOneField(Comment, primary_key=True, on_delete=models.CASCADE, related_name="fingerprint")
    digest = models.CharField(max_length=64, db_index=True)
    signature = models.CharField(max_length=128, blank=True, help_text="64 bytes as hexadecimal digits.")
    band0 = models.PositiveIntegerField(null=True, db_index=True)
    band1 = models.PositiveIntegerField(null=True, db_index=True)
    band2 = models.PositiveIntegerField(null=True, db_index=True)
    band3 = models.PositiveIntegerField(null=True, db_index=True)
    band4 = models.PositiveIntegerField(null=True, db_index=True)
    band5 = models.PositiveIntegerField(null=True, db_index=True)
    band6 = models.PositiveIntegerField(null=True, db_index=True)
    band7 = models.PositiveIntegerField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.digest[:12]


class Rule(models.Model):
    """A blocklist rule that moderators write: matched as whole words after Unicode folding, never as a pattern."""

    class Kind(models.TextChoices):
        WORD = "word", "Word"
        PHRASE = "phrase", "Phrase"
        DOMAIN = "domain", "Domain"
        ADDRESS = "address", "E-mail address"

    class Effect(models.TextChoices):
        HOLD = "hold", "Hold"
        SPAM = "spam", "File as spam"

    kind = models.CharField(max_length=7, choices=Kind, default=Kind.WORD)
    text = models.CharField(max_length=200)
    effect = models.CharField(max_length=4, choices=Effect, default=Effect.HOLD)
    enabled = models.BooleanField(default=True)
    note = models.CharField(max_length=200, blank=True, help_text="Why this rule is here.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["kind", "text"]
        constraints = [models.UniqueConstraint(fields=["kind", "text"], name="moderation_rule_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} “{self.text}”"
