"""A scanner that follows every link, and a request that says it is another kind than it is, change nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import Post
from comments.models import Bucket, Comment, Sender
from tests import cast
from tests.comments.sending import address, filled_in


def changers(post: Post, comment: Comment) -> list[str]:
    names = ("comments:edit", "comments:withdraw")
    return [address(post), *(reverse(name, args=[comment.capability]) for name in names)]


def state() -> tuple:
    return list(Comment.objects.order_by("pk").values()), Sender.objects.count(), Bucket.objects.count()


@pytest.mark.parametrize("method", ["get", "head", "options", "trace", "put", "patch", "delete"])
def test_only_a_sent_form_changes_anything(reader: Client, post: Post, method: str) -> None:
    comment = cast.comment(post)
    before = state()
    for page in changers(post, comment):
        for query in ("", "?_method=POST", "?body=x&name=y&preview=1"):
            answer = getattr(reader, method)(page + query)
            shows_the_form = page == address(post) and method in ("get", "head")
            assert answer.status_code == (200 if shows_the_form else 405), (method, page)
    assert state() == before


@pytest.mark.parametrize("claim", [{"_method": "DELETE"}, {"_method": "PUT"}])
def test_a_form_that_claims_another_method_is_a_form(reader: Client, post: Post, claim: dict[str, str]) -> None:
    answer = reader.post(address(post), {**filled_in(post), **claim}, headers={"X-HTTP-Method-Override": "GET"})
    assert answer.status_code == 303
    assert Comment.objects.count() == 1


def test_a_get_that_claims_to_be_a_post_is_a_get(reader: Client, post: Post) -> None:
    comment = cast.comment(post)
    override = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST", "X-Method-Override": "POST"}
    before = state()
    for page in changers(post, comment):
        assert reader.get(page, headers=override).status_code in (200, 405)
    assert state() == before


def test_a_body_on_a_page_that_is_only_read_is_refused(reader: Client, post: Post) -> None:
    comment = cast.comment(post)
    pages = ["/", "/feed/", "/comments/feed/", "/search/", post.get_absolute_url(), comment.get_absolute_url()]
    for page in [*pages, comment.status_address, "/sitemap.xml", "/healthz"]:
        assert reader.post(page, {"q": "x", "status": "published"}).status_code == 405, page


def test_a_preview_stores_nothing(reader: Client, post: Post) -> None:
    before = state()
    answer = reader.post(address(post), filled_in(post, preview="1"))
    assert answer.status_code == 200
    assert not answer.cookies.get("sender")
    assert state() == before
