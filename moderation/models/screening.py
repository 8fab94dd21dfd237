"""What the machine found: a screening, its findings, and the fingerprint that near-duplicates are found by."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models import Comment
from moderation.models.rule import Rule


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
    withheld = models.CharField(
        max_length=7, choices=Outcome, blank=True, help_text="What the policy came to while automation stood back."
    )
    milliseconds = models.FloatField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["comment", "-id"], name="moderation_review_latest"),
            models.Index(fields=["withheld", "-id"], condition=~Q(withheld=""), name="moderation_review_withheld"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} for comment {self.comment_id}"


class Signal(models.Model):
    """One finding of one filter, with the spans of text that it cites."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="signals")
    code = models.CharField(max_length=40)
    weight = models.FloatField()
    says = models.CharField(max_length=300)
    spans = models.JSONField(default=list, help_text="[field, start, end] each.")
    rule = models.ForeignKey(Rule, null=True, on_delete=models.PROTECT, related_name="signals", db_index=False)

    class Meta:
        ordering = ["-weight", "id"]
        indexes = [
            # A rule's hits, newest first. Most findings are of no rule.
            models.Index(fields=["rule", "-id"], condition=Q(rule__isnull=False), name="moderation_signal_rule"),
        ]

    def __str__(self) -> str:
        return self.code


class Fingerprint(models.Model):
    """What near-duplicates are found by: an exact digest, and the eight bands and the signature of a minhash.

    A text too short to be compared has a digest only. See fingerprint.py.
    """

    comment = models.OneToOneField(Comment, primary_key=True, on_delete=models.CASCADE, related_name="fingerprint")
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=128, blank=True, help_text="64 bytes as hexadecimal digits.")
    band0 = models.PositiveIntegerField(null=True)
    band1 = models.PositiveIntegerField(null=True)
    band2 = models.PositiveIntegerField(null=True)
    band3 = models.PositiveIntegerField(null=True)
    band4 = models.PositiveIntegerField(null=True)
    band5 = models.PositiveIntegerField(null=True)
    band6 = models.PositiveIntegerField(null=True)
    band7 = models.PositiveIntegerField(null=True)

    class Meta:
        # Each with the comment: of a text that was sent a hundred thousand times, the newest are found at once.
        indexes = [
            models.Index(fields=[name, "comment"], name=f"moderation_alike_{name}")
            for name in ("digest", *(f"band{number}" for number in range(8)))
        ]

    def __str__(self) -> str:
        return self.digest[:12]
