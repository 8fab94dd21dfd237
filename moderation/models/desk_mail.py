"""What each moderator wants to get by mail."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class DeskMail(models.Model):
    """A moderator's wish about the digest, and when it last went. Without a row the digest is daily."""

    class Interval(models.TextChoices):
        OFF = "off", "Never"
        DAILY = "daily", "Once a day, if something waits"
        WAITING = "waiting", "When something has waited for too long"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False)
    interval = models.CharField(max_length=7, choices=Interval, default=Interval.DAILY)
    hours = models.PositiveSmallIntegerField(
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
    )
    last_at = models.DateTimeField(null=True, editable=False)
    ignored = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Digests in a row after which nobody decided anything."
    )

    def __str__(self) -> str:
        return f"desk mail of account {self.user_id}"
