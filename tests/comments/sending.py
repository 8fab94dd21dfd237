"""How tests send what a reader's browser would: the comment form and the edit form, with everything typed into them."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from comments import stamps
from comments.models import Comment

LETTER = "I tried this on our own gate last night, and the hinge has not made a sound since."


def address(post: Post | int) -> str:
    """Where the comment form of a post is sent to."""
    return reverse("comments:submit", args=[post if isinstance(post, int) else post.pk])


def filled_in(under: Post, /, *, now: datetime | None = None, **changes: Any) -> dict[str, Any]:
    """The fields of the form as a person sends them who took a minute and a half; `changes` come on top."""
    opened = (now or timezone.now()) - timedelta(seconds=90)
    typed = {"body": LETTER, "name": "Cora", "email": "", "website": "", "subject": "", "parent": ""}
    return {"stamp": stamps.make(under.pk, opened), **typed, **changes}


def send(client: Client, under: Post, /, **changes: Any) -> HttpResponse:
    """Send the form and return the answer."""
    return client.post(address(under), filled_in(under, **changes))


def edit(client: Client, comment: Comment, body: str, /, **changes: Any) -> HttpResponse:
    """Send the edit form of a comment's status page and return the answer."""
    sent = {"seen": Comment.objects.get(pk=comment.pk).version, "body": body, **changes}
    return client.post(reverse("comments:edit", args=[comment.capability]), sent)
