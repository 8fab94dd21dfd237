"""Mail goes to who said twice that they want it: by the box in the form, and by a button behind a link in one mail."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from comments import mail_links, outbox, subscriptions
from comments.models import Address, Comment, Notice, Subscription
from tests.comments.sending import send
from tests.post_office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient_door")]
CORA = "cora@readers.example"


def link_in(mail) -> str:
    """The path of the link that the question asks to open."""
    return next(word for word in mail.get_content().split() if "/mail/confirm/" in word).removeprefix(
        "http://blog.example"
    )


def deliver(hours: float = 0) -> None:
    outbox.send_due(timezone.now() + timedelta(hours=hours, seconds=1))


def test_the_box_and_then_the_button(reader: Client, post: Post, office: Office) -> None:
    assert 'name="notify"' in reader.get(post.get_absolute_url()).content.decode()
    assert send(reader, post, email=CORA, notify="on", body="A canary in the comment.").status_code == 303
    deliver()
    (mail,) = office.mails
    assert (mail["To"], mail["Subject"]) == (CORA, "Is this your address? – Gatepost")
    assert "canary" not in mail.as_string(), "nobody can send words to a stranger through us"
    assert "Cora" not in mail.as_string()
    page = Client().get(link_in(mail))
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert Address.objects.get().proven_at is None, "a mail scanner that opens every link proves nothing"
    assert "Your address is confirmed" in Client().post(link_in(mail)).content.decode()
    assert Address.objects.get().proven_at is not None
    assert Subscription.objects.get().confirmed_at is not None


@pytest.mark.parametrize(
    ("email", "says"), [("", "Type your address, or untick the box below."), ("x", "Enter a valid email address")]
)
def test_the_box_needs_an_address(reader: Client, post: Post, office: Office, email: str, says: str) -> None:
    answer = send(reader, post, email=email, notify="on")
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Comment.objects.exists()


def test_without_the_box_an_address_is_only_for_the_moderators(reader: Client, post: Post, office: Office) -> None:
    send(reader, post, email=CORA)
    assert not Address.objects.exists()


def test_where_no_mail_can_leave_there_is_no_box(reader: Client, post: Post, settings) -> None:
    settings.NOTICES_BY_MAIL = False
    assert 'name="notify"' not in reader.get(post.get_absolute_url()).content.decode()
    assert send(reader, post, email=CORA, notify="on").status_code == 303
    assert not Address.objects.exists()


def test_a_stranger_is_asked_once_a_day_whoever_types_their_address(post: Post, office: Office) -> None:
    for number in range(30):
        typed = CORA if number % 2 else "Cora@READERS.example"
        assert send(Client(), post, email=typed, notify="on", body=f"Try number {number} of many").status_code == 303
    deliver()
    assert len(office.mails) == 1
    assert Address.objects.get().questions == 1
    Address.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    send(Client(), post, email=CORA, notify="on", body="The next day")
    deliver()
    assert len(office.mails) == 2


def test_another_browser_with_the_same_address_is_asked_for_itself(reader: Client, post: Post, office: Office) -> None:
    """Else a stranger who knows Cora's proven address would have her mailed about what the stranger writes."""
    send(reader, post, email=CORA, notify="on")
    subscriptions.confirm(Subscription.objects.get(), timezone.now())
    send(reader, post, email=CORA, notify="on", body="A second one by the same browser.")
    assert Subscription.objects.latest("pk").confirmed_at is not None
    send(Client(), post, email=CORA, notify="on", body="By somebody else.")
    assert Subscription.objects.latest("pk").confirmed_at is None


def test_one_yes_begins_what_that_browser_asked_for_and_nothing_else(reader: Client, post: Post, office) -> None:
    send(reader, post, email=CORA, notify="on")
    send(reader, post, email=CORA, notify="on", body="A second one by the same browser.")
    send(Client(), post, email=CORA, notify="on", body="By somebody else.")
    deliver()
    Client().post(link_in(office.mails[0]))
    assert [one.confirmed_at is not None for one in Subscription.objects.order_by("pk")] == [True, True, False]


def test_a_link_is_good_for_its_purpose_and_for_three_days(reader: Client, post: Post, office: Office) -> None:
    send(reader, post, email=CORA, notify="on")
    number, now = Subscription.objects.get().pk, timezone.now()
    old = mail_links.make(mail_links.CONFIRM, number, now=now - timedelta(days=3, minutes=1))
    other = mail_links.make(mail_links.STOP, number, now=now)
    for token in (old, other, old[:-1] + "x", "x", "x" * 5000):
        answer = Client().post(reverse("comments:mail_confirm", args=[token]))
        assert answer.status_code == 410, token
    assert Address.objects.get().proven_at is None


def test_what_was_never_confirmed_is_forgotten(reader: Client, post: Post, office: Office) -> None:
    send(reader, post, email=CORA, notify="on")
    now = timezone.now()
    assert subscriptions.forget(now + timedelta(days=3)) == 0
    subscriptions.forget(now + timedelta(days=4, hours=1))
    assert not (Address.objects.exists() or Subscription.objects.exists() or Notice.objects.exists())


@pytest.mark.parametrize("field", ["notify"])
def test_a_box_that_came_twice_is_refused(reader: Client, post: Post, office: Office, field: str) -> None:
    assert send(reader, post, email=CORA, **{field: ["on", "on"]}).status_code == 422
