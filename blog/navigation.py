"""What the head of every page leads to: the standing pages, and the newest year of the archive."""

from dataclasses import dataclass
from datetime import datetime

from blog.models import Post

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
    public = Post.objects.published(now)
    pages = public.pages().order_by("published_at", "pk").only("kind", "title", "slug", "version")[:MOST_PAGES]
    newest = public.posts().newest_first().values_list("month", flat=True).first()
    return Navigation(list(pages), f"{newest:%Y}" if newest else "")
