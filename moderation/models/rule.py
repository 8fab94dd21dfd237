"""The moderators' blocklist, and what a rule would have done before it is put in force."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class RuleQuerySet(models.QuerySet):
    def on(self) -> "RuleQuerySet":
        """The rules in force."""
        return self.filter(state=Rule.State.ON)

    def known(self) -> "RuleQuerySet":
        """The rules that were ever in force: their numbers stand for their content."""
        return self.exclude(state=Rule.State.DRAFT)


class Rule(models.Model):
    """A blocklist rule that moderators write, matched against folded text.

    Kind, text and effect never change once the rule was in force (`rulebook.py`, and a trigger), so that its number in
    an old screening says what was judged by. A change is a new rule that names this one as its predecessor.
    """

    class Kind(models.TextChoices):
        WORD = "word", "Word"
        PHRASE = "phrase", "Phrase"
        DOMAIN = "domain", "Domain"
        ADDRESS = "address", "E-mail address"
        PATTERN = "pattern", "Pattern"

    class Effect(models.TextChoices):
        HOLD = "hold", "Hold"
        SPAM = "spam", "File as spam"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ON = "on", "On"
        RETIRED = "retired", "Retired"

    kind = models.CharField(max_length=7, choices=Kind, default=Kind.WORD)
    text = models.CharField(max_length=200)
    effect = models.CharField(max_length=4, choices=Effect, default=Effect.HOLD)
    state = models.CharField(max_length=7, choices=State, default=State.ON, editable=False)
    note = models.CharField(max_length=200, blank=True, help_text="Why this rule is here.")
    predecessor = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="successors"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    on_at = models.DateTimeField(null=True, editable=False)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "text"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "text"], condition=Q(state="on"), name="moderation_rule_once"),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="moderation_rule_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} “{self.text}”"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_on(self) -> bool:
        return self.state == self.State.ON


class Replay(models.Model):
    """What switching a rule on, or retiring it, would change in recorded screenings; made in steps (`foresight.py`).

    Holds counts and numbers of comments only, so there is nothing in it to erase.
    """

    rule = models.OneToOneField(Rule, primary_key=True, on_delete=models.CASCADE, related_name="replay")
    retiring = models.BooleanField(help_text="Without a rule in force, not with a draft.")
    days = models.PositiveIntegerField(null=True, help_text="How far back it goes; null for all.")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    place = models.BigIntegerField(null=True, help_text="Number of the last screening looked at; newest come first.")
    reached = models.DateTimeField(null=True, help_text="When that screening was.")
    finished = models.BooleanField(default=False)
    looked = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0, help_text="Erased, or broken when it was screened.")
    hits = models.PositiveIntegerField(default=0)
    moves = models.JSONField(default=dict, help_text='How many outcomes change, as {"publish>hold": 3}.')
    against = models.PositiveIntegerField(default=0, help_text="Moves against what a person decided.")
    agreeing = models.PositiveIntegerField(default=0, help_text="Moves towards what a person decided.")
    examples = models.JSONField(default=dict, help_text="Numbers of some screenings by move, and under “against”.")

    def __str__(self) -> str:
        return f"replay of rule {self.rule_id}"
