"""The form that every stranger gets is filled in, and to the letter what its template makes."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from blog.models import Post
from comments import stamps
from comments.empty_form import TEMPLATE, empty_form
from comments.writing import blank_form
from tests import cast


@pytest.fixture
def request_of_a_stranger(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("mail", [True, False])
def test_it_is_to_the_letter_the_templates(
    request_of_a_stranger: HttpRequest, post: Post, settings: Settings, monkeypatch: pytest.MonkeyPatch, mail: bool
) -> None:
    settings.NOTICES_BY_MAIL = mail
    monkeypatch.setattr(stamps, "make", lambda post_id, now: f"a-stamp-of-{post_id}")
    now = timezone.now()
    for one in (post, cast.post(post.author)):
        context = {"form": blank_form(request_of_a_stranger, one, now), "post": one, "token": False}
        assert empty_form(request_of_a_stranger, one, now) == render_to_string(TEMPLATE, context)


def test_each_has_a_stamp_of_its_own(request_of_a_stranger: HttpRequest, post: Post) -> None:
    now = timezone.now()
    assert empty_form(request_of_a_stranger, post, now) != empty_form(request_of_a_stranger, post, now)
