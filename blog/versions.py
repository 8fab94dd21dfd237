"""What tells one state of a public page from the next, read in one short query: kept pages stand under it.

Whatever a stranger can see on a page moves its version: the word that changes with posts, tags and names, the newest
public time (a scheduled post becomes public without anybody writing anything), and the page's own row or rows. So an
old page is never found again, and nothing has to be purged.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Subquery

from blog.models import Post, SiteVersion
from blog.prepared import Prepared

NOW = datetime(1999, 9, 9, 9, 9, 9, 999999, tzinfo=UTC)  # examples: see Prepared
OPEN_FROM = NOW - timedelta(days=1)
POSTS_ON_A_PAGE = 10
NEVER = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Version:
    """`parts` are never the same for two states of a page; `changed_at` is when it last changed by itself."""

    parts: tuple
    changed_at: datetime | None = None


def post_version(now: datetime, query: dict[str, str], year: str, month: str, slug: str) -> Version | None:
    """The version of a public post's page and of its feed; None where there is no public post."""
    first = date(int(year), int(month), 1)
    found = _of_one(_POST.rows(now=now, open_from=_open_from(now), month=first, slug=slug))
    # A form's stamp ages: half-way to its end the page is made anew.
    half = int(now.timestamp()) // (settings.COMMENTS_FORM_SECONDS // 2)
    return found and Version((*found.parts, half), found.changed_at)


def page_version(now: datetime, query: dict[str, str], slug: str) -> Version | None:
    """The version of a standing page."""
    return _of_one(_PAGE.rows(now=now, open_from=_open_from(now), slug=slug))


def front_version(now: datetime, query: dict[str, str]) -> Version | None:
    """The version of the first page of the list of all posts; it shows their numbers of comments."""
    if query.get("page", "1") != "1":
        return None
    rows = _FRONT.rows(now=now)
    if not rows:
        return site_version(now, query)
    return Version((rows[0][2:], tuple(row[:2] for row in rows)), max(as_time(row[1]) for row in rows))


def site_version(now: datetime, query: dict[str, str]) -> Version | None:
    """The version of what shows posts alone, and nothing of what is said about them."""
    rows = _SITE.rows(now=now)
    return Version(rows[0], as_time(rows[0][1]) if rows[0][1] else None) if rows else None


def as_time(stored: datetime | str) -> datetime:
    """A time as the database gives it: SQLite has texts in UTC, of which its driver makes times without a zone."""
    moment = stored if isinstance(stored, datetime) else datetime.fromisoformat(stored)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _of_one(rows: list[tuple]) -> Version | None:
    return Version(rows[0], as_time(rows[0][1])) if rows and rows[0][2] else None


def _open_from(now: datetime) -> datetime:
    """Posts that were published later than this take comments."""
    days = settings.COMMENTS_CLOSE_AFTER_DAYS
    return now - timedelta(days=days) if days else NEVER


def _with_site(posts: QuerySet, now: datetime, *more: str) -> QuerySet:
    newest = Post.objects.published(now).order_by("-published_at").values("published_at")[:1]
    word = SiteVersion.objects.values("word")[:1]
    return posts.annotate(site=Subquery(word), newest=Subquery(newest)).values_list(
        "pk", "page_changed_at", "site", "newest", *more
    )


def _one(now: datetime, open_from: datetime, **address) -> QuerySet:
    is_open = ExpressionWrapper(Q(published_at__gt=open_from), output_field=BooleanField())
    found = Post.objects.published(now).filter(**address).annotate(is_open=is_open)
    return _with_site(found, now, "mode", "is_open")[:1]


def _front(now: datetime) -> QuerySet:
    return _with_site(Post.objects.published(now).posts().newest_first(), now)[: POSTS_ON_A_PAGE + 1]


def _site(now: datetime) -> QuerySet:
    newest = Post.objects.published(now).order_by("-published_at").values("published_at")[:1]
    return SiteVersion.objects.annotate(newest=Subquery(newest)).values_list("word", "newest")[:1]


_POST = Prepared(
    Post,
    lambda **given: _one(kind=Post.Kind.POST, **given),
    now=NOW, open_from=OPEN_FROM, month=date(1999, 9, 1), slug="an-example",
)  # fmt: skip
_PAGE = Prepared(
    Post, lambda **given: _one(kind=Post.Kind.PAGE, **given), now=NOW, open_from=OPEN_FROM, slug="an-example"
)
_SITE = Prepared(Post, _site, now=NOW)
_FRONT = Prepared(Post, _front, now=NOW)
