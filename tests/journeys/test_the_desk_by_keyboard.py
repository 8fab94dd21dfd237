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
    with page.expect_response("**/moderation/ahead/**"):
        page.goto(f"{watch.home}/moderation/")
    return page


def in_focus(desk: Page, comment: Comment) -> None:
    expect(desk.locator("#here .item")).to_have_attribute("id", f"c-{comment.pk}")


def becomes(desk: Page, *statuses: str) -> None:
    """Wait until the comments of the test have these statuses: acts are sent while the page goes on."""
    for _ in range(100):
        found = tuple(Comment.objects.order_by("pk").values_list("status", flat=True))
        if found == statuses:
            return
        desk.wait_for_timeout(50)
    assert found == statuses


@pytest.mark.both_databases
def test_the_keys_act_on_the_comment_in_focus_and_focus_goes_on(desk: Page, waiting: list[Comment]) -> None:
    in_focus(desk, waiting[0])
    desk.keyboard.press("a")
    in_focus(desk, waiting[1])
    expect(desk.locator(f"#c-{waiting[1].pk}")).to_be_focused()
    becomes(desk, "published", "pending", "pending")
    desk.keyboard.press("s")
    in_focus(desk, waiting[2])
    becomes(desk, "published", "spam", "pending")


def test_next_and_previous_move_the_focus_and_decide_nothing(desk: Page, waiting: list[Comment]) -> None:
    for key, at in (("j", 1), ("j", 2), ("j", 2), ("k", 1), ("k", 0), ("k", 0)):
        desk.keyboard.press(key)
        in_focus(desk, waiting[at])
    expect(desk.locator(f"#r-{waiting[0].pk} [aria-current=true]")).to_be_visible()
    assert not Decision.objects.exists()


def test_undo_takes_back_one_act_after_the_other_the_latest_first(desk: Page, waiting: list[Comment]) -> None:
    for key, comment in zip("asa", waiting, strict=True):
        in_focus(desk, comment)  # a key decides about what is seen, so none is taken while the next is on its way
        desk.keyboard.press(key)
    becomes(desk, "published", "spam", "published")
    expect(desk.locator("#here")).to_contain_text("Nothing waits.")
    for at, statuses in (
        (2, "published spam pending"),
        (1, "published pending pending"),
        (0, "pending pending pending"),
    ):
        desk.keyboard.press("u")
        becomes(desk, *statuses.split())
        in_focus(desk, waiting[at])
    expect(desk.get_by_role("status")).to_contain_text("Undone.")
    assert Decision.objects.count() == 6


def test_r_and_a_letter_reject_for_that_reason(desk: Page, waiting: list[Comment]) -> None:
    desk.keyboard.press("r")
    expect(desk.get_by_role("button", name="Off the topic")).to_be_visible()
    desk.keyboard.press("o")
    becomes(desk, "rejected", "pending", "pending")
    assert Decision.objects.get().reason == "off_topic"


def test_another_reason_asks_for_words_and_typing_is_no_command(desk: Page, waiting: list[Comment]) -> None:
    desk.keyboard.press("r")
    desk.keyboard.press("w")
    expect(desk.get_by_label("Note").first).to_be_focused()
    desk.keyboard.type("asrhu")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    becomes(desk, "rejected", "pending", "pending")
    decision = Decision.objects.get()
    assert (decision.action, decision.reason, decision.note) == ("reject", "other", "asrhu")


def test_while_rejecting_a_letter_that_is_no_reason_does_nothing(desk: Page, waiting: list[Comment]) -> None:
    desk.keyboard.press("r")
    for key in "jku":
        desk.keyboard.press(key)
    in_focus(desk, waiting[0])
    desk.keyboard.press("Escape")
    desk.keyboard.press("j")
    in_focus(desk, waiting[1])
    assert not Decision.objects.exists()


def test_the_help_names_every_key_and_takes_no_commands(desk: Page, waiting: list[Comment]) -> None:
    desk.keyboard.press("?")
    dialog = desk.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    desk.keyboard.press("a")
    shown = {kbd.lower() for kbd in dialog.locator("kbd").all_inner_texts()}
    desk.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    in_focus(desk, waiting[0])
    used = set(desk.locator("[data-key]").evaluate_all("them => them.map(it => it.dataset.key)"))
    assert used <= shown
    desk.get_by_role("button", name="All keys").click()
    expect(dialog).to_be_visible()
    desk.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    assert {status_of(comment) for comment in waiting} == {"pending"}


def test_the_keys_can_be_switched_off_and_stay_off(desk: Page, waiting: list[Comment]) -> None:
    desk.get_by_label("Keyboard shortcuts").uncheck()
    desk.reload()
    expect(desk.get_by_label("Keyboard shortcuts")).not_to_be_checked()
    expect(desk.locator("main kbd").first).to_be_hidden()
    for key in "jas":
        desk.keyboard.press(key)
    desk.reload()
    in_focus(desk, waiting[0])
    assert {status_of(comment) for comment in waiting} == {"pending"}


@pytest.mark.screen(javascript=False, width=320)
def test_without_javascript_everything_has_its_button(
    page: Page, watch: Watch, log_in: Callable[[Page, User], None], moderator: User, waiting: list[Comment]
) -> None:
    desk = page
    log_in(desk, moderator)
    desk.goto(f"{watch.home}/moderation/")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Approve the comment by Waiting 0").click()
    assert status_of(waiting[0]) == "published"
    in_focus(desk, waiting[1])
    with desk.expect_navigation():
        desk.get_by_role("button", name="Undo what this message says").click()
    assert status_of(waiting[0]) == "pending"
    in_focus(desk, waiting[0])
    with desk.expect_navigation():
        desk.get_by_role("link", name="Next").click()
    in_focus(desk, waiting[1])
    desk.locator("summary", has_text="Reject…").click()
    with desk.expect_navigation():
        desk.get_by_role("button", name="Harassment").click()
    assert status_of(waiting[1]) == "rejected"
    with desk.expect_navigation():
        desk.get_by_role("button", name="Undo what this message says").click()
    for number in (1, 2):
        desk.get_by_label(f"Tick the comment by Waiting {number}").check()
    desk.get_by_label("Do", exact=True).select_option("spam")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Do it for the ticked comments").click()
    assert [status_of(comment) for comment in waiting] == ["pending", "spam", "spam"]
