"""Pages, feeds, files, redirects and refusals of every kind carry the headers that keep them in their place."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from blog import views
from blog.models import Post
from tests import cast
from tests.comments.sending import address, send

WANTED = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def faults(answer: HttpResponse) -> list[str]:
    found = [
        f"{name}: {answer.headers.get(name)}" for name, value in WANTED.items() if answer.headers.get(name) != value
    ]
    policy = answer.headers.get("Content-Security-Policy", "")
    if "frame-ancestors 'none'" not in policy or "unsafe" in policy or "default-src 'none'" not in policy:
        found.append(f"Content-Security-Policy: {policy}")
    return found if "camera=()" in answer.headers.get("Permissions-Policy", "") else [*found, "Permissions-Policy"]


def answers(client: Client, post: Post) -> dict[str, HttpResponse]:
    comment = cast.comment(post)
    waiting = cast.comment(post, "pending")
    pages = [
        "/",
        post.get_absolute_url(),
        address(post),
        "/search/?q=gate",
        comment.get_absolute_url(),
        "/admin/login/",
    ]
    pages += ["/feed/", "/comments/feed/", post.get_absolute_url() + "feed/", "/sitemap.xml", "/robots.txt", "/healthz"]
    pages += ["/absent/", waiting.get_absolute_url(), comment.status_address, "/static/blog/site.css", "/static/none"]
    pages += ["/moderation/", "/admin/", "/search", "/%00", "/?page=x", "/comments/on/987654321/", "/media/avatars/x"]
    given = {page: client.get(page) for page in pages}
    assert b"".join(given["/static/blog/site.css"])  # read to its end, a file is closed
    given["an answer of 304"] = client.get("/", headers={"If-None-Match": given["/"].headers["ETag"]})
    given["a method that is none"] = client.generic("TRACE", "/")
    given["a method that is not for this page"] = client.post("/feed/")
    given["a length that is none"] = client.generic("POST", "/", b"", CONTENT_LENGTH="-5")
    given["a body too large"] = client.generic("POST", address(post), b"x" * 70_000)
    given["too many fields"] = client.get("/search/?" + "&".join(f"f{n}=1" for n in range(1001)))
    given["a form with faults"] = send(client, post, body="")
    given["a comment"] = send(client, post)
    given["a host that is not ours"] = client.get("/", headers={"Host": "evil.example"})
    given["a form that another site sent"] = Client().post(address(post), {"body": "x"}, headers={"Origin": "null"})
    return given


def test_every_kind_of_answer_has_them(reader: Client, post: Post, settings: Settings) -> None:
    settings.COMMENTS_FLOOD_LIMITS = dict.fromkeys(("network", "post", "site"), (1, 3600))
    given = answers(reader, post)
    given["too fast"] = send(reader, post)
    codes = {answer.status_code for answer in given.values()}
    assert codes == {200, 301, 302, 303, 304, 400, 403, 404, 405, 413, 422, 429}
    assert {name: faults(answer) for name, answer in given.items() if faults(answer)} == {}


def test_a_page_that_breaks_has_them(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(views, "front_posts", breaks)
    broken = Client(raise_request_exception=False).get("/")
    assert broken.status_code == 500
    assert faults(broken) == []


@pytest.mark.parametrize("ask", [lambda c: c.get("/"), lambda c: c.get("/", headers={"Host": "evil.example"})])
def test_the_way_to_https_has_them(db: None, settings: Settings, ask: Callable[[Client], HttpResponse]) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = ask(Client())
    assert answer.status_code in (301, 400)
    assert faults(answer) == []
