"""What templates of the comments ask of moderation: the answer on a private page, and what is told at the door."""

from django import template
from django.forms import Form
from django.utils import timezone

from comments.models import Comment
from comments.origin import client_address, network_of
from comments.senders import sender_of
from comments.writing import staff_of
from moderation.answers import Answer, answer_to, told_at_the_door

register = template.Library()


@register.simple_tag
def answer(comment: Comment, sent: Form | None = None) -> Answer:
    """Why a comment is not shown, what holds against its author, and what came of asking again.

    `sent` is an appeal that had errors and is shown again.
    """
    return answer_to(comment, sent or None, timezone.now())


@register.simple_tag(takes_context=True)
def at_the_door(context) -> dict:
    """Warnings that this browser has not acknowledged, and what shuts it out."""
    request, now = context["request"], timezone.now()
    if staff_of(request):
        return {}
    warnings, barred, page = told_at_the_door(sender_of(request), network_of(client_address(request), now), now)
    return {"warnings": warnings, "barred": barred, "page": page}
