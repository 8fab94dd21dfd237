"""Who is suspended or banned is told so openly, and until when; nothing is stored and nothing is hidden."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import User
from comments.models import Comment, Sender
from comments.origin import network_of
from moderation import actors, people, sanctions
from tests import cast
from tests.comments.sending import LETTER, edit, send
from tests.moderation.asking import ask, browser, hold, rejected
from tests.moderation.desk import html

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(db: None) -> Sender:
    return Sender.objects.create()


@pytest.mark.parametrize("kind", ["suspend", "ban"])
def test_the_door_says_why_until_when_and_how_to_ask_and_gives_the_text_back(
    kind: str, post, sender: Sender, moderator: User
) -> None:
    own = cast.comment(post, sender=sender)
    held = hold(kind, sender, moderator, message="You sell watches.", private="secret-note", comment=own)
    response = send(browser(sender), post)
    shown = html(response)
    assert response.status_code == 403
    for words in ("This site takes no comments from you", "Harassment", "You sell watches.", LETTER):
        assert words in shown
    assert own.status_address in shown
    if held.until:
        assert f"{held.until:%H:%M}" in shown
    for hidden in ("secret-note", str(moderator)):
        assert hidden not in shown
    assert Comment.objects.count() == 1


def test_edits_are_refused_too_and_the_private_page_stays(post, sender: Sender, moderator: User) -> None:
    comment = cast.comment(post, sender=sender)
    hold("ban", sender, moderator, comment=comment)
    client = browser(sender)
    assert edit(client, comment, "Other words").status_code == 403
    assert comment.revisions.count() == 1
    shown = html(client.get(comment.status_address))
    assert "No comments are taken from you any more." in shown
    assert client.get(post.get_absolute_url()).status_code == 200


def test_who_is_banned_can_still_ask_again(post, sender: Sender, moderator: User) -> None:
    comment = rejected(post, moderator)
    Comment.objects.filter(pk=comment.pk).update(sender=sender)
    hold("ban", sender, moderator)
    number = comment.decisions.get().pk
    assert ask(browser(sender), comment, decision=number).status_code == 303


def test_a_suspension_ends_by_itself_and_every_measure_when_it_is_lifted(post, sender: Sender, moderator: User) -> None:
    client, now = browser(sender), timezone.now()
    hold("suspend", sender, moderator, now=now - timedelta(days=9), until=now - timedelta(days=2))
    assert send(client, post).status_code == 303
    held = hold("ban", sender, moderator)
    assert send(client, post, body=LETTER + " More.").status_code == 403
    sanctions.end(held.pk, actor=actors.person(moderator), now=now)
    assert send(client, post, body=LETTER + " More.").status_code == 303


def test_others_are_let_in(post, sender: Sender, moderator: User, reader: Client) -> None:
    hold("ban", sender, moderator)
    for client in (reader, browser(Sender.objects.create())):
        assert send(client, post, body=f"{LETTER} {id(client)}").status_code == 303


def test_a_typed_name_or_address_of_somebody_banned_means_nothing(post, sender: Sender, moderator: User) -> None:
    own = cast.comment(post, sender=sender, name="Mallory", email="mallory@mail.example")
    hold("ban", sender, moderator, comment=own)
    assert send(Client(), post, name="Mallory", email="mallory@mail.example").status_code == 303


def test_a_network_is_shut_out_as_long_as_its_key_lives(post, moderator: User, reader: Client) -> None:
    now = timezone.now()
    network = network_of("127.0.0.1", now)
    seed = cast.comment(post, network=network)
    place = people.find("network", seed.pk)
    held = sanctions.impose(
        place, "ban", actor=actors.person(moderator), reason="spam", message="A wave of spam.", comment=seed, now=now
    )
    response = send(reader, post)
    assert response.status_code == 403
    shown = html(response)
    assert "from the network that you are on" in shown
    assert "Many people can share one network" in shown
    assert network not in shown
    assert "/comments/status/" not in shown  # the page of that comment is its author's
    assert held.until == place.ends <= now + timedelta(days=30)
    later = place.ends + timedelta(seconds=1)
    assert sanctions.refusal_for(user=None, sender=None, network=network_of("127.0.0.1", later), now=later) is None


def test_staff_behind_a_network_that_is_shut_out_can_write(post, moderator: User, author: User) -> None:
    now = timezone.now()
    seed = cast.comment(post, network=network_of("127.0.0.1", now))
    place = people.find("network", seed.pk)
    sanctions.impose(place, "ban", actor=actors.person(moderator), reason="spam", comment=seed, now=now)
    assert send(cast.logged_in(author), post).status_code == 303


def test_an_account_can_be_suspended(post, moderator: User, author: User) -> None:
    somebody = people.find("account", author.pk)
    until = timezone.now() + timedelta(days=1)
    sanctions.impose(
        somebody, "suspend", actor=actors.person(moderator), reason="other", message="A pause.", until=until,
        now=timezone.now(),
    )  # fmt: skip
    assert send(cast.logged_in(author), post).status_code == 403


def test_the_writing_page_says_it_before_anything_is_typed(post, sender: Sender, moderator: User) -> None:
    own = cast.comment(post, sender=sender)
    hold("ban", sender, moderator, message="You sell watches.", comment=own)
    shown = html(browser(sender).get(f"/comments/on/{post.pk}/"))
    assert "You sell watches." in shown
    assert 'name="body"' not in shown


def test_a_broken_cookie_is_nobody(post, sender: Sender, moderator: User) -> None:
    hold("ban", sender, moderator)
    client = browser(sender)
    client.cookies["sender"] = f"{sender.key}:forged"
    assert send(client, post).status_code == 303
