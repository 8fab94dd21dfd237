"""Whether the machine may publish, and file as spam, without a person; and every time that this changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from moderation.models.check import Check


class Automation(models.Model):
    """One side of what the machine does by itself. A side without a row was never changed: it acts, and is on trial."""

    side = models.CharField(max_length=7, choices=Check.Side, primary_key=True)
    stepped_back = models.BooleanField(default=False, help_text="It holds what it would have done.")
    on_trial = models.BooleanField(default=True, help_text="Too few checks yet to say how often it errs.")
    since = models.DateTimeField(null=True, help_text="Checks drawn before this moment do not count.")
    changed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True, help_text="Of the latest change, in words.")

    class Meta:
        permissions = [("resume_automation", "Can let automation act again, or make it step back")]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {'stepped back' if self.stepped_back else 'acts'}"


class AutomationChange(models.Model):
    """One time that a side stepped back or was resumed. Append-only: the database refuses UPDATE and DELETE."""

    side = models.CharField(max_length=7, choices=Check.Side)
    stepped_back = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    # As in Decision: no constraint, so that an account can go without changing what cannot be changed.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, db_constraint=False, on_delete=models.DO_NOTHING, related_name="+"
    )
    by_name = models.CharField(max_length=80, help_text="The person's name then, or “system”.")
    why = models.CharField(max_length=400)

    def __str__(self) -> str:
        return f"{self.get_side_display()} {'back' if self.stepped_back else 'on'} by {self.by_name}"
