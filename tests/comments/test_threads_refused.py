"""A cursor that is none, and a comment that is not there for everybody, lead to no page."""

import pytest

from blog.models import Post, User
from comments.threads import NoSuchPage, read_page
from tests import cast

HOSTILE = [
    "x",
    "z" * 11,
    "z" * 13,
    "z" * 12 * 65,
    "é" * 12,
    "\x00" * 12,
    "１" * 12,
    "' OR 1=1 -- ",
    "%" * 12,
    "z" * 10**6,
    " " * 12,
]


@pytest.mark.parametrize("cursor", HOSTILE)
@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_what_is_no_place_is_refused(post: Post, cursor: str, order: str) -> None:
    cast.comment(post)
    for way in ({"after": cursor}, {"before": cursor}):
        with pytest.raises(NoSuchPage):
            read_page(post, order=order, **way)


@pytest.mark.parametrize("order", ["", "Oldest", "-path", "id"])
def test_an_order_that_is_none_is_refused(post: Post, order: str) -> None:
    with pytest.raises(NoSuchPage):
        read_page(post, order=order)


def test_a_place_beyond_the_ends_has_no_page(post: Post) -> None:
    comment = cast.comment(post)
    for way in ({"after": "z" * 12}, {"before": "-" * 12}, {"after": comment.path}, {"before": comment.path}):
        with pytest.raises(NoSuchPage):
            read_page(post, **way)


def test_a_post_without_comments_has_one_empty_page(post: Post) -> None:
    page = read_page(post)
    assert (page.rows, page.before, page.after) == ([], None, None)


@pytest.mark.parametrize("status", ["pending", "rejected", "spam", "withdrawn", "erased", "unconfirmed"])
def test_no_page_opens_around_what_is_not_public(post: Post, status: str) -> None:
    with pytest.raises(NoSuchPage):
        read_page(post, around=cast.comment(post, status).pk)


def test_no_page_opens_around_a_comment_of_another_post_or_of_none(post: Post, author: User) -> None:
    foreign = cast.comment(cast.post(author))
    for number in (foreign.pk, 0, -1, 2**31, 2**63, 10**30):
        with pytest.raises(NoSuchPage):
            read_page(post, around=number)


def test_comments_of_other_posts_are_never_among_the_rows(post: Post, author: User) -> None:
    cast.comment(cast.post(author))
    mine = cast.comment(post)
    assert [row.comment.pk for row in read_page(post).rows] == [mine.pk]
