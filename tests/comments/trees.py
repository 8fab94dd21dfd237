"""Random trees of comments, and the naive reading of a thread that pages are compared with."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from blog.models import Post
from comments.models import Comment, Sender
from comments.paths import ancestors, depth_of, new_step
from comments.threads import NEWEST, Page, read_page

some = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
STATUSES = ["published"] * 4 + ["pending", "rejected", "spam", "withdrawn", "erased", "unconfirmed"]
# (parent, status, whether it is ours) of each comment; a number beyond those before it is a new thread.
# At least some pages full: left alone, hypothesis makes lists of five.
trees = st.lists(st.tuples(st.integers(0, 22), st.sampled_from(STATUSES), st.booleans()), min_size=16, max_size=24)
sizes = st.integers(1, 5)
orders = st.sampled_from(["oldest", "newest"])
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def plant(post: Post, tree: list[tuple[int, str, bool]], ours: Sender, other: Sender) -> list[Comment]:
    """Replace the post's comments by this tree, in one statement; the ids are in the tree's order."""
    Comment.objects.filter(post=post).update(parent=None)
    Comment.objects.filter(post=post).delete()
    made: list[Comment] = []
    first = (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    for number, (parent, status, own) in enumerate(tree):
        above = made[parent] if parent < len(made) else None
        now = BEGIN + timedelta(minutes=number)
        path = (above.path if above else "") + new_step(now)
        made.append(
            Comment(
                pk=first + number,
                post=post,
                parent_id=above.pk if above else None,
                path=path,
                thread=path[:12],
                depth=depth_of(path),
                status=status,
                published_at=now if status == "published" else None,
                created_at=now,
                name=f"Reader {number}",
                body="Words.",
                html="<p>Words.</p>",
                sender=ours if own else other,
            )
        )
    Comment.objects.bulk_create(made)
    return made


def read(made: list[Comment], order: str, sender: Sender | None = None) -> list[tuple[str, int | None]]:
    """Every row of the thread from first to last, as (path, id), with None for a place that is not shown."""
    shown = {one.path: one.pk for one in made if one.status == "published"}
    if sender:
        shown |= {one.path: one.pk for one in made if one.status == "pending" and one.sender_id == sender.pk}
    paths = {place for path in shown for place in [*ancestors(path), path]}
    rows = sorted(paths)
    if order == NEWEST:
        rows.sort(key=lambda path: path[:12], reverse=True)  # stable: inside a thread the order stays
    return [(path, shown.get(path)) for path in rows]


def rows_of(*pages: Page) -> list[tuple[str, int | None]]:
    return [(row.path, row.comment.pk if row.comment else None) for page in pages for row in page.rows]


def forward(post: Post, page: Page, **asked: Any) -> list[Page]:
    """This page and all after it."""
    pages = [page]
    while pages[-1].after:
        pages.append(read_page(post, order=page.order, after=pages[-1].after, **asked))
    return pages


def backward(post: Post, page: Page, **asked: Any) -> list[Page]:
    """All pages before this one, and it."""
    pages = [page]
    while pages[0].before:
        pages.insert(0, read_page(post, order=page.order, before=pages[0].before, **asked))
    return pages
