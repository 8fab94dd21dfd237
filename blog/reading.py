"""What pages read of posts. Their queries are written once: writing them took longer than asking them."""

from datetime import UTC, date, datetime

from django.db.models import F, Q, QuerySet

from blog.models import Post, Tag
from blog.prepared import Prepared
from blog.versions import NOW, POSTS_ON_A_PAGE

THEN = datetime(1999, 9, 8, 8, 8, 8, 888888, tzinfo=UTC)  # examples, as NOW is
SOME_POST = 919_191
AUTHOR = ("author__username", "author__display_name", "author__slug", "author__avatar")
LINK = ("kind", "title", "slug", "month", "version")  # what a link to a post needs


def public_post(now: datetime, month: date, slug: str) -> Post | None:
    """The public post at this address, with its author and its tags."""
    post = _POST.object(now=now, month=month, slug=slug)
    if post:
        post.shown_tags = list(_TAGS.objects([post.pk]))
    return post


def post_by_number(now: datetime, number: int) -> Post | None:
    """The public post or page of this number."""
    return _NUMBERED.object(now=now, number=number)


def front_posts(now: datetime) -> list[Post]:
    """The newest public posts as a list shows them, one more than a page has."""
    posts = {post.pk: post for post in _FRONT.objects(now=now)}
    for post in posts.values():
        post.shown_tags = []
    for tag in _TAGS.objects(posts) if posts else ():
        posts[tag.of_post].shown_tags.append(tag)
    return list(posts.values())


def neighbours(post: Post, now: datetime) -> tuple[Post | None, Post | None]:
    """The public posts that were published next and before; of each what a link needs."""
    beside = {"now": now, "then": post.published_at, "post": post.pk}
    return _NEWER.object(**beside), _OLDER.object(**beside)


def _posts(now: datetime) -> QuerySet:
    return Post.objects.published(now).posts()


def _whole(now: datetime, **address) -> QuerySet:
    return _posts(now).filter(**address).select_related("author").defer("author__password", "author__about")


def _newer(now: datetime, then: datetime, post: int) -> QuerySet:
    # The range says nothing new, but by it the index is entered, whatever plan PostgreSQL has kept: without it the plan
    # for any post walked ten thousand posts from the oldest on.
    later = Q(published_at__gte=then) & (Q(published_at__gt=then) | Q(pk__gt=post))
    return _posts(now).filter(later).order_by("published_at", "pk").only(*LINK)[:1]


def _older(now: datetime, then: datetime, post: int) -> QuerySet:
    earlier = Q(published_at__lte=then) & (Q(published_at__lt=then) | Q(pk__lt=post))
    return _posts(now).filter(earlier).newest_first().only(*LINK)[:1]


def _front(now: datetime) -> QuerySet:
    shown = (*LINK, "summary", "text", "published_at", "published_comments", *AUTHOR)
    return _posts(now).newest_first().select_related("author").only(*shown)[: POSTS_ON_A_PAGE + 1]


_POST = Prepared(Post, _whole, now=NOW, month=date(1999, 9, 1), slug="an-example")
_NUMBERED = Prepared(Post, lambda now, number: Post.objects.published(now).filter(pk=number), now=NOW, number=SOME_POST)
_TAGS = Prepared(Tag, lambda posts: Tag.objects.filter(posts__in=posts).annotate(of_post=F("posts")))
_NEWER = Prepared(Post, _newer, now=NOW, then=THEN, post=SOME_POST)
_OLDER = Prepared(Post, _older, now=NOW, then=THEN, post=SOME_POST)
_FRONT = Prepared(Post, _front, now=NOW)
