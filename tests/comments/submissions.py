"""What submissions in tests are made of: a draft, its origin, and screeners that misbehave."""

import time
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html

from blog.models import Post
from comments import submission
from comments.models import Comment
from comments.origin import Origin

LETTER = (
    "Thank you for the careful description of the index. I tried it on our own tables last night and the "
    "slow page became quick, though the second query still reads every row."
)
ORIGIN = Origin(network="1:ab", user_agent="", user=None, sender=None, seconds_on_form=90.0, honeypot=False)


def draft(body: str = LETTER, **changes: Any) -> submission.Draft:
    given = {"name": "Reader", "email": "", "website": "", "body": body, "html": format_html("<p>{}</p>", body)}
    return submission.Draft(**{**given, **changes})


def send(
    post: Post,
    body: str = LETTER,
    *,
    key: str = "key",
    parent: Comment | None = None,
    now: datetime | None = None,
    typed: dict[str, str] | None = None,
    **origin: Any,
) -> Comment:
    """Submit an ordinary comment; further names are facts of its origin."""
    given = replace(ORIGIN, **origin)
    return submission.submit(post, parent, draft(body, **typed or {}), given, key, now or timezone.now())


def edit(comment: Comment, body: str, seen: int | None = None) -> Comment:
    html = format_html("<p>{}</p>", body)
    return submission.edit(comment, body, html, seen or comment.version, None, timezone.now())


class Outage(RuntimeError):
    """What a broken screener raises."""


def raises(*_given: object) -> None:
    raise Outage


def runs_out_of_memory(comment_id: int) -> None:
    raise MemoryError


def recurses(comment_id: int) -> None:
    recurses(comment_id)


def fails_inside(comment_id: int) -> None:
    raise SystemError("error return without exception set")


def breaks_the_database(comment_id: int) -> None:
    Comment.objects.filter(pk=comment_id).update(published_at=None, status="published")


def is_slow(*_given: object) -> list:
    """In place of the filters' run: finds nothing, later than is allowed."""
    time.sleep(0.03)
    return []
