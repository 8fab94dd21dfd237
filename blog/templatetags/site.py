"""What base.html needs of the site: its navigation and its standing addresses; and moments in words."""

from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils import timezone

from blog import moments
from blog.navigation import Navigation, navigation

register = template.Library()
register.filter("stamp", moments.stamp, expects_localtime=True)
register.filter("day", moments.day, expects_localtime=True)


@register.simple_tag(takes_context=True)
def site_navigation(context) -> Navigation:
    """The links in the head of the page; a view that asked for them already passes them as `navigation`."""
    return context.get("navigation") or navigation(timezone.now())


@register.simple_tag
@lru_cache(maxsize=64)
def address(name: str) -> str:
    """The address of a page that has one alone, by the name that `url` would be given. A page shows a dozen of them."""
    return reverse(name)
