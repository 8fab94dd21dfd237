"""A browser is known by its signed token and by nothing else; a forged token is none."""

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from comments.models import Sender
from comments.senders import remember, sender_of

pytestmark = pytest.mark.django_db


def asked(settings: Settings, token: str | None) -> Sender | None:
    request = RequestFactory().get("/")
    if token is not None:
        request.COOKIES[settings.SENDER_COOKIE_NAME] = token
    return sender_of(request)


def given(settings: Settings, sender: Sender):
    response = HttpResponse()
    remember(response, sender)
    return response.cookies[settings.SENDER_COOKIE_NAME]


def test_who_got_a_token_is_known_by_it(settings: Settings) -> None:
    one, other = Sender.objects.create(), Sender.objects.create()
    assert asked(settings, given(settings, one).value) == one
    assert asked(settings, given(settings, other).value) == other


def test_the_token_is_for_the_server_alone_and_says_nothing_about_the_person(settings: Settings) -> None:
    cookie = given(settings, Sender.objects.create())
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "@" not in cookie.value
    settings.SESSION_COOKIE_SECURE = True
    assert given(settings, Sender.objects.create())["secure"]


def test_a_forged_token_is_none(settings: Settings) -> None:
    sender = Sender.objects.create()
    good = given(settings, sender).value
    other_salt = signing.Signer(salt="another").sign(sender.key)
    for token in (None, "", sender.key, f"{sender.key}:", good[:-1], good + "x", "x" + good, other_salt, "a" * 10**5):
        assert asked(settings, token) is None


def test_a_token_whose_sender_is_gone_is_none(settings: Settings) -> None:
    sender = Sender.objects.create()
    token = given(settings, sender).value
    sender.delete()
    assert asked(settings, token) is None
