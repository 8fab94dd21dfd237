"""Mails end by one POST without cookie or token (RFC 8058), by a button on a page, or all at once; never by a GET."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post, User
from comments import outbox
from comments.models import Address, Comment, Subscription
from moderation.actors import person
from moderation.decisions import decide
from tests.comments.sending import send
from tests.post_office import Office, subscribed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient_door")]


@pytest.fixture
def told(post: Post, moderator: User, office: Office, settings) -> Comment:
    """Somebody was told what was decided, and may have enough."""
    settings.NOTIFY_AUTHORS = False
    comment = subscribed(post)
    decide(comment.pk, "reject", seen=1, actor=person(moderator), reason="off_topic")
    outbox.send_due(timezone.now() + timedelta(hours=1))
    assert len(office.mails) == 1
    return comment


def one_click(office: Office) -> str:
    return office.mails[0]["List-Unsubscribe"].strip(" <>").removeprefix("http://blog.example")


def alive() -> bool:
    return Subscription.objects.filter(ended_at=None).exists()


def test_one_click_of_the_mail_service_ends_the_mails(told: Comment, office: Office, moderator: User) -> None:
    assert office.mails[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(one_click(office), "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert not answer.cookies
    assert not alive()
    decide(told.pk, "approve", seen=2, actor=person(moderator))
    outbox.send_due(timezone.now() + timedelta(hours=3))
    assert len(office.mails) == 1
    assert strict.post(one_click(office)).status_code == 200, "twice is once"


def test_a_scanner_that_follows_every_link_ends_nothing(told: Comment, office: Office) -> None:
    links = [word for word in office.mails[0].get_content().split() if word.startswith("http://blog.example/")]
    assert len(links) == 3
    for link in [*links, one_click(office)]:
        for method in ("get", "head", "options"):
            assert getattr(Client(SERVER_NAME="blog.example"), method)(link).status_code in (200, 405)
    assert alive()
    assert "<button" in Client().get(one_click(office)).content.decode()


def test_a_link_of_another_purpose_or_a_forged_one_ends_nothing(told: Comment, office: Office) -> None:
    key = Address.objects.get().key
    for token in ("x", one_click(office).split("/")[-2][:-1] + "-", key):
        assert Client().post(reverse("comments:mail_stop", args=[token])).status_code == 410
    assert alive()


def test_the_page_of_an_address_ends_one_all_and_begins_again(told: Comment, office: Office, post: Post) -> None:
    page = reverse("comments:mail", args=[Address.objects.get().key])
    strict = Client(enforce_csrf_checks=True)
    shown = strict.get(page).content.decode()
    assert post.title in shown
    assert "cora" not in shown
    assert strict.post(page, {"act": "end_all"}).status_code == 403
    client = Client()
    client.post(page, {"act": f"end {Subscription.objects.get().pk}"})
    assert not alive()
    client.post(page, {"act": "end_all"})
    assert Address.objects.get().stopped == "owner"
    send(Client(), post, email="cora@readers.example", notify="on", body="Somebody types it again.")
    Address.objects.update(asked_at=None)
    send(Client(), post, email="cora@readers.example", notify="on", body="And again.")
    outbox.send_due(timezone.now() + timedelta(hours=1))
    assert len(office.mails) == 1, "not even a question"
    client.post(page, {"act": "open_again"})
    assert Address.objects.get().stopped == ""


def test_nobody_ends_another_address_mails(told: Comment, post: Post, office: Office) -> None:
    other = subscribed(post, "other@readers.example", key="other")
    page = reverse("comments:mail", args=[Address.objects.get(email="cora@readers.example").key])
    for act in (f"end {Subscription.objects.get(comment=other).pk}", "end 9999999999999999999999", "end x", "", "end"):
        Client().post(page, {"act": act})
    assert Subscription.objects.filter(ended_at=None).count() == 2


@pytest.mark.parametrize("key", ["nobody", "x" * 40, "a%00b"])
def test_an_unknown_key_opens_nothing(key: str, db: None) -> None:
    assert Client().get(f"/comments/mail/{key}/").status_code in (400, 404)
