"""The pages of a thread, one behind the other, are the thread: every public comment once, each tombstone once."""

import pytest
from hypothesis import given
from pytest_django import Settings

from blog.models import Post
from comments.models import Sender
from comments.threads import LEAD_IN, read_page
from tests.comments.trees import backward, forward, orders, plant, read, rows_of, sizes, some, trees


@pytest.fixture
def people(db: None) -> list[Sender]:
    return [Sender.objects.create(), Sender.objects.create()]


@some
@given(tree=trees, size=sizes, order=orders)
def test_walking_forward_gives_the_whole_thread(
    post: Post, people: list, settings: Settings, tree: list, size: int, order: str
) -> None:
    settings.COMMENTS_PAGE_SIZE = size
    made = plant(post, tree, *people)
    pages = forward(post, read_page(post, order=order))
    assert rows_of(*pages) == read(made, order)
    assert pages[0].before is None
    assert all(sum(row.comment is not None for row in page.rows) == size for page in pages[:-1])


@some
@given(tree=trees, size=sizes, order=orders)
def test_walking_back_from_the_end_gives_the_whole_thread(
    post: Post, people: list, settings: Settings, tree: list, size: int, order: str
) -> None:
    settings.COMMENTS_PAGE_SIZE = size
    made = plant(post, tree, *people)
    last = forward(post, read_page(post, order=order))[-1]
    assert rows_of(*backward(post, last)) == read(made, order)


@some
@given(tree=trees, size=sizes, order=orders)
def test_a_permalink_opens_a_page_in_the_middle_that_joins_its_neighbours(
    post: Post, people: list, settings: Settings, tree: list, size: int, order: str
) -> None:
    settings.COMMENTS_PAGE_SIZE = size
    made = plant(post, tree, *people)
    for comment in [one for one in made if one.status == "published"][::3]:
        page = read_page(post, order=order, around=comment.pk)
        here = [pk for _, pk in rows_of(page) if pk]
        assert page.target == comment.pk
        assert comment.pk in here
        assert len(here) <= size
        assert here.index(comment.pk) <= LEAD_IN
        assert rows_of(*backward(post, page)[:-1], *forward(post, page)) == read(made, order)


@some
@given(tree=trees, size=sizes, order=orders)
def test_an_answer_names_its_parent_only_where_that_is_public(
    post: Post, people: list, settings: Settings, tree: list, size: int, order: str
) -> None:
    settings.COMMENTS_PAGE_SIZE = size
    by_id = {one.pk: one for one in plant(post, tree, *people)}
    for page in forward(post, read_page(post, order=order)):
        here = {row.comment.pk for row in page.rows if row.comment}
        for row in page.rows:
            parent = by_id.get(row.comment.parent_id) if row.comment else None
            assert row.parent == (parent.name if parent and parent.status == "published" else "")
            assert row.parent_here is bool(parent and parent.pk in here)


def test_a_comment_that_goes_between_two_clicks_moves_no_other_to_another_page(
    post: Post, people: list, settings: Settings
) -> None:
    settings.COMMENTS_PAGE_SIZE = 3
    made = plant(post, [(30, "published", False)] * 9, *people)
    first = read_page(post)
    type(made[0]).objects.filter(pk=made[1].pk).update(status="spam")
    second = read_page(post, after=first.after)
    assert rows_of(second) == [(one.path, one.pk) for one in made[3:6]]
