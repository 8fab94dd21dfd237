"""A site of a given size, the same on every run: posts with threads, and comments that wait."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from blog.models import Post, Tag, User
from comments.models import Comment, Revision, Sender
from comments.models.comment import by_age
from comments.paths import depth_of, new_step
from moderation.models import Review, Signal
from tests import cast

# Enough words that what two readers say is not alike, as campaigns are.
SYLLABLES = "gar hin lat fie rai pat wal riv sto bri oak iro let win har mea lan ket orch bar mar".split()  # noqa: SIM905
WORDS = [one + other for one in SYLLABLES for other in ("den", "ge", "ch", "ld", "n", "h", "er", "st", "dle", "ow")]
THREADS = {"hundred": 100, "thousand": 1_000, "ten-thousand": 10_000}
USUAL = 100  # comments of every other post
CHUNK = 2_000
START = timedelta(days=700)


def fill(comments: int, waiting: int, shown: int = 12) -> None:
    """Fill an empty, migrated database.

    Args:
        comments: published ones, as near as whole threads allow.
        waiting: pending ones on top of these, on one post, each from a browser of its own.
        shown: posts at least, so that the front page is full.
    """
    author = cast.person("author", "Authors")
    cast.person("moderator", "Moderators")
    now = timezone.now()
    sizes = [(slug, size) for slug, size in THREADS.items() if size <= comments]
    left = comments - sum(size for _, size in sizes)
    sizes += [(f"post-{number}", USUAL) for number in range(max(left // USUAL, shown - len(sizes)))]
    if left // USUAL < shown - len(THREADS):
        sizes = [(slug, size if slug in THREADS else max(left, 0) // shown) for slug, size in sizes]
    tag = Tag.objects.create(name="Outdoors", slug="outdoors")
    chance = random.Random(11)
    words = texts(chance)
    posts = []
    for number, (slug, size) in enumerate(sizes):
        # The named threads are the newest posts.
        moment = now - timedelta(days=1) - timedelta(hours=number)
        posts.append(_post(author, slug, moment, size, next(words)))
    Post.objects.bulk_create(posts, batch_size=CHUNK)
    Post.tags.through.objects.bulk_create(
        [Post.tags.through(post_id=post.pk, tag_id=tag.pk) for post in posts], batch_size=CHUNK
    )
    for rows in _chunks(row for post in posts for row in _thread(post, post.published_comments, chance, words, now)):
        Comment.objects.bulk_create(rows)
    for rows in _chunks(_waiting(posts[0], waiting, words, now)):
        _store(rows)
    with connection.cursor() as cursor:
        # The numbers were given here; the database goes on behind them.
        for statement in connection.ops.sequence_reset_sql(no_style(), [Comment]):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _post(author: User, slug: str, moment: datetime, comments: int, text: str) -> Post:
    post = Post(
        author=author, title=f"About {slug.replace('-', ' ')}", slug=slug, status=Post.Status.PUBLISHED,
        source="\n\n".join([text] * 6), published_at=moment, published_comments=comments,
    )  # fmt: skip
    post.render()
    return post


def texts(chance: random.Random) -> Iterator[str]:
    """What readers say, without end."""
    while True:
        yield " ".join(chance.choices(WORDS, k=chance.randint(20, 90))).capitalize() + "."


def _chunks(rows: Iterator[Comment]) -> Iterator[list[Comment]]:
    while found := list(islice(rows, CHUNK)):
        yield found


def _thread(post: Post, size: int, chance: random.Random, words: Iterator[str], now: datetime) -> Iterator[Comment]:
    parents: list[Comment] = []
    for number in range(size):
        moment = now - START + timedelta(seconds=number * 30)
        parent = chance.choice(parents) if parents and chance.random() < 0.5 else None
        path = (parent.path if parent and parent.depth < 5 else "") + new_step(moment)
        text = next(words)
        row = Comment(
            id=_next_id(), post=post, parent=parent if len(path) > 12 else None, path=path, thread=path[:12],
            depth=depth_of(path), status="published", published_at=moment, created_at=moment,
            name=f"Reader {number % 900}", body=text, html=f"<p>{text}</p>",
        )  # fmt: skip
        parents = [*parents[-40:], row]
        yield row


def _waiting(post: Post, count: int, words: Iterator[str], now: datetime) -> Iterator[Comment]:
    for number in range(count):
        moment = now - timedelta(days=20) + timedelta(seconds=number)
        path, text = new_step(moment), next(words)
        yield Comment(
            id=_next_id(), post=post, path=path, thread=path, depth=0, status="pending", created_at=moment,
            urgency=by_age(moment) + number % 7, name=f"Newcomer {number}", body=text, html=f"<p>{text}</p>",
            network=f"1:{number % 500}",
        )  # fmt: skip


def _store(rows: list[Comment]) -> None:
    """Waiting comments as a screening left them."""
    senders = Sender.objects.bulk_create([Sender() for _ in rows])
    for row, sender in zip(rows, senders, strict=True):
        row.sender = sender
    Comment.objects.bulk_create(rows)
    Revision.objects.bulk_create(
        [Revision(comment=row, number=1, body=row.body, html=row.html, created_at=row.created_at) for row in rows]
    )
    reviews = Review.objects.bulk_create(
        [Review(comment=row, revision=1, policy="policy-3", mode="hold_new", outcome="hold", score=0.4) for row in rows]
    )
    Signal.objects.bulk_create(
        [Signal(review=review, code="learned_site", weight=0.4, says="a newcomer", spans=[]) for review in reviews]
    )


_ids = iter(range(1, 10_000_000))


def _next_id() -> int:
    return next(_ids)
