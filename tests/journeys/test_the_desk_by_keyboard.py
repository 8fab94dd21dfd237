"""The desk in a browser: by keyboard, without JavaScript, and with the keys switched off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from blog.models import Post, User
from comments.models import Comment
from moderation.models import Decision
from tests import cast
from tests.browser import Watch
from tests.moderation.desk import status_of


@pytest.fixture
def waiting(post: Post) -> list[Comment]:
    return [cast.comment(post, "pending", name=f"Waiting {number}") for number in range(3)]


@pytest.fixture
def desk(page: Page, watch: Watch, log_in: Callable[[Page, User], None], moderator: User, waiting: list) -> Page:
    log_in(page, moderator)
    page.goto(f"{watch.home}/moderation/")
    return page


def press(desk: Page, key: str) -> None:
    """Press a key that sends a form, and wait for the page after it."""
    with desk.expect_navigation():
        desk.keyboard.press(key)


def test_the_keys_act_on_the_comment_in_focus_and_focus_goes_on(desk: Page, waiting: list[Comment]) -> None:
    desk.keyboard.press("a")
    assert status_of(waiting[0]) == "pending", "no comment is in focus yet"
    desk.keyboard.press("j")
    press(desk, "a")
    assert status_of(waiting[0]) == "published"
    expect(desk.locator(f"#c-{waiting[1].pk}")).to_be_focused()
    press(desk, "s")
    assert [status_of(comment) for comment in waiting] == ["published", "spam", "pending"]
    press(desk, "u")
    assert status_of(waiting[1]) == "pending"


def test_rejecting_asks_for_the_reason_and_typing_is_no_command(desk: Page, waiting: list[Comment]) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("r")
    desk.get_by_label("Reason").first.select_option("off_topic")
    desk.get_by_label("Note").first.fill("")
    desk.keyboard.type("asrhu")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Reject the comment by Waiting 0").click()
    decision = Decision.objects.get()
    assert (decision.action, decision.reason, decision.note) == ("reject", "off_topic", "asrhu")


def test_the_keys_can_be_switched_off_and_stay_off(desk: Page, waiting: list[Comment]) -> None:
    desk.get_by_label("Keyboard shortcuts").uncheck()
    desk.reload()
    expect(desk.get_by_label("Keyboard shortcuts")).not_to_be_checked()
    expect(desk.locator("kbd").first).to_be_hidden()
    for key in "jas":
        desk.keyboard.press(key)
    desk.reload()
    assert {status_of(comment) for comment in waiting} == {"pending"}


@pytest.mark.screen(javascript=False, width=320)
def test_without_javascript_everything_has_its_button(desk: Page, waiting: list[Comment]) -> None:
    with desk.expect_navigation():
        desk.get_by_role("button", name="Approve the comment by Waiting 0").click()
    assert status_of(waiting[0]) == "published"
    with desk.expect_navigation():
        desk.get_by_role("button", name="Undo what this message says").click()
    assert status_of(waiting[0]) == "pending"
    for number in (1, 2):
        desk.get_by_label(f"Tick the comment by Waiting {number}").check()
    desk.get_by_label("Do", exact=True).select_option("spam")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Do it for the ticked comments").click()
    assert [status_of(comment) for comment in waiting] == ["pending", "spam", "spam"]
