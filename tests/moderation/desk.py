"""What the tests of the desk post, and the reviews that they put beside comments."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from comments.models import Comment
from moderation.models import Review, Signal

QUEUE = "/moderation/"


def decide(client: Client, comment: Comment, action: str, **changes: object) -> HttpResponse:
    """Press a button of the queue for a comment as it stands in `comment`."""
    address = reverse("moderation:decide", args=[comment.pk])
    return client.post(address, {"action": action, "seen": comment.version, **changes})


def undo(client: Client, decision_id: int, seen: int, **changes: object) -> HttpResponse:
    """Press Undo."""
    return client.post(reverse("moderation:undo", args=[decision_id]), {"seen": seen, **changes})


def batch(
    client: Client, comments: list[Comment], action: str, follow: bool = False, **changes: object
) -> HttpResponse:
    """Act on ticked rows."""
    ticked = [f"{comment.pk}:{comment.version}" for comment in comments]
    return client.post(reverse("moderation:batch"), {"item": ticked, "action": action, **changes}, follow=follow)


def status_of(comment: Comment) -> str:
    """The status that the database has."""
    return Comment.objects.values_list("status", flat=True).get(pk=comment.pk)


def reviewed(comment: Comment, *signals: tuple[str, float, str, list], **changes: object) -> Review:
    """Put a screening beside a comment, with signals (code, weight, words, spans)."""
    given = {"revision": comment.revision, "policy": "policy-1", "mode": "hold_new", "outcome": "hold", **changes}
    review = Review.objects.create(comment=comment, **given)
    for code, weight, says, spans in signals:
        Signal.objects.create(review=review, code=code, weight=weight, says=says, spans=spans)
    return review


def html(response: HttpResponse) -> str:
    """The page as text."""
    return response.content.decode()
