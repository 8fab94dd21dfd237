"""Clearing a queue of 50 takes at most 60 keystrokes, and what the keys said is what the database has."""

import time
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from blog.models import Post, User
from comments.models import Comment
from moderation.models import Decision
from tests import cast
from tests.browser import Watch
from tests.moderation.desk import reviewed

MOST_KEYS = 60
REASONS = {"o": "off_topic", "n": "low_effort", "h": "harassment"}


def keys_for(number: int) -> str:
    """What a moderator presses for the comment with this number: 29 approvals, 13 spam, 8 rejections."""
    if number % 6 == 5:
        return "r" + list(REASONS)[number % 3]
    return "s" if number % 4 == 1 else "a"


@pytest.mark.both_databases
def test_fifty_comments_in_sixty_keys(
    page: Page, watch: Watch, log_in: Callable[[Page, User], None], moderator: User, post: Post
) -> None:
    waiting = [cast.comment(post, "pending", name=f"Waiting {number}") for number in range(50)]
    for comment in waiting:
        reviewed(comment, ("history_new", 0.0, "first comment from this browser", []))
    log_in(page, moderator)
    with page.expect_response("**/moderation/ahead/**"):
        page.goto(f"{watch.home}/moderation/")
    began, pressed = time.perf_counter(), 0
    for number, comment in enumerate(waiting):
        # No wait for any answer: the next comment must be there by itself.
        expect(page.locator("#here .item")).to_have_attribute("id", f"c-{comment.pk}")
        for key in keys_for(number):
            page.keyboard.press(key)
            pressed += 1
    expect(page.locator("#here")).to_contain_text("Nothing waits.")
    expect(page.locator("[data-tab=pending]")).to_have_text("0", timeout=30_000)
    seconds = time.perf_counter() - began
    print(f"50 comments cleared with {pressed} keys in {seconds:.1f} s")
    assert pressed <= MOST_KEYS
    made = {decision.comment_id: decision for decision in Decision.objects.all()}
    assert len(made) == Decision.objects.count() == 50
    meant = {"a": ("approve", ""), "s": ("spam", "")} | {f"r{key}": ("reject", why) for key, why in REASONS.items()}
    for number, comment in enumerate(waiting):
        decision = made[comment.pk]
        assert (decision.action, decision.reason) == meant[keys_for(number)], number
        assert decision.actor == moderator
    kinds = Counter(Comment.objects.values_list("status", flat=True))
    assert kinds == Counter(decision.to_status for decision in made.values())
    assert min(kinds[status] for status in ("published", "spam", "rejected")) >= 8
