"""Atom feeds. Every address in them is absolute and comes from SITE_URL, never from a request's Host."""

import re
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from blog.freshness import same_for_all
from blog.kept import Keeping
from blog.models import Post
from blog.site import absolute
from blog.versions import site_version

LENGTH = 20
#: What XML 1.0 has no way to write. One such character in one name would break the feed for everybody.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def _clean(value):
    """The value without characters that XML cannot carry, in strings, lists and dictionaries alike."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, dict):
        return {key: _clean(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    return value


class CleanAtomFeed(Atom1Feed):
    """Atom that always is well-formed. An item's description is its content; `summary`, if given, is plain text."""

    def write(self, outfile, encoding: str) -> None:
        self.feed, self.items = _clean(self.feed), _clean(self.items)
        super().write(outfile, encoding)

    def latest_post_date(self) -> datetime:
        # Django says "now" for an empty feed, which would make it change with every request.
        return super().latest_post_date() if self.items else _NEVER

    def add_item_elements(self, handler, item: dict) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        if item.get("summary"):
            handler.addQuickElement("summary", item["summary"], {"type": "text"})
        # Relative addresses in the text start from the item's own page.
        handler.addQuickElement("content", item["description"], {"type": "html", "xml:base": item["link"]})


class SiteFeed(Feed):
    """A feed of this site. A subclass gives `title`, `link`, `feed_url` (both absolute), `items` and item methods."""

    feed_type = CleanAtomFeed
    #: How the feed is kept: see blog/kept.py.
    keeping = Keeping(site_version)

    def __call__(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return same_for_all(super().__call__)(request, *args, **kwargs)

    def feed_guid(self, obj) -> str:
        return self._get_dynamic_attr("feed_url", obj)

    def author_name(self) -> str:
        # Atom wants an author of the feed or of every entry; an empty feed has only this one.
        return settings.SITE_NAME

    def author_link(self) -> str:
        return absolute("/")


class PostsFeed(SiteFeed):
    """The newest posts, whole."""

    def title(self) -> str:
        return settings.SITE_NAME

    def subtitle(self) -> str:
        return settings.SITE_TAGLINE

    def link(self) -> str:
        return absolute("/")

    def feed_url(self) -> str:
        return absolute(reverse("blog:feed"))

    def items(self):
        public = Post.objects.published(timezone.now()).posts().newest_first()
        return public.select_related("author").prefetch_related("tags").defer("source")[:LENGTH]

    def item_title(self, post: Post) -> str:
        return post.title

    def item_description(self, post: Post) -> str:
        return post.html

    def item_extra_kwargs(self, post: Post) -> dict[str, str]:
        return {"summary": post.lead}

    def item_link(self, post: Post) -> str:
        return absolute(post.get_absolute_url())

    def item_guid(self, post: Post) -> str:
        # The address may change with the slug; this does not, and so a renamed post is not shown as a new one.
        return absolute(f"/#post-{post.pk}")

    def item_author_name(self, post: Post) -> str:
        return str(post.author)

    def item_author_link(self, post: Post) -> str:
        return absolute(post.author.get_absolute_url())

    def item_pubdate(self, post: Post) -> datetime:
        return post.published_at

    def item_updateddate(self, post: Post) -> datetime:
        return max(post.updated_at, post.published_at)

    def item_categories(self, post: Post) -> list[str]:
        return [tag.name for tag in post.tags.all()]
