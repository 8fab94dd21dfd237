"""Chromium as the judge: with every hostile text posted, page, queue and status page run nothing and call nobody."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from blog.models import Post, User
from comments import markup, names
from comments.links import UnusableAddress, clean_website
from comments.models import Comment
from moderation import screening
from tests import cast
from tests.browser import Watch
from tests.payloads import PAYLOADS


def make_all(post: Post) -> list[Comment]:
    """Every payload that can be stored, as text, as name and as website."""
    made = []
    for payload in PAYLOADS:
        for field in ("body", "name", "website"):
            try:
                typed = {"body": payload, "name": "Reader", "website": "", field: payload}
                typed = {
                    "body": markup.check(typed["body"] if field == "body" else "A gate."),
                    "name": names.clean_name(typed["name"]),
                    "website": clean_website(typed["website"]) if typed["website"] else "",
                }
                html = markup.render(typed["body"])
            except (markup.UnusableText, markup.TextTooLong, names.UnusableName, UnusableAddress):
                continue
            agent = "".join(letter for letter in payload if letter.isprintable())[:200]
            made.append(cast.comment(post, "pending", html=html, user_agent=agent, email="x@y.example", **typed))
    assert len(made) > len(PAYLOADS)
    return made


def open_all(page: Page, addresses: list[str]) -> list[str]:
    """Open each address, poke at what stands there, and return the dialogs that came up."""
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for address in addresses:
        page.goto(address)
        page.mouse.move(200, 300)
        page.keyboard.press("Tab")
        assert page.evaluate("typeof window.alert") == "function"
        assert (
            page.evaluate("document.querySelectorAll('main img:not(.avatar), iframe, svg, object, embed').length") == 0
        )
    page.wait_for_timeout(100)
    return dialogs


@pytest.mark.both_databases
def test_for_a_reader(page: Page, post: Post, watch: Watch) -> None:
    comments = make_all(post)
    statuses = [comment.status_address for comment in comments[::12]]
    assert open_all(page, statuses) == []
    Comment.objects.update(status="published", published_at=timezone.now())
    home = post.get_absolute_url()
    pages = [home, f"{home}?order=newest", *(f"{home}?c={comment.pk}" for comment in comments[::90])]
    pages += [f"{reverse('comments:submit', args=[post.pk])}?parent={comment.pk}" for comment in comments[::20]]
    assert open_all(page, pages) == []
    assert watch.verdict() == []


def test_for_a_moderator(page: Page, post: Post, log_in: Callable, moderator: User, watch: Watch) -> None:
    comments = make_all(post)
    for comment in comments[::4]:
        screening.screen(comment.pk)
    log_in(page, moderator)
    queue = [f"/moderation/?tab={tab}" for tab in ("pending", "all", "spam")]
    items = [reverse("moderation:item", args=[comment.pk]) for comment in comments[::10]]
    assert open_all(page, [*queue, *items, "/moderation/log/"]) == []
    assert watch.verdict() == []


def test_a_preview_and_a_search(page: Page, post: Post, watch: Watch) -> None:
    watch.allowed.append("422")
    for payload in PAYLOADS[::6]:
        typed = payload.replace("\x00", "")
        page.goto(reverse("comments:submit", args=[post.pk]))
        page.get_by_label("Your comment").fill(typed)
        page.get_by_label("Name").fill(typed)
        with page.expect_navigation():  # what is waited for on the next page is on this one, too
            page.get_by_role("button", name="Preview").click()
        page.goto("/search/")
        page.get_by_label("Words to look for").fill(typed)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert watch.verdict() == []
