"""The sitemap: posts, standing pages and tags that are public now, under the site's own address."""

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.utils import timezone

from blog.models import Post, Tag

LONGEST = 10_000


class SiteMap(Sitemap):
    """Addresses from SITE_URL, not from the Host that a request came with."""

    limit = LONGEST

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.SITE_URL.partition("://")[0]

    def get_domain(self, site=None) -> str:
        return settings.SITE_URL.partition("://")[2]


class PostMap(SiteMap):
    """Posts and pages. The time is the text's: comments, and least of all waiting ones, do not move it."""

    def items(self):
        public = Post.objects.published(timezone.now()).newest_first()
        return public.only("kind", "slug", "month", "published_at", "updated_at")

    def lastmod(self, post: Post) -> datetime:
        return max(post.updated_at, post.published_at)


class TagMap(SiteMap):
    def items(self):
        public = Post.objects.published(timezone.now()).posts().order_by()
        return Tag.objects.filter(posts__in=public).distinct().order_by("pk")


SECTIONS = {"posts": PostMap, "tags": TagMap}
