"""Strange paths and cursors end at 404 or 400, and no redirect ever leaves the site."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from blog.models import Post, User
from tests import cast

PATHS = [
    "/%00", "//evil.example", "//evil.example/", "/\\evil.example", "/%5cevil.example/", "/..//", "/..//evil.example",
    "/..//evil.example/..", "/./", "/%2e%2e/", "/%0a", "/%0d%0aSet-Cookie:x=1/", "/%0d%0aSet-Cookie:x=1", "/2026/%0a",
    "/%ff%fe", "/%ed%a0%80/", "/%e2%80%ae/", "///", "/;/", "/?/", "/search;x=1", "/Feed/", "/FEED/", "/feed", "/search",
    "/tag/%0a/", "/tag/../", "/author/%20/", "/2026/1/x/", "/0000/", "/9999/99/", "/1000/01/x/", "/" + "a" * 9000 + "/",
    "/comments/", "/comments/-1/", "/comments/0/", "/comments/1.0/", "/comments/" + "9" * 5000 + "/",
    "/comments/%C2%B2/", "/comments/on/", "/comments/on/0/", "/comments/on/" + "9" * 5000 + "/", "/comments/status//",
    "/media/avatars/..%2fx", "/media/", "/static/%2e%2e/settings.py", "/static/../config/settings.py",
    "/.git/config", "/.env",
]  # fmt: skip
CURSORS = [
    "c=", "c=0", "c=-1", "c=x", "c=1.0", "c=%C2%B2", "c=" + "9" * 19, "c=" + "9" * 5000, "c=" + "0" * 5000 + "1",
    "c=1&c=x", "after=x", "after=" + "-" * 13, "after=" + "z" * 768, "after=" + "z" * 780,
    "before=x", "before=" + "-" * 12, "before=%00", "after=%ff", "after=%F0%9F%98%80" + "-" * 11, "order=x", "order=",
    "order=Newest", "order=%00", "order=newest&after=x", "order=oldest%20", "c=1&after=x", "order=-path", "after='",
]  # fmt: skip
PAGES = ["0", "-1", "x", "1.0", "1e3", "9" * 30, "9" * 5000, "%C2%B2", "", "01", "9999", "%20", "1%0a"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_a_strange_path_leads_nowhere_else(reader: Client, path: str) -> None:
    answer = reader.generic("GET", path)
    assert answer.status_code in (200, 301, 400, 404)
    place = answer.headers.get("Location", "/")
    assert "\n" not in place
    assert "\r" not in place
    assert urlsplit(urljoin("http://testserver/", place.replace("\\", "/"))).netloc == "testserver"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("query", CURSORS)
def test_a_cursor_that_is_none_is_not_found(reader: Client, post: Post, query: str) -> None:
    cast.comment(post)
    assert reader.get(f"{post.get_absolute_url()}?{query}").status_code in (400, 404)


def test_a_cursor_of_another_post_or_of_a_hidden_comment_is_not_found(reader: Client, post: Post, author: User) -> None:
    other, hidden = cast.comment(cast.post(author)), cast.comment(post, "rejected")
    for comment in (other, hidden):
        assert reader.get(f"{post.get_absolute_url()}?c={comment.pk}").status_code == 404


@pytest.mark.parametrize("number", PAGES)
def test_a_page_that_is_none_is_not_found(reader: Client, post: Post, number: str) -> None:
    year, month = post.address
    for page in ("/", f"/{year}/", f"/{year}/{month}/", post.author.get_absolute_url(), "/search/"):
        answer = reader.get(f"{page}?page={number}" + ("&q=text" if page == "/search/" else ""))
        assert answer.status_code == 404, page


def test_a_standing_page_has_no_thread(reader: Client, author: User) -> None:
    page = cast.post(author, kind=Post.Kind.PAGE, slug="about")
    for query in ("", "?c=1", "?after=x", "?order=newest"):
        assert reader.get(f"/about/{query}").status_code == 200
    assert reader.get(f"/comments/on/{page.pk}/").status_code == 404
    assert reader.post(f"/comments/on/{page.pk}/", {"body": "x"}).status_code == 404


def test_more_parameters_than_a_form_has_are_refused(reader: Client, post: Post, settings: Settings) -> None:
    many = "&".join(f"p{number}=1" for number in range(1001))
    for page in ("/", "/search/", post.get_absolute_url(), f"/comments/on/{post.pk}/"):
        assert reader.get(f"{page}?{many}").status_code == 400
