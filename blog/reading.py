"""What the page of a post reads of posts. Its queries are written once: writing them took longer than asking them."""

from datetime import UTC, date, datetime

from django.db.models import Model, Q, QuerySet

from blog.models import Post, Tag, User
from blog.prepared import Prepared
from blog.versions import NOW, POSTS_ON_A_PAGE

THEN = datetime(1999, 9, 8, 8, 8, 8, 888888, tzinfo=UTC)  # examples, as NOW is
SOME_POST = 919_191
PLACES = {f"post_{number}": SOME_POST + number for number in range(POSTS_ON_A_PAGE + 1)}


def fields(model: type[Model], *names: str) -> tuple[str, ...]:
    """These fields, or all, in the model's own order, in which `from_db` wants them."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname in names or not names)


POST = fields(Post)
AUTHOR = fields(User, "id", "username", "display_name", "slug", "avatar")  # whatever else is asked for is read then
TAG = fields(Tag)
LINK = fields(Post, "id", "kind", "title", "slug", "month", "version")  # what a link to a post needs
ENTRY = fields(Post, *LINK, "author_id", "summary", "text", "published_at", "published_comments")


def public_post(now: datetime, month: date, slug: str) -> Post | None:
    """The public post at this address, with its author and its tags."""
    rows = _POST.values(now=now, month=month, slug=slug)
    if not rows:
        return None
    post = made(Post, POST, rows[0][: len(POST)])
    post.author = made(User, AUTHOR, rows[0][len(POST) :])
    post.shown_tags = [made(Tag, TAG, row) for row in _TAGS.values(post=post.pk)]
    return post


def post_by_number(now: datetime, number: int) -> Post | None:
    """The public post or page of this number."""
    rows = _NUMBERED.values(now=now, number=number)
    return made(Post, POST, rows[0]) if rows else None


def front_posts(now: datetime) -> list[Post]:
    """The newest public posts as a list shows them, one more than a page has."""
    rows = _FRONT.values(now=now)
    posts = [made(Post, ENTRY, row[: len(ENTRY)]) for row in rows]
    tags = _tags_of([post.pk for post in posts])
    for post, row in zip(posts, rows, strict=True):
        post.author = made(User, AUTHOR, row[len(ENTRY) :])
        post.shown_tags = tags.get(post.pk, [])
    return posts


def _tags_of(posts: list[int]) -> dict[int, list[Tag]]:
    """The tags of as many posts as the first page has at most; a number of no post fills the places of others."""
    found: dict[int, list[Tag]] = {}
    given = dict(zip(PLACES, [*posts, *[0] * len(PLACES)], strict=False))
    for post, *tag in _TAGS_OF.values(**given):
        found.setdefault(post, []).append(made(Tag, TAG, tag))
    return found


def neighbours(post: Post, now: datetime) -> tuple[Post | None, Post | None]:
    """The public posts that were published next and before; of each what a link needs."""
    beside = {"now": now, "then": post.published_at, "post": post.pk}
    newer, older = (next((made(Post, LINK, row) for row in query.values(**beside)), None) for query in (_NEWER, _OLDER))
    return newer, older


def made(model: type[Model], fields: tuple[str, ...], row: list) -> Model:
    """The instance of a model of which a query read these fields."""
    return model.from_db(model._default_manager.db, fields, row)


def _posts(now: datetime) -> QuerySet:
    return Post.objects.published(now).posts()


def _newer(now: datetime, then: datetime, post: int) -> QuerySet:
    later = Q(published_at__gt=then) | Q(published_at=then, pk__gt=post)
    return _posts(now).filter(later).order_by("published_at", "pk").values_list(*LINK)[:1]


def _older(now: datetime, then: datetime, post: int) -> QuerySet:
    earlier = Q(published_at__lt=then) | Q(published_at=then, pk__lt=post)
    return _posts(now).filter(earlier).newest_first().values_list(*LINK)[:1]


_POST = Prepared(
    Post,
    lambda now, **address: _posts(now).filter(**address).values_list(*POST, *(f"author__{name}" for name in AUTHOR)),
    now=NOW, month=date(1999, 9, 1), slug="an-example",
)  # fmt: skip
_NUMBERED = Prepared(
    Post,
    lambda now, number: Post.objects.published(now).filter(pk=number).values_list(*POST),
    now=NOW,
    number=SOME_POST,
)
_TAGS = Prepared(Tag, lambda post: Tag.objects.filter(posts=post).values_list(*TAG), post=SOME_POST)
_FRONT = Prepared(
    Post,
    lambda now: (
        _posts(now).newest_first().values_list(*ENTRY, *(f"author__{name}" for name in AUTHOR))[: POSTS_ON_A_PAGE + 1]
    ),
    now=NOW,
)
_TAGS_OF = Prepared(
    Tag, lambda **posts: Tag.objects.filter(posts__in=posts.values()).values_list("posts", *TAG), **PLACES
)
_NEWER = Prepared(Post, _newer, now=NOW, then=THEN, post=SOME_POST)
_OLDER = Prepared(Post, _older, now=NOW, then=THEN, post=SOME_POST)
