"""With JavaScript the page of a running batch goes on to its end; without it a button does."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from blog.models import Post, User
from moderation import batch_pages, batches
from tests.browser import Watch
from tests.moderation.desk import status_of
from tests.moderation.orders import everything, flood


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One chunk of at least ten comments a request."""
    monkeypatch.setattr(batch_pages, "SECONDS", 0)
    monkeypatch.setattr(batches.run, "__kwdefaults__", {"size": 10})
    monkeypatch.setattr(batches, "CHUNK_SECONDS", 3600)


@pytest.mark.parametrize("javascript", [True, False])
def test_it_is_followed_to_its_end(
    javascript: bool,
    slow: None,
    new_page: Callable[..., Page],
    log_in: Callable,
    post: Post,
    moderator: User,
    watch: Watch,
) -> None:
    comments = flood(post, 30)
    order = everything(moderator)
    page = new_page(javascript=javascript)
    log_in(page, moderator)
    page.goto(f"{watch.home}/moderation/batches/{order.pk}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Reject 30 comments")
    if not javascript:
        for expected in ("10 of 30", "20 of 30"):
            page.get_by_role("button", name="Go on").click()
            expect(page.locator("#batch-numbers")).to_contain_text(expected)
        page.get_by_role("button", name="Go on").click()
    expect(page.locator("#batch-numbers")).to_contain_text("All done", timeout=60_000)
    assert status_of(comments[-1]) == "rejected"
    page.get_by_role("button", name="Undo all of them").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Take back 30 decisions")
