"""A link shows its true host and gives nothing away, and no text of a reader makes a browser call on another host."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments.models import Comment
from tests.comments.sending import send
from tests.html_walls import read
from tests.payloads import ADDRESSES, MARKDOWN

pytestmark = pytest.mark.usefixtures("patient_door")
DECEIVING = {
    "[bank.example](http://evil.example/)": "evil.example",
    "[https://bank.example/login](http://bank.example.evil.example/)": "bank.example.evil.example",
    "http://bank.example@evil.example/": "evil.example",
    "[bank。example](http://evil.example/)": "evil.example",
    "[ｂａｎｋ.example](http://evil.example/)": "evil.example",
    "http://b\u0430nk.example/": "xn--bnk-6cd.example",
    "[bank.example](http://xn--bnk-6cd.example/)": "xn--bnk-6cd.example",
}


def published(post: Post, text: str, **changes: str) -> str:
    """The page's row of a comment with this text."""
    assert send(Client(), post, body=text, **changes).status_code == 303
    comment = Comment.objects.latest("pk")
    Comment.objects.filter(pk=comment.pk).update(status="published", published_at=timezone.now())
    page = Client().get(f"{post.get_absolute_url()}?c={comment.pk}").content.decode()
    return page.split(f'id="c-{comment.pk}"')[1].split("</article>")[0]


@pytest.mark.parametrize("text", DECEIVING)
def test_the_host_that_is_visited_is_read_beside_the_words(post: Post, text: str) -> None:
    row = published(post, text)
    (target,) = set(re.findall(r'href="(https?://[^"]*)"', row))
    assert re.match(r"https?://([^/]*)", target)[1] == DECEIVING[text]
    assert "@" not in target
    assert DECEIVING[text] in re.sub(r"<[^>]*>", "", row) or "b\u0430nk" in row


@pytest.mark.parametrize("website", ["site.example", "https://site.example/a?b=c", "http://SITE.example:80/"])
def test_every_link_of_a_reader_is_marked_as_one(post: Post, website: str) -> None:
    row = published(post, "See https://a.example/ and [b](https://b.example/).", website=website)
    links = re.findall(r"<a ([^>]*href=\"https?://[^>]*)>", row)
    assert len(links) == 3
    for link in links:
        assert 'rel="nofollow ugc noopener"' in link
        assert "target" not in link


NO_WEBSITES = [
    "javascript:alert(1)", "data:text/html,x", "https://a@b.example/", "//", "http://", "x", "a b.example",
    "https:\\\\a.example", "ftp://a.example/", "mailto:a@b.example",
]  # fmt: skip


@pytest.mark.parametrize("website", NO_WEBSITES)
def test_a_website_that_is_none_is_refused(post: Post, website: str) -> None:
    assert send(Client(), post, website=website).status_code == 422


def test_nothing_in_a_text_is_fetched(post: Post) -> None:
    for text in [*ADDRESSES, *MARKDOWN]:
        if send(Client(), post, body=text).status_code == 303:
            for name, attributes in read(Comment.objects.latest("pk").html):
                assert name not in ("img", "link", "source", "iframe", "script"), text
                assert "src" not in attributes, text


def test_no_page_tells_another_host_where_it_was_read(reader: Client, post: Post) -> None:
    send(reader, post, body="See https://a.example/.")
    for page in (Comment.objects.get().status_address, post.get_absolute_url()):
        assert reader.get(page).headers["Referrer-Policy"] == "same-origin"
