"""Two moderators at one queue: each sees what the other has open, and what the other decided."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from blog.models import Post, User
from comments.models import Comment
from tests import cast
from tests.browser import Watch
from tests.moderation.desk import status_of


@pytest.fixture
def waiting(post: Post) -> list[Comment]:
    return [cast.comment(post, "pending", name=f"Waiting {number}") for number in range(3)]


@pytest.fixture
def enter(new_page: Callable[..., Page], watch: Watch, log_in: Callable[[Page, User], None], waiting: list) -> Callable:
    def open_desk(user: User, **screen: object) -> Page:
        page = new_page(**screen)
        log_in(page, user)
        with page.expect_response("**/moderation/ahead/**"):
            page.goto(f"{watch.home}/moderation/")
        return page

    return open_desk


def in_focus(desk: Page, comment: Comment) -> None:
    expect(desk.locator("#here .item")).to_have_attribute("id", f"c-{comment.pk}")


def asks_for_news(desk: Page) -> None:
    """What the page does every ten seconds."""
    with desk.expect_response("**/moderation/news/"):
        desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.both_databases
def test_the_second_starts_at_a_comment_that_the_first_has_not_open(
    enter: Callable, waiting: list[Comment], moderator: User, editor: User
) -> None:
    first = enter(moderator)
    in_focus(first, waiting[0])
    second = enter(editor)
    in_focus(second, waiting[1])
    expect(second.locator(f"#r-{waiting[0].pk}")).to_contain_text("Moderator has it open")
    second.keyboard.press("k")
    expect(second.locator("#here .item-held")).to_contain_text("Moderator has it open")
    second.keyboard.press("a")
    in_focus(second, waiting[1])
    expect(second.get_by_role("status")).to_contain_text("Approved: Waiting 0")
    assert status_of(waiting[0]) == "published", "a claim stops nobody"


@pytest.mark.both_databases
def test_what_a_colleague_decides_is_struck_out_and_said_in_the_focus(
    enter: Callable, waiting: list[Comment], moderator: User, editor: User
) -> None:
    first, second = enter(moderator), enter(editor)
    second.keyboard.press("k")
    in_focus(second, waiting[0])
    first.keyboard.press("a")
    expect(first.get_by_role("status")).to_contain_text("Approved: Waiting 0")
    asks_for_news(second)
    row = second.locator(f"#r-{waiting[0].pk}")
    expect(row).to_contain_text("Approved by Moderator")
    expect(row.locator(".row-name")).to_have_css("text-decoration-line", "line-through")
    expect(second.get_by_role("alert")).to_contain_text("Approved by Moderator")
    expect(second.get_by_role("alert")).to_contain_text("It is published now.")
    expect(second.locator("[data-tab=pending]")).to_have_text("2")
    in_focus(second, waiting[0])
    second.keyboard.press("j")
    in_focus(second, waiting[1])
    second.keyboard.press("k")
    in_focus(second, waiting[1])


def test_ages_go_on_without_loading_the_page_again(
    enter: Callable, waiting: list[Comment], moderator: User, editor: User
) -> None:
    first, second = enter(moderator), enter(editor)
    first.keyboard.press("s")
    expect(first.get_by_role("status")).to_contain_text("Marked as spam")
    asks_for_news(second)
    expect(second.locator(f"#r-{waiting[0].pk} .row-news")).to_contain_text("2 s ago")


def test_an_empty_queue_shows_what_comes_by_itself(
    enter: Callable, waiting: list[Comment], moderator: User, post: Post
) -> None:
    desk = enter(moderator)
    for comment in waiting:
        in_focus(desk, comment)
        desk.keyboard.press("a")
    expect(desk.locator("#here")).to_contain_text("Nothing waits.")
    expect(desk.get_by_role("status")).to_contain_text("Waiting 2")
    new = cast.comment(post, "pending", name="Newly come")
    asks_for_news(desk)
    expect(desk.locator("#here .item")).to_have_attribute("id", f"c-{new.pk}", timeout=15_000)
