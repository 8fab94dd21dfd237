"""What base.html needs of the site: its navigation."""

from django import template
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
