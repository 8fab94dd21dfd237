"""Locks on posts, which whoever decides about several comments takes after those on the comments."""

from collections.abc import Iterable

from blog.models import Post
from blog.prepared import Prepared


def lock_posts(ids: Iterable[int]) -> None:
    """Lock posts in the order of their numbers, until the transaction ends. New comments can still refer to them."""
    _POSTS.rows(sorted(set(ids)))


_POSTS = Prepared(
    Post,
    lambda ids: Post.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"),
)
