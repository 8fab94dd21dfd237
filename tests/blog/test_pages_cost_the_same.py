"""However much there is, a page takes the same number of queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post, Tag, User
from tests import cast


@pytest.fixture
def queries(reader: Client) -> Callable[[str], int]:
    """Ask for an address, return how many queries that took."""

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert reader.get(address).status_code == 200
        return len(caught)

    return count


def fill(author: User, posts: int) -> None:
    for number in range(posts):
        made = cast.post(author, published_at=timezone.now() - timedelta(days=2, minutes=number))
        made.tags.set([Tag.objects.get_or_create(name=name, slug=name)[0] for name in ("a", f"b{number}")])


@pytest.mark.parametrize("address", ["/", "/tag/a/", "/author/author/", "/feed/", "/sitemap.xml"])
def test_lists(address: str, author: User, queries: Callable[[str], int]) -> None:
    fill(author, 2)
    few = queries(address)
    fill(author, 7)
    assert queries(address) == few <= 7


def test_a_post(author: User, queries: Callable[[str], int]) -> None:
    fill(author, 3)
    post = Post.objects.posts().order_by("published_at")[1]
    parent = cast.comment(post)
    few = queries(post.get_absolute_url())
    for _ in range(30):
        parent = cast.comment(post, parent=parent)
    assert queries(post.get_absolute_url()) == few <= 10
