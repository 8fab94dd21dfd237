"""In the frame of another page, every answer of the site stays blank: seen in Chromium, not read from a header."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from blog.models import Post
from tests import cast
from tests.browser import open_context
from tests.comments.sending import address


class Framing(BaseHTTPRequestHandler):
    """Another site on this machine: "/" frames what `server.pages` names, any other address is plain."""

    def do_GET(self) -> None:
        frames = "".join(f'<iframe src="{page}"></iframe>' for page in self.server.pages)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(frames.encode() if self.path == "/" else b"<p>plain</p>")

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def other_site() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), Framing) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_nothing_is_shown_in_a_frame(
    browser: Browser, live_server: LiveServer, other_site: HTTPServer, post: Post
) -> None:
    comment = cast.comment(post)
    pages = [
        "/",
        post.get_absolute_url(),
        address(post),
        comment.status_address,
        "/search/?q=x",
        "/robots.txt",
        "/absent/",
    ]
    pages += ["/admin/login/", "/moderation/", "/healthz", "/%00", "/comments/on/987654321/"]
    home = f"http://127.0.0.1:{other_site.server_port}/"
    other_site.pages = [*(live_server.url + place for place in pages), f"{home}plain"]
    context = open_context(browser, live_server.url)
    page = context.new_page()
    page.goto(home)
    page.wait_for_timeout(300)
    assert len(page.frames) == len(pages) + 2
    # The frame of the other site's own page proves that a page without our headers would be seen.
    assert [frame.url for frame in page.frames[1:] if not frame.url.startswith("chrome-error:")] == [f"{home}plain"]
    context.close()
