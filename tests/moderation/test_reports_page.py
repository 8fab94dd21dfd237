"""A reader reports a comment: without an account or JavaScript, once, and nothing in the answer tells of others."""

import re

import pytest
from django.conf import settings as site
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from blog.models import Post, User
from comments.models import Bucket, Comment, NetworkKey, Sender
from comments.senders import SALT
from moderation.models import Report
from tests import cast
from tests.moderation.complaints import report
from tests.moderation.desk import html

pytestmark = pytest.mark.django_db


def address(comment: Comment) -> str:
    return reverse("reports:report", args=[comment.pk])


def send(client: Client, comment: Comment, **changes: object):
    return client.post(address(comment), {"reason": "threat", "body": "He says so.", "subject": "", **changes})


def test_each_public_comment_links_to_its_report_and_ones_own_waiting_one_does_not(reader: Client, post: Post) -> None:
    made = [cast.comment(post) for _ in range(3)]
    browser = Sender.objects.create()
    waiting = cast.comment(post, "pending", sender=browser)

    reader.cookies[site.SENDER_COOKIE_NAME] = Signer(salt=SALT).sign(browser.key)
    page = html(reader.get(post.get_absolute_url()))
    assert re.findall(r'href="(/comments/\d+/report/)"', page) == [address(comment) for comment in made]
    assert waiting.status_address in page


def test_the_links_cost_no_query(reader: Client, post: Post) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            reader.get(post.get_absolute_url())
        return len(seen)

    cast.comment(post)
    few = queries()
    for _ in range(20):
        cast.comment(post)
    assert queries() == few


def test_a_closed_post_still_takes_reports(reader: Client, author: User) -> None:
    post = cast.post(author, mode=Post.Mode.CLOSED)
    comment = cast.comment(post)
    assert address(comment) in html(reader.get(post.get_absolute_url()))
    assert send(reader, comment).status_code == 303


def test_the_page_shows_the_comment_and_the_reasons(reader: Client, post: Post) -> None:
    comment = cast.comment(post, body="Words to be reported.")
    answer = reader.get(address(comment))
    page = html(answer)
    assert "Words to be reported." in page
    assert page.count('type="radio"') == 14
    assert f"/notice/?comment={comment.pk}" in page
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_report_is_stored_with_what_was_said(reader: Client, post: Post) -> None:
    comment = cast.comment(post)
    answer = send(reader, comment)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/comments/reported/?on={post.pk}"
    made = Report.objects.get()
    assert (made.comment, made.revision, made.reason, made.words) == (comment, 1, "threat", "He says so.")
    assert (made.weight, made.fresh, made.state, made.user) == (1, True, "open", None)
    assert made.network
    assert "127.0.0.1" not in str(Report.objects.values().get())
    assert reader.cookies[site.SENDER_COOKIE_NAME].value.startswith(made.sender.key)
    comment.refresh_from_db()
    assert (comment.open_reports, comment.version, comment.status) == (1, 1, "published")


def test_the_thanks_page_leads_back_to_the_conversation(reader: Client, post: Post, author: User) -> None:
    assert f"{post.get_absolute_url()}#comments" in html(reader.get(f"/comments/reported/?on={post.pk}"))
    hidden = cast.draft(author)
    for query in (f"?on={hidden.pk}", "?on=x", "?on=" + "9" * 30, "?on=\u0663", ""):
        answer = reader.get(f"/comments/reported/{query}")
        assert answer.status_code == 200
        assert hidden.title not in html(answer)


def test_reading_the_page_changes_nothing(reader: Client, post: Post) -> None:
    comment = cast.comment(post)
    for method in ("get", "head", "options", "put", "patch", "delete"):
        for query in ("", "?reason=spam&body=x", "?_method=POST"):
            answer = getattr(reader, method)(address(comment) + query)
            assert answer.status_code == (200 if method in ("get", "head") else 405)
    for model in (Report, Sender, Bucket, NetworkKey):
        assert not model.objects.exists()
    assert not reader.cookies.get(site.SENDER_COOKIE_NAME)


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": ""}, {"reason": "nonsense"}, {"reason": "other", "body": ""},
        {"body": "x" * 1001}, {"reason": ["spam", "hate"]}, {"body": ["a", "b"]},
    ],
)  # fmt: skip
def test_what_can_not_be_read_comes_back_with_its_text(reader: Client, post: Post, changes: dict) -> None:
    comment = cast.comment(post)
    answer = send(reader, comment, **{"body": "My words stay.", **changes})
    assert answer.status_code == 422
    if "body" not in changes:
        assert "My words stay." in html(answer)
    assert not Report.objects.exists()


def test_who_reports_twice_is_thanked_the_same_way_and_stored_once(reader: Client, post: Post) -> None:
    comment = cast.comment(post)
    first, again = send(reader, comment), send(reader, comment, reason="spam", body="And more")
    other = send(Client(), comment)  # another browser of the same network
    for answer in (again, other):
        assert (answer.status_code, answer.headers["Location"]) == (303, first.headers["Location"])
        assert answer.content == first.content
    assert other.cookies.keys() == {site.SENDER_COOKIE_NAME}
    assert Report.objects.get().words == "He says so."
    assert Sender.objects.count() == 1


def test_a_new_text_can_be_reported_anew(reader: Client, post: Post) -> None:
    comment = cast.comment(post)
    send(reader, comment)
    Comment.objects.filter(pk=comment.pk).update(revision=2)
    send(reader, comment)
    assert list(Report.objects.order_by("pk").values_list("revision", flat=True)) == [1, 2]


def test_the_answer_is_the_same_whether_nobody_or_many_reported(reader: Client, post: Post) -> None:
    quiet, loud = (cast.comment(post, name="Cora", body="Said twice.") for _ in range(2))
    report(loud)
    report(loud)
    pages = set()
    for each in (quiet, loud):
        page = html(reader.get(address(each))).replace(f"/{each.pk}/", "/n/").replace(f"comment={each.pk}", "")
        pages.add(re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page))
    assert len(pages) == 1
    answers = [send(reader, quiet), send(Client(), loud)]  # the second one holds nothing: its browser is new
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


def test_what_fills_the_hidden_field_is_thanked_and_not_stored(reader: Client, post: Post) -> None:
    assert send(reader, cast.comment(post), subject="x").status_code == 303
    assert not Report.objects.exists()


def test_a_hidden_comment_is_as_absent_with_the_text_given_back(reader: Client, post: Post, author: User) -> None:
    hidden = [cast.comment(post, status) for status in ("pending", "rejected", "spam", "withdrawn", "erased")]
    hidden.append(cast.comment(cast.draft(author)))
    given = {send(reader, comment).content for comment in hidden}
    given.add(reader.post("/comments/987654321/report/", {"reason": "threat", "body": "He says so."}).content)
    assert len(given) == 1
    assert b"He says so." in given.pop()
    assert not Bucket.objects.exists()
    assert not Report.objects.exists()


def test_too_many_come_back_with_the_text_and_when_to_try_again(reader: Client, post: Post, settings: Settings) -> None:
    for name in ("report_network", "report_comment", "report_site"):
        settings.COMMENTS_FLOOD_LIMITS = {**dict.fromkeys(site.COMMENTS_FLOOD_LIMITS, (9, 1)), name: (1, 3600)}
        Bucket.objects.all().delete()
        comment = cast.comment(post)
        assert send(reader, comment).status_code == 303
        answer = send(reader, comment)
        assert answer.status_code == 429, name
        assert int(answer.headers["Retry-After"]) > 3000
        assert "He says so." in html(answer)
        assert re.search(r'value="threat"[^>]* checked', html(answer))


def test_a_form_without_its_token_comes_back_and_can_be_sent(post: Post) -> None:
    strict, comment = Client(enforce_csrf_checks=True), cast.comment(post)
    refused = send(strict, comment)
    assert refused.status_code == 403
    assert "He says so." in html(refused)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html(refused))[1]
    assert send(strict, comment, csrfmiddlewaretoken=token).status_code == 303
    hidden = cast.comment(post, "pending", body="hidden-canary")
    again = send(Client(enforce_csrf_checks=True), hidden)
    assert again.status_code == 404
    assert "hidden-canary" not in html(again)


def test_staff_report_by_their_account_and_weigh_more(as_author: Client, author: User, post: Post) -> None:
    comment = cast.comment(post)
    send(as_author, comment)
    made = Report.objects.get()
    assert (made.user, made.sender, made.network, made.weight) == (author, None, "", 3)
    send(Client(), comment)  # a reader of the same network is another reporter
    assert Report.objects.count() == 2


def test_a_body_that_is_too_large_is_refused_unread(reader: Client, post: Post) -> None:
    for path in (address(cast.comment(post)), "/notice/"):
        assert reader.generic("POST", path, b"x" * 70_000).status_code == 413
