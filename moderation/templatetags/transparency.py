"""Whether the site shows its numbers to everybody."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def transparency_is_on() -> bool:
    """Whether /transparency/ is a page, for the link in the footer."""
    return settings.TRANSPARENCY_PAGE
