"""The list of the queue."""

from django import template
from django.utils.safestring import SafeString

from moderation.queue import Queue
from moderation.row_shapes import html_of

register = template.Library()


@register.simple_tag
def rows_of(queue: Queue, current: str = "") -> SafeString:
    """The rows of a page of the queue; `current` is the number of the one in focus."""
    return html_of(queue.items, tab=queue.tab, focusing=queue.focusing, current=current)
