"""What a cache keeps depends on the address alone; it asks every time, and learns of every change."""

import pytest
from django.test import Client

from blog.models import Post, User
from comments.models import Comment
from moderation import decisions
from moderation.actors import person
from tests import cast
from tests.comments.sending import send

UNKEYED = {
    "X-Forwarded-Scheme": "not","X-Forwarded-Host": "evil.example", "X-Original-URL": "/admin/", "X-Host": "evil",
    "Accept-Language": "tlh", "User-Agent": "evil-agent", "Referer": "https://evil.example/", "Accept": "text/evil",
    "Cookie": "session=evilevilevil; csrf=evil; sender=evil", "X-HTTP-Method-Override": "DELETE", "Range": "bytes=0-9",
}  # fmt: skip


def channels(post: Post) -> list[str]:
    return [
        post.get_absolute_url(),
        f"{post.get_absolute_url()}?order=newest",
        "/comments/feed/",
        f"{post.get_absolute_url()}feed/",
    ]


def shared(post: Post) -> list[str]:
    year, month = post.address
    return [
        "/",
        "/feed/",
        "/comments/feed/",
        "/sitemap.xml",
        f"/{year}/",
        f"/{year}/{month}/",
        post.get_absolute_url() + "feed/",
    ]


def test_no_header_changes_what_a_shared_cache_keeps(reader: Client, post: Post) -> None:
    cast.comment(post)
    for page in shared(post):
        plain = reader.get(page)
        for name, value in UNKEYED.items():
            answer = Client().get(page, headers={name: value})
            assert (answer.status_code, answer.content) == (200, plain.content), (page, name)
            assert answer.headers["ETag"] == plain.headers["ETag"]


@pytest.mark.parametrize(
    "query", ["utm_source=evil", "page=1;page=2", "x=evil&page=1", "%3Cscript%3E=1", "callback=evil"]
)
def test_no_unknown_parameter_reaches_the_page(reader: Client, post: Post, query: str) -> None:
    cast.comment(post)
    for page in shared(post):
        answer = reader.get(f"{page}?{query}")
        assert answer.status_code in (200, 404)
        assert "evil" not in answer.content.decode(), page
        assert "<script>" not in answer.content.decode(), page


def test_a_shared_page_is_kept_only_to_be_asked_for_anew(reader: Client, post: Post) -> None:
    for page in shared(post):
        assert reader.get(page).headers["Cache-Control"] == "public, max-age=0, must-revalidate", page


def test_after_every_decision_the_old_page_is_no_answer(post: Post, moderator: User) -> None:
    cast.comment(post)
    waiting = cast.comment(post, Comment.Status.PENDING, body="A word of consequence.")
    actor = person(moderator)
    for action in ("approve", "hold", "approve", "spam", "not_spam", "approve", "reject"):
        kept = {page: _etag(page) for page in channels(post)}
        seen = Comment.objects.get(pk=waiting.pk)
        was = seen.is_published
        decisions.decide(
            waiting.pk, action, seen=seen.version, actor=actor, reason="spam" if action == "reject" else ""
        )
        shown = Comment.objects.get(pk=waiting.pk).is_published
        for page, etag in kept.items():
            answer = Client().get(page, headers={"If-None-Match": etag})
            if shown != was:
                assert answer.status_code == 200, (action, page)
            if answer.status_code == 200:
                assert ("A word of consequence." in answer.content.decode()) == shown, (action, page)


def test_a_new_waiting_comment_moves_nothing(reader: Client, post: Post) -> None:
    cast.comment(post)
    pages = [*channels(post), *shared(post), f"/search/?q={post.title.split()[0]}"]
    before = {page: _told(page) for page in pages}
    assert send(reader, post, body="Quincunx.").status_code == 303
    assert Comment.objects.filter(status="pending").exists()
    assert {page for page in pages if _told(page) != before[page]} == set()


def _told(page: str) -> tuple:
    answer = Client().get(page)
    shown = answer.content.decode()
    if 'name="stamp"' in shown:  # each form has a stamp and a token of its own
        shown = shown.partition('<form class="form comment-form"')[0]
    kept = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, kept, shown


def _etag(page: str) -> str:
    return Client().get(page).headers["ETag"]
