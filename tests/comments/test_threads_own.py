"""A sender sees their own waiting comments in the thread; nobody else ever does."""

import pytest
from hypothesis import given
from pytest_django import Settings

from blog.models import Post
from comments.models import Sender
from comments.threads import read_page
from tests.comments.trees import backward, forward, orders, plant, read, rows_of, sizes, some, trees


@pytest.fixture
def people(db: None) -> list[Sender]:
    return [Sender.objects.create(), Sender.objects.create()]


@some
@given(tree=trees, size=sizes, order=orders)
def test_each_of_ones_own_waiting_comments_stands_in_its_place_once(
    post: Post, people: list, settings: Settings, tree: list, size: int, order: str
) -> None:
    settings.COMMENTS_PAGE_SIZE = size
    made = plant(post, tree, *people)
    expected = [pk for _, pk in read(made, order, people[0]) if pk]
    pages = forward(post, read_page(post, order=order, sender=people[0]), sender=people[0])
    assert [pk for _, pk in rows_of(*pages) if pk] == expected
    back = backward(post, pages[-1], sender=people[0])
    assert [pk for _, pk in rows_of(*back) if pk] == expected
    own = {one.pk for one in made if one.status == "pending" and one.sender_id == people[0].pk}
    assert {row.comment.pk for page in pages for row in page.rows if row.own} == own


@some
@given(tree=trees, size=sizes, order=orders)
def test_a_place_above_it_that_is_not_shown_has_a_tombstone(
    post: Post, people: list, settings: Settings, tree: list, size: int, order: str
) -> None:
    settings.COMMENTS_PAGE_SIZE = size
    made = plant(post, tree, *people)
    pages = forward(post, read_page(post, order=order, sender=people[0]), sender=people[0])
    assert set(rows_of(*pages)) >= set(read(made, order, people[0]))


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_nobody_else_is_shown_a_waiting_comment(post: Post, people: list, settings: Settings, order: str) -> None:
    settings.COMMENTS_PAGE_SIZE = 2
    tree = [(30, "published", False), (0, "pending", True), (30, "published", False), (2, "pending", True)]
    made = plant(post, tree, *people)
    stranger = Sender.objects.create()
    for sender in (None, people[1], stranger):
        pages = forward(post, read_page(post, order=order, sender=sender), sender=sender)
        assert {pk for _, pk in rows_of(*pages)} == {made[0].pk, made[2].pk}
        assert not any(row.own for page in pages for row in page.rows)


@pytest.mark.parametrize("status", ["rejected", "spam", "withdrawn", "erased", "unconfirmed"])
def test_ones_own_comment_is_not_shown_once_it_is_decided_against(post: Post, people: list, status: str) -> None:
    plant(post, [(30, "published", False), (0, status, True)], *people)
    assert len(read_page(post, sender=people[0]).rows) == 1


def test_an_answer_to_the_last_comment_of_a_page_stands_below_it(post: Post, people: list, settings: Settings) -> None:
    settings.COMMENTS_PAGE_SIZE = 2
    tree = [(30, "published", False)] * 4 + [(1, "pending", True)]
    made = plant(post, tree, *people)
    page = read_page(post, sender=people[0])
    assert [pk for _, pk in rows_of(page)] == [made[0].pk, made[1].pk, made[4].pk]
    assert page.rows[2].own
