"""The whole way in a real browser: an author publishes, a stranger comments, a moderator decides and undoes."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from blog.models import Post, User
from comments.models import Comment
from tests import cast
from tests.browser import Watch

WORD = "quincunx"


def channels(post: Post) -> dict[str, bool]:
    """On which public channels the word stands that only the comment holds."""
    address = post.get_absolute_url()
    asked = {
        "page": address,
        "newest first": f"{address}?order=newest",
        "front": "/",
        "feed": "/feed/",
        "comments feed": "/comments/feed/",
        "post feed": f"{address}feed/",
        "sitemap": "/sitemap.xml",
        "search": "/search/?q=hinges",
    }
    reader = Client(SERVER_NAME="blog.example")
    return {name: WORD in reader.get(path).content.decode() for name, path in asked.items()}


def log_in_by_form(page: Page, username: str) -> None:
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Log in").click()


@pytest.mark.both_databases
def test_from_the_authors_draft_to_the_public_page_and_back(
    new_page: Callable[..., Page], author: User, moderator: User, watch: Watch
) -> None:
    desk = new_page()
    desk.goto("/admin/blog/post/add/")
    log_in_by_form(desk, "author")
    desk.get_by_label("Title").fill("On hinges")
    desk.locator("textarea[name=source]").fill("A gate is only as good as its **hinges**.")
    desk.get_by_role("button", name="Publish").click()
    desk.wait_for_load_state()
    post = Post.objects.get(title="On hinges")

    stranger = new_page(javascript=False)
    stranger.goto("/")
    stranger.get_by_role("link", name="On hinges").first.click()
    expect(stranger.get_by_role("heading", name="On hinges")).to_be_visible()
    expect(stranger.locator(".prose strong").first).to_have_text("hinges")
    stranger.get_by_label("Your comment").fill(f"Mine are hung in a {WORD}.")
    stranger.get_by_label("Name").fill("Passer-by")
    stranger.get_by_role("button", name="Post comment").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Waiting for a person")
    comment = Comment.objects.get()
    assert comment.status == Comment.Status.PENDING
    assert not any(channels(post).values())
    stranger.goto(post.get_absolute_url())
    expect(stranger.locator(f"#c-{comment.pk}")).to_contain_text("Only you see this")
    expect(stranger.get_by_role("heading", name="No comments")).to_be_visible()

    queue = new_page()
    queue.goto("/moderation/")
    log_in_by_form(queue, "moderator")
    expect(queue.get_by_role("main")).to_contain_text(WORD)
    expect(queue.get_by_role("main")).to_contain_text("first comment from this browser", ignore_case=True)
    queue.get_by_role("button", name="Approve the comment by Passer-by").click()
    expect(queue.get_by_role("status")).to_contain_text("Approved: Passer-by")
    seen = channels(post)
    assert [name for name, found in seen.items() if found] == ["page", "newest first", "comments feed", "post feed"]
    anybody = new_page()
    anybody.goto(post.get_absolute_url())
    expect(anybody.get_by_role("heading", name="1 comment")).to_be_visible()

    queue.get_by_role("button", name="Undo").first.click()
    expect(queue.get_by_role("status")).to_contain_text("Undone.")
    assert not any(channels(post).values())
    anybody.reload()
    expect(anybody.get_by_role("heading", name="No comments")).to_be_visible()
    assert Comment.objects.get().decisions.count() == 2


@pytest.mark.both_databases
def test_a_reply_opens_in_place_and_lands_below_its_parent(page: Page, post: Post) -> None:
    first = cast.comment(post, name="Alma", body="Brass or iron?")
    cast.comment(post, name="Bert", body="Rope.")
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Reply to Alma").click()
    expect(page.locator(f"#c-{first.pk} #write")).to_be_visible()
    expect(page.get_by_label("Your comment")).to_be_focused()
    page.get_by_label("Your comment").fill("Iron.")
    page.get_by_label("Name").fill("Cora")
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting for a person")
    reply = Comment.objects.get(name="Cora")
    assert reply.parent == first
    assert reply.path.startswith(first.path)


@pytest.mark.screen(javascript=False, width=320)
def test_a_reply_without_javascript_has_a_page_of_its_own(page: Page, post: Post) -> None:
    first = cast.comment(post, name="Alma", body="Brass or iron?")
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Reply to Alma").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reply to Alma")
    page.get_by_label("Your comment").fill("*Iron*.")
    page.get_by_label("Name").fill("Cora")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview em")).to_have_text("Iron")
    assert Comment.objects.count() == 1
    page.get_by_role("button", name="Post comment").click()
    assert Comment.objects.get(name="Cora").parent == first


def test_its_author_edits_and_takes_back_a_comment(page: Page, post: Post) -> None:
    page.goto(post.get_absolute_url())
    page.get_by_label("Your comment").fill("A frist try.")
    page.get_by_label("Name").fill("Cora")
    page.get_by_role("button", name="Post comment").click()
    page.get_by_text("Change the text").click()
    page.get_by_label("Your comment").fill("A first try.")
    page.get_by_role("button", name="Save the new text").click()
    expect(page.locator(".boxed")).to_have_text("A first try.")
    page.get_by_text("Take it back").click()
    page.get_by_role("button", name="Withdraw this comment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Withdrawn")
    assert Comment.objects.get().status == Comment.Status.WITHDRAWN
