"""HEAD tells what GET would, on every public page; other ways of asking are answered plainly."""

import pytest
from django.test import Client

from blog.models import Post, Tag
from tests import cast
from tests.comments.sending import address


@pytest.fixture
def pages(post: Post) -> list[str]:
    comment = cast.comment(post)
    post.tags.add(Tag.objects.create(name="Iron", slug="iron"))
    year, month = post.address
    home = post.get_absolute_url()
    lists = ["/", "/tag/iron/", post.author.get_absolute_url(), f"/{year}/", f"/{year}/{month}/", "/search/?q=text"]
    feeds = ["/feed/", "/comments/feed/", f"{home}feed/", "/sitemap.xml", "/robots.txt", "/healthz"]
    own = [home, f"{home}?order=newest", address(post), comment.get_absolute_url(), comment.status_address]
    return [*lists, *feeds, *own, "/absent/", "/comments/987654321/"]


def test_head_gives_the_headers_of_get_and_no_body(pages: list[str]) -> None:
    for page in pages:
        whole, head = Client().get(page), Client().head(page)
        assert head.status_code == whole.status_code, page
        assert b"".join(head) == b"", page
        # A page that may not be kept names the second in which it was asked.
        changing = ("Content-Length", "ETag", "Expires") if 'name="stamp"' in whole.content.decode() else ("Expires",)
        told = [
            {name: value for name, value in answer.headers.items() if name not in changing} for answer in (head, whole)
        ]
        assert told[0] == told[1], page


def test_a_part_of_a_feed_is_the_whole(reader: Client, pages: list[str]) -> None:
    for page in ("/feed/", "/comments/feed/", "/"):
        for wanted in ("bytes=0-9", "bytes=-5", "bytes=5-1", "bytes=0-1,2-3,4-5", "lines=1", "x" * 5000):
            answer = reader.get(page, headers={"Range": wanted})
            assert answer.status_code == 200
            assert answer.content == reader.get(page).content


@pytest.mark.parametrize("name", ["If-None-Match", "If-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range"])
@pytest.mark.parametrize("value", ["", "*", '"', "W/", '"x", W/"y', "Thu, 99 Foo 0000", "\u00ff", "x" * 9000])
def test_no_condition_breaks_a_page(reader: Client, pages: list[str], name: str, value: str) -> None:
    for page in (pages[0], "/feed/", pages[12]):
        assert reader.get(page, headers={name: value}).status_code in (200, 304, 412), page


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "CONNECT", "PROPFIND", "G\u00c9T", ""])
def test_another_method_is_not_allowed_and_says_which_are(reader: Client, pages: list[str], method: str) -> None:
    for page in pages:
        if not page.startswith(("/absent", "/comments/987")):
            answer = reader.generic(method or "x", page)
            assert answer.status_code == 405, page
            assert "GET" in answer.headers["Allow"]
            assert answer.content.count(b"<") == 0
