"""A notice of illegal content: the exact address, why, who says so, and a private page that says what became of it."""

import re

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from blog.models import Post, User
from comments import stamps
from comments.models import Bucket, Comment, Sender
from moderation.models import IllegalContentNotice, NoticedContent
from moderation.noticed import NotHere, target_of
from moderation.reader_forms import NOTICE_STAMP
from tests import cast
from tests.moderation.desk import html

pytestmark = pytest.mark.django_db
PAGE = "/notice/"
WHY = "It names my street and my house number, without my consent."


def filled(comment: Comment, **changes: object) -> dict:
    return {
        "stamp": stamps.make(NOTICE_STAMP, timezone.now()),
        "addresses": f"http://blog.example{comment.get_absolute_url()}",
        "body": WHY,
        "name": "Ada Example",
        "email": "ada@people.example",
        "good_faith": "on",
        **changes,
    }


def test_it_is_in_the_footer_of_every_page_and_knows_the_comment(reader: Client, post: Post) -> None:
    assert 'href="/notice/"' in html(reader.get("/"))
    comment = cast.comment(post)
    assert f"http://blog.example/comments/{comment.pk}/" in html(reader.get(f"{PAGE}?comment={comment.pk}"))


def test_a_hidden_comments_number_fills_nothing_in(reader: Client, post: Post) -> None:
    hidden = cast.comment(post, "pending")
    for number in (hidden.pk, 987654321, "x", "9" * 40, "\u0663"):
        answer = reader.get(PAGE, {"comment": number})
        assert answer.status_code == 200
        assert "blog.example/comments/" not in html(answer)


def test_a_notice_is_stored_and_its_private_page_says_that_it_was_received(reader: Client, post: Post) -> None:
    comment = cast.comment(post)
    answer = reader.post(PAGE, filled(comment))
    assert answer.status_code == 303
    notice = IllegalContentNotice.objects.get()
    assert (notice.why, notice.name, notice.email) == (WHY, "Ada Example", "ada@people.example")
    assert notice.contents.get().comment == comment
    assert answer.headers["Location"] == notice.status_address
    status = Client().get(notice.status_address)
    assert "Received" in html(status)
    assert WHY in html(status)
    assert "ada@people.example" not in html(status)
    assert status.headers["Cache-Control"] == "no-store"
    assert status.headers["X-Robots-Tag"].startswith("noindex")
    assert not Sender.objects.exists()
    assert not reader.cookies.get(site.SENDER_COOKIE_NAME)


def test_about_children_nobody_need_say_who_they_are(reader: Client, post: Post) -> None:
    sent = filled(cast.comment(post), name="", email="", against_children="on")
    assert reader.post(PAGE, sent).status_code == 303
    assert IllegalContentNotice.objects.get().against_children


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""}, {"email": ""}, {"email": "no address"}, {"good_faith": ""}, {"body": "bad"}, {"addresses": ""},
        {"body": "x" * 5001}, {"body": "\u200b" * 30}, {"subject": "x"}, {"stamp": ""}, {"stamp": "x.y.z"},
        {"addresses": "http://elsewhere.example/comments/1/"}, {"addresses": "/feed/"}, {"name": "\u200b"},
        {"addresses": "\n".join("/comments/1/" for _ in range(11))}, {"body": [WHY, WHY]},
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_comes_back_with_all_that_was_typed(reader: Client, post: Post, changes: dict) -> None:
    answer = reader.post(PAGE, filled(cast.comment(post), **changes))
    assert answer.status_code == 422
    assert 'role="alert"' in html(answer)
    if "body" not in changes:
        assert WHY in html(answer)
    assert not IllegalContentNotice.objects.exists()
    assert not Bucket.objects.exists()


def test_the_form_that_comes_back_can_be_sent(reader: Client, post: Post) -> None:
    comment = cast.comment(post)
    page = html(reader.post(PAGE, filled(comment, stamp="", good_faith="")))
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)[1]
    assert reader.post(PAGE, filled(comment, stamp=stamp)).status_code == 303


def test_the_same_form_twice_is_one_notice_and_another_text_is_refused(reader: Client, post: Post) -> None:
    sent = filled(cast.comment(post))
    first, again = reader.post(PAGE, sent), reader.post(PAGE, sent)
    assert first.headers["Location"] == again.headers["Location"]
    other = reader.post(PAGE, {**sent, "body": "Something else that breaks the law."})
    assert other.status_code == 422
    assert "Something else" in html(other)
    assert IllegalContentNotice.objects.count() == 1


def test_too_many_come_back_with_the_text(reader: Client, post: Post, settings: Settings) -> None:
    settings.COMMENTS_FLOOD_LIMITS = {**site.COMMENTS_FLOOD_LIMITS, "notice_network": (1, 3600)}
    comment = cast.comment(post)
    reader.post(PAGE, filled(comment))
    answer = reader.post(PAGE, filled(comment))
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 3000
    assert WHY in html(answer)


def test_a_form_without_its_token_comes_back_and_can_be_sent(post: Post) -> None:
    strict, comment = Client(enforce_csrf_checks=True), cast.comment(post)
    refused = strict.post(PAGE, filled(comment))
    assert refused.status_code == 403
    assert WHY in html(refused)
    assert "Ada Example" in html(refused)
    hidden = dict(re.findall(r'name="(stamp|csrfmiddlewaretoken)" value="([^"]+)"', html(refused)))
    assert strict.post(PAGE, filled(comment, **hidden)).status_code == 303


def test_reading_changes_nothing(reader: Client, post: Post) -> None:
    for method in ("get", "head", "options", "put", "delete"):
        answer = getattr(reader, method)(f"{PAGE}?body=x&good_faith=on")
        assert answer.status_code == (200 if method in ("get", "head") else 405)
    assert not IllegalContentNotice.objects.exists()
    assert not Bucket.objects.exists()


@pytest.mark.parametrize("key", ["x", "a" * 33, "\u202e", "..%2f", "%00"])
def test_a_private_address_that_is_none_is_not_found(reader: Client, key: str) -> None:
    assert reader.get(f"{PAGE}{key}/").status_code in (400, 404)


def test_addresses_lead_to_the_comment_or_post_that_is_public(post: Post, author: User) -> None:
    comment, now = cast.comment(post), timezone.now()
    home = post.get_absolute_url()
    for typed in (
        f"http://blog.example/comments/{comment.pk}/", f"/comments/{comment.pk}/",
        f"{home}?c={comment.pk}#c-{comment.pk}",
        f"blog.example{home}#c-{comment.pk}", f"HTTPS://BLOG.example{home}?c={comment.pk}",
        f"http://blog.example:80/comments/{comment.pk}/report/",
    ):  # fmt: skip
        assert target_of(typed, now).comment_id == comment.pk, typed
    assert target_of(f"http://blog.example{home}#comments", now).post_id == post.pk
    about = cast.post(author, kind=Post.Kind.PAGE, slug="about")
    assert target_of("/about/", now).post_id == about.pk


def test_what_is_hidden_absent_or_elsewhere_is_no_target(post: Post, author: User) -> None:
    now, home = timezone.now(), post.get_absolute_url()
    pending, under_draft = cast.comment(post, "pending"), cast.comment(cast.draft(author))
    other = cast.comment(cast.post(author))
    said = set()
    for number in (pending.pk, under_draft.pk, 987654321, 10**25):
        with pytest.raises(NotHere) as refused:
            target_of(f"/comments/{number}/", now)
        said.add(str(refused.value).replace(str(number), "n"))
    assert len(said) == 1
    for typed in (
        f"{home}#c-{pending.pk}", f"{home}?c={other.pk}", f"{home}#c-x", "/", "/feed/", "/admin/", "/2026/", "x", "//",
        "//evil.example/", "http://evil.example/", "http://blog.example@evil.example/", "http://blog.example:81/",
        "ftp://blog.example/", "javascript:alert(1)", "http://[", "/a\x00b/", "/%00/", "http://blog.example:x/",
        "?", "#",
        "/" + "x" * 3000, "\u202e", "/comments/\u0663/", "http://blog.example\\@evil.example/",
    ):  # fmt: skip
        with pytest.raises(NotHere):
            target_of(typed, now)


def test_several_contents_are_stored_once_each(reader: Client, post: Post) -> None:
    one, two = cast.comment(post), cast.comment(post)
    typed = f"/comments/{one.pk}/\n\n  /comments/{two.pk}/\r\n/comments/{one.pk}/\n{post.get_absolute_url()}"
    assert reader.post(PAGE, filled(one, addresses=typed)).status_code == 303
    kept = NoticedContent.objects.order_by("pk").values_list("comment", "post")
    assert list(kept) == [(one.pk, None), (two.pk, None), (None, post.pk)]
