"""The next comment shows before the answer is there; an act that fails brings its comment back and says why."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from blog.models import Post, User
from comments.models import Comment
from moderation import decisions
from moderation.actors import person
from moderation.models import Decision
from tests import cast
from tests.browser import Watch
from tests.moderation.desk import status_of

DECIDE = "**/decisions/"


@pytest.fixture
def waiting(post: Post) -> list[Comment]:
    return [cast.comment(post, "pending", name=f"Waiting {number}") for number in range(3)]


@pytest.fixture
def desk(page: Page, watch: Watch, log_in: Callable[[Page, User], None], moderator: User, waiting: list) -> Page:
    log_in(page, moderator)
    with page.expect_response("**/moderation/ahead/**"):
        page.goto(f"{watch.home}/moderation/")
    return page


def in_focus(desk: Page, comment: Comment) -> None:
    expect(desk.locator("#here .item")).to_have_attribute("id", f"c-{comment.pk}")


def test_the_next_comment_is_there_before_the_answer(desk: Page, waiting: list[Comment]) -> None:
    held: list[Route] = []
    desk.route(DECIDE, lambda route: held.append(route))
    desk.keyboard.press("a")
    in_focus(desk, waiting[1])
    desk.keyboard.press("s")
    in_focus(desk, waiting[2])
    desk.wait_for_timeout(50)
    assert {status_of(comment) for comment in waiting} == {"pending"}, "nothing was answered yet"
    for route in held:
        route.continue_()
    expect(desk.get_by_role("status")).to_contain_text("Marked as spam: Waiting 1")
    for _ in range(100):  # both were let go at once; the one pressed first may be answered last
        if status_of(waiting[0]) != "pending":
            break
        desk.wait_for_timeout(50)
    assert [status_of(comment) for comment in waiting] == ["published", "spam", "pending"]


def test_without_a_connection_the_comment_comes_back_and_can_be_decided_again(
    desk: Page, watch: Watch, waiting: list[Comment]
) -> None:
    watch.allowed.append("ERR_FAILED")
    desk.route(DECIDE, lambda route: route.abort())
    desk.keyboard.press("a")
    in_focus(desk, waiting[0])
    expect(desk.get_by_role("alert")).to_contain_text("could not be reached")
    expect(desk.locator(".row")).to_have_count(3)
    assert not Decision.objects.exists()
    desk.unroute(DECIDE)
    desk.get_by_role("button", name="Approve the comment by Waiting 0").click()
    in_focus(desk, waiting[1])
    expect(desk.get_by_role("alert")).to_be_empty()
    expect(desk.get_by_role("status")).to_contain_text("Approved: Waiting 0")


def test_a_key_meant_for_the_next_comment_does_not_hit_the_one_that_came_back(
    desk: Page, watch: Watch, waiting: list[Comment]
) -> None:
    watch.allowed.append("ERR_FAILED")
    desk.route(DECIDE, lambda route: route.abort())
    desk.keyboard.press("a")
    expect(desk.get_by_role("alert")).to_contain_text("could not be reached")
    desk.unroute(DECIDE)
    desk.keyboard.press("a")
    in_focus(desk, waiting[0])
    desk.wait_for_timeout(1000)
    desk.keyboard.press("a")
    in_focus(desk, waiting[1])


def test_who_was_slower_is_told_by_whom_and_decides_about_what_is_there_now(
    desk: Page, watch: Watch, waiting: list[Comment], editor: User
) -> None:
    watch.allowed.append("409")
    decisions.decide(waiting[0].pk, "reject", seen=1, actor=person(editor), reason="off_topic")
    desk.keyboard.press("a")
    in_focus(desk, waiting[0])
    alert = desk.get_by_role("alert")
    expect(alert).to_contain_text("Rejected by Editor (off the topic)")
    expect(alert).to_contain_text("ago")
    expect(alert).to_contain_text("Your “Approve” was not carried out. It is rejected now.")
    assert status_of(waiting[0]) == "rejected"
    desk.get_by_role("button", name="Approve the comment by Waiting 0").click()
    in_focus(desk, waiting[1])
    expect(desk.get_by_role("status")).to_contain_text("Approved: Waiting 0")
    assert status_of(waiting[0]) == "published"


def test_whoever_was_logged_out_is_told_that_nothing_was_decided(
    desk: Page, watch: Watch, waiting: list[Comment]
) -> None:
    watch.allowed += ["403", "404", "405"]
    desk.context.clear_cookies()
    desk.keyboard.press("a")
    in_focus(desk, waiting[0])
    expect(desk.get_by_role("alert")).to_contain_text("Perhaps you are logged out")
    assert status_of(waiting[0]) == "pending"
