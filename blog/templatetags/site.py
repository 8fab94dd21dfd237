"""What pages need of the site: its navigation and addresses, lists of posts, moments in words."""

from collections.abc import Iterable

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from blog import moments, site
from blog.entries import entries_of
from blog.models import Post
from blog.navigation import Navigation, navigation

register = template.Library()
register.filter("stamp", moments.stamp, expects_localtime=True)
register.filter("day", moments.day, expects_localtime=True)
# As `url`, for addresses that many pages show: Django looks each up anew.
register.simple_tag(site.address, name="address")


@register.simple_tag(takes_context=True)
def site_navigation(context) -> Navigation:
    """The links in the head of the page; a view that asked for them already passes them as `navigation`."""
    return context.get("navigation") or navigation(timezone.now())


@register.simple_tag
def entries(posts: Iterable[Post], *, lead_story: bool = False, hide_author: bool = False) -> SafeString:
    """Posts of a list, one below the other; `lead_story` says that the first is shown large."""
    return entries_of(posts, lead_story=lead_story, hide_author=hide_author)
