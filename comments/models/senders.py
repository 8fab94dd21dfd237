"""Who sends comments, as far as that was proven."""

import secrets

from django.db import models
from django.utils import timezone


def new_key() -> str:
    """128 random bits, safe in an address."""
    return secrets.token_urlsafe(16)


class Sender(models.Model):
    """A browser that commented, known by a signed random token in its cookie and by nothing that was typed."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"sender {self.pk}"
