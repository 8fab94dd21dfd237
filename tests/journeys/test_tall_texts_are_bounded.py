"""However tall, wide or towering a text is, the comments around it stay where a reader finds them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from blog.models import Post
from comments import markup
from tests import cast
from tests.browser import WIDTHS, scrolls_sideways

TALL = {
    "lines": "a\n\n" * 149,
    "one word": "w" * 5000,
    "marks": "Z\u0310\u0311\u0312\u0313\u0314\u0315" * 700,
    "emoji": "\U0001f9ff" * 2400,
    "quotes": "> " * 11 + "deep",
    "code": "```\n" + "x" * 4000 + "\n```",
    "list": "- item\n" * 250,
    "isolates": "\u2066\u2067\u202e" * 50 + "turned",
    "wide letters": "\ufdfd" * 1600,
}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_comment_pushes_the_next_one_away(new_page: Callable[..., Page], post: Post, width: int) -> None:
    made = {}
    for kind, text in TALL.items():
        body = markup.check(text)
        made[kind] = cast.comment(post, body=body, html=markup.render(body), name="\ufdfd" * 20)
    cast.comment(post, name="w" * 60, website="https://site.example/" + "w" * 170)
    page = new_page(width=width)
    page.goto(post.get_absolute_url())
    assert not scrolls_sideways(page)
    for kind, comment in made.items():
        box = page.locator(f"#c-{comment.pk}").bounding_box()
        assert box["height"] < 1400, kind
        assert box["x"] + box["width"] <= width, kind
    page.goto(cast.comment(post, "pending", html=made["lines"].html).status_address)
    assert not scrolls_sideways(page)


def test_marks_do_not_reach_into_the_comment_above(page: Page, post: Post) -> None:
    cast.comment(post, body="A calm word.")
    body = markup.check(TALL["marks"])
    tower = cast.comment(post, body=body, html=markup.render(body))
    page.goto(post.get_absolute_url())
    held = page.locator(f"#c-{tower.pk} .comment-body").evaluate(
        "body => getComputedStyle(body).overflowY + ' ' + getComputedStyle(body).contain"
    )
    assert "visible" not in held.split()[0] or "paint" in held or "content" in held
