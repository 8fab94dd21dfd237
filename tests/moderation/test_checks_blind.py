"""Whoever is asked cannot tell what the machine did: not from the page, its headers, its address or its order."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment, Sender
from moderation import checks
from moderation.models import Check, Signal
from tests import cast
from tests.moderation.automatic import always, drawn
from tests.moderation.desk import html

pytestmark = pytest.mark.django_db
PAGE = "/moderation/checks/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
BODY = "Words of a reader, with www.site.example in them."


@pytest.fixture(autouse=True)
def every_one_is_drawn(settings) -> None:
    always(settings)


def asked(client: Client, post: Post, action: str) -> HttpResponse:
    """The page about a comment that the machine published or filed; afterwards it never was."""
    with transaction.atomic():
        parent = cast.comment(post, name="Parent", body="What was answered.", created_at=timezone.now())
        sender = Sender.objects.create()
        cast.comment(post, sender=sender)
        cast.comment(post, "spam", sender=sender)
        given = {"name": "Somebody", "body": BODY, "website": "https://somebody.example/", "sender": sender}
        check = drawn(post, action, parent=parent, **given)
        Signal.objects.create(review=check.decision.review, code="links_few", weight=9, says="a finding to hide")
        response = client.get(PAGE)
        response.check = check
        transaction.set_rollback(True)
    return response


def masked(response: HttpResponse) -> str:
    """The page without what differs on every request: the form's token, and numbers that a rollback does not reset."""
    return TOKEN.sub("", html(response)).replace(f'name="check" value="{response.check.pk}"', "")


def test_the_page_is_the_same_byte_for_byte_whatever_the_machine_did(as_moderator: Client, post: Post, time_machine):
    time_machine.move_to("2026-05-03 12:00:00Z", tick=False)
    published, filed = asked(as_moderator, post, "approve"), asked(as_moderator, post, "spam")
    assert BODY in html(published)
    assert masked(published) == masked(filed)
    assert published.headers.items() == filed.headers.items()
    assert published.request["PATH_INFO"] == filed.request["PATH_INFO"] == PAGE


@pytest.mark.parametrize("action", ["approve", "spam"])
def test_no_word_number_or_link_betrays_it(as_moderator: Client, post: Post, action: str) -> None:
    response = asked(as_moderator, post, action)
    page, check = html(response), response.check
    main = page[page.index("<main") : page.index("</main>")]
    assert "Somebody" in main
    assert "What was answered." in main
    assert "1 published, 1 spam" in main, "the sender's other comments are shown, this one is not among them"
    assert "a finding to hide" not in page
    assert "links_few" not in page
    assert f"c-{check.comment_id}" not in main
    assert f"/comments/{check.comment_id}/" not in page
    assert post.get_absolute_url() not in main
    assert re.findall(r'(?:href|action)="([^"]+)"', main) == [PAGE]


def test_a_check_that_waits_has_no_page_of_its_own(as_moderator: Client, post: Post) -> None:
    check = drawn(post)
    assert as_moderator.get(f"{PAGE}{check.pk}/").status_code == 404
    assert as_moderator.post(f"{PAGE}{check.pk}/decisions/", {"action": "spam", "seen": 2}).status_code == 404


def test_they_come_in_the_order_in_which_they_were_drawn(as_moderator: Client, moderator: User, post: Post) -> None:
    made = [drawn(post, action) for action in ("spam", "approve", "approve", "spam")]
    found = []
    for _ in made:
        check = checks.next_for(moderator, timezone.now())
        found.append(check.pk)
        checks.answer(check.pk, moderator, "publish", timezone.now())
    assert found == [check.pk for check in made]


def test_after_the_answer_it_says_what_the_machine_did(as_moderator: Client, post: Post) -> None:
    for action, did in (("approve", "published"), ("spam", "filed as spam")):
        check = drawn(post, action)
        said = as_moderator.post(PAGE, {"check": check.pk, "answer": "publish"})
        assert (said.status_code, said.headers["Location"]) == (303, f"{PAGE}{check.pk}/")
        page = html(as_moderator.get(said.headers["Location"]))
        assert f"<b>{did}</b>" in page
        assert ("The machine agrees" in page) == (action == "approve")
        assert ("Put it right?" in page) == (action == "spam")


def statuses() -> Iterator[str]:
    return Comment.objects.order_by("pk").values_list("status", flat=True)


def test_an_answer_decides_nothing_and_the_offer_does(as_moderator: Client, post: Post) -> None:
    check = drawn(post, "spam")
    as_moderator.post(PAGE, {"check": check.pk, "answer": "publish"})
    assert list(statuses()) == ["spam"]
    page = html(as_moderator.get(f"{PAGE}{check.pk}/"))
    assert 'name="seen" value="2"' in page
    done = as_moderator.post(f"{PAGE}{check.pk}/decisions/", {"action": "approve", "seen": 2})
    assert (done.status_code, done.headers["Location"]) == (303, PAGE)
    assert list(statuses()) == ["published"]
    assert "Undo" in html(as_moderator.get(PAGE))
    check.refresh_from_db()
    assert check.answer == "publish", "the answer stays what it was"


def test_the_offer_compares_what_was_seen(as_moderator: Client, post: Post) -> None:
    check = drawn(post)
    as_moderator.post(PAGE, {"check": check.pk, "answer": "refuse"})
    late = as_moderator.post(f"{PAGE}{check.pk}/decisions/", {"action": "spam", "seen": 1})
    assert late.status_code == 409
    assert "Nothing was decided" in html(late)
    without = as_moderator.post(f"{PAGE}{check.pk}/decisions/", {"action": "reject", "seen": 2})
    assert without.status_code == 422
    assert list(statuses()) == ["published"]


def test_text_is_shown_as_text(as_moderator: Client, post: Post) -> None:
    drawn(post, body="<b>x</b> https://gold.example/\u202e", name="<i>n</i>", website="javascript:x")
    page = html(as_moderator.get(PAGE))
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<i>n</i>" not in page
    assert 'href="https://gold' not in page


def test_an_empty_lot_says_so(as_moderator: Client) -> None:
    assert "Nothing to check." in html(as_moderator.get(PAGE))


@pytest.mark.parametrize("sent", [{}, {"check": "1"}, {"check": "x", "answer": "publish"}, {"answer": "erase"}])
def test_what_is_no_answer_is_not_counted(as_moderator: Client, post: Post, sent: dict) -> None:
    check = drawn(post)
    assert as_moderator.post(PAGE, sent).status_code == 422
    check.refresh_from_db()
    assert check.answer == ""
    assert as_moderator.post(PAGE, {"check": check.pk + 99, "answer": "publish"}).status_code == 404


def test_an_erased_check_tells_no_word_of_the_comment(as_editor: Client, editor: User, post: Post) -> None:
    from moderation.actors import person
    from moderation.decisions import decide

    check = drawn(post, "spam", body="secret-words", name="Secret Name", website="https://secret.example/")
    checks.answer(check.pk, editor, "publish", timezone.now() - timedelta(minutes=1))
    decide(check.comment_id, "erase", seen=2, actor=person(editor))
    page = html(as_editor.get(f"{PAGE}{check.pk}/"))
    assert "secret" not in page.lower()
    assert Check.objects.get(pk=check.pk).answer == "publish"
