"""Signed links in mails: each good for one purpose, and those that grant something for a few days only.

What stands in a link can be read by whoever holds it, so it is numbers and never an address.
"""

from datetime import datetime, timedelta

from django.core import signing

CONFIRM, STOP = "confirm", "stop"
CONFIRM_DAYS = 3
LONGEST = 300


class LinkRefused(Exception):
    """The link is not one of ours, is for something else, or has expired. The message is for the reader."""


def make(purpose: str, *numbers: int, now: datetime) -> str:
    """A token for an address. `numbers` say what it is about."""
    return signing.dumps([int(now.timestamp()), *numbers], salt=f"comments.mail.{purpose}")


def read(purpose: str, token: str, now: datetime, days: int | None = None) -> list[int]:
    """The numbers of a token that was made for this purpose, at most `days` ago. Raises LinkRefused."""
    try:
        if len(token) > LONGEST:
            raise signing.BadSignature
        made, *numbers = signing.loads(token, salt=f"comments.mail.{purpose}")
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkRefused("This link could not be recognised. Was it copied whole?") from error
    if days is not None and not -300 <= now.timestamp() - made <= timedelta(days=days).total_seconds():
        raise LinkRefused(f"This link has expired: it was good for {days} days.")
    return numbers
