"""What the head of every page leads to: the standing pages, and the newest year of the archive."""

from dataclasses import dataclass
from datetime import datetime

from blog.models import Post
from blog.prepared import Prepared
from blog.reading import LINK
from blog.versions import NOW

MOST_PAGES = 8


@dataclass(frozen=True, slots=True)
class Navigation:
    """Two queries' worth of links; `year` is empty on a site without posts."""

    pages: list[Post]
    year: str

    @property
    def versions(self) -> list[tuple[int, int]]:
        """Changes whenever the links do, except for the year."""
        return [(page.pk, page.version) for page in self.pages]


def navigation(now: datetime) -> Navigation:
    newest = _NEWEST.object(now=now)
    return Navigation(list(_PAGES.objects(now=now)), f"{newest.month:%Y}" if newest else "")


_PAGES = Prepared(
    Post,
    lambda now: Post.objects.published(now).pages().order_by("published_at", "pk").only(*LINK)[:MOST_PAGES],
    now=NOW,
)
_NEWEST = Prepared(Post, lambda now: Post.objects.published(now).posts().newest_first().only("month")[:1], now=NOW)
