"""Where a post lives: its slug, which addresses are not to be had, and the old ones that lead on."""

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from blog.models import OldAddress, Post
from blog.moments import month_of

#: First steps of the site's own addresses. A page of that name would never be reached, or would hide them.
RESERVED = frozenset(
    {
        "admin", "author", "comments", "feed", "healthz", "media", "moderation", "notice", "preview", "robots.txt",
        "search", "sitemap.xml", "static", "tag", "transparency",
    }
)  # fmt: skip
_LONGEST = 80

Key = tuple[date | None, str]


class UnusableAddress(ValueError):
    """The post cannot have this slug. The message is for the person who chose it."""


class AddressReserved(UnusableAddress):
    """The slug of a page is a part of the site's own addresses."""


class AddressTaken(UnusableAddress):
    """Another post of that month, or another page, has the slug."""


def key_of(post: Post) -> Key | None:
    """What tells the post's address from others: its month and slug, or None for a post that has no month yet."""
    if post.is_page:
        return None, post.slug
    return (post.month, post.slug) if post.month else None


def settle(post: Post, now: datetime) -> None:
    """Set the month, and a slug made from the title where none was typed. Saves nothing.

    Raises:
        UnusableAddress: the slug that was typed is reserved or taken.
    """
    post.month = month_of(post.published_at) if post.published_at else None
    if not post.slug:
        post.slug = _free_slug(post, now)
        return
    if post.is_page and _is_reserved(post.slug):
        raise AddressReserved(f"“{post.slug}” is a part of the site's own addresses; choose another slug.")
    key = key_of(post)
    if key and _at(post, key[0]).filter(slug=post.slug).exists():
        raise taken(post)


def taken(post: Post) -> AddressTaken:
    """The refusal for a post whose address another one has."""
    if post.is_page:
        return AddressTaken(f"Another page has the slug “{post.slug}” already; choose another.")
    return AddressTaken(f"Another post of {post.month:%B %Y} has the slug “{post.slug}” already; choose another.")


def remember(post: Post, before: Post | None, now: datetime) -> None:
    """Keep what leads to a post, after it was saved.

    An address that was public until this save is kept when the post left it, and also when the post is no longer
    public: it may come back under another slug. No address of a post that was never public is kept, so that
    redirects tell nothing about drafts. A public post's address leads to it alone.
    """
    key = key_of(post)
    public = post.is_public(now)
    if key and public:
        _rows(key).delete()
    if before and before.is_public(now):
        was = key_of(before)
        if was and (was != key or not public):
            OldAddress.objects.update_or_create(month=was[0], slug=was[1], defaults={"post": post})


def _rows(key: Key):
    return OldAddress.objects.filter(month=key[0], slug=key[1])


def _at(post: Post, month: date | None):
    """The other posts among which the slug must be unique."""
    others = Post.objects.exclude(pk=post.pk)
    return others.pages() if post.is_page else others.posts().filter(month=month)


def _is_reserved(slug: str) -> bool:
    # Four digits are a year of the archive.
    return slug in RESERVED or (len(slug) == 4 and slug.isdecimal())


def _free_slug(post: Post, now: datetime) -> str:
    base = slugify(post.title)[: _LONGEST - 6].strip("-") or post.kind
    # A draft without a time will most likely be published this month.
    month = post.month or month_of(timezone.localtime(now))
    in_use = set(_at(post, month).filter(Q(slug=base) | Q(slug__startswith=f"{base}-")).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in in_use or (post.is_page and _is_reserved(slug)):
        number += 1
        slug = f"{base}-{number}"
    return slug
