"""The moderators' blocklist."""

from django.conf import settings
from django.db import models
from django.utils import timezone


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
