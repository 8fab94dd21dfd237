"""What the door keeps: rate limits, and the keys under which address prefixes are hashed."""

from django.db import models
from django.utils import timezone


class Bucket(models.Model):
    """One rate limit's state: the moment at which the bucket will be full again. `flood.py` explains."""

    key = models.CharField(max_length=100, primary_key=True)
    full_at = models.BigIntegerField(help_text="Microseconds since 1970.")

    def __str__(self) -> str:
        return self.key


class NetworkKey(models.Model):
    """The random key under which address prefixes are hashed in one period; once deleted, no hash leads anywhere."""

    period = models.PositiveIntegerField(unique=True)
    key = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"key of period {self.period}"
