"""The item in focus: all of `items.gather`, and what stands around it for deciding without leaving the page."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch

from comments.models import Comment
from moderation import alike, campaigns, extras, rows
from moderation.items import Item, gather
from moderation.models import Decision

MOST_DECISIONS = 5  # before the latest, which stands beside the acts


def of(ids: Iterable[int], held: dict[int, str], cards: dict[int, campaigns.CardLink], now: datetime) -> list[Item]:
    """Items with the likest comments, earlier decisions and why they wait; more items ask no more queries.

    `held` says who else has which of them open, and `cards` on which card each stands.
    """
    items = gather(ids)
    near = alike.to(item.comment.pk for item in items)
    made = _decisions([item.comment.pk for item in items if item.latest])
    for item in items:
        pk = item.comment.pk
        item.alike, item.decisions, item.held_by = near.get(pk, []), made.get(pk, [])[1:], held.get(pk, "")
        item.card = cards.get(pk)
        item.why = rows.why(item.comment, item.review, now)
    extras.fill(items, now)
    return items


def _decisions(ids: list[int]) -> dict[int, list[Decision]]:
    """The latest decisions about each comment, newest first."""
    if not ids:
        return {}  # nearly always, in the queue
    newest = Decision.objects.select_related("words", "reversed_by").order_by("-pk")[: MOST_DECISIONS + 1]
    found = Comment.objects.filter(pk__in=list(ids)).only("pk")
    return {comment.pk: comment.newest for comment in found.prefetch_related(Prefetch("decisions", newest, "newest"))}
