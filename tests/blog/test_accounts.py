"""Who is logged in and what they may is what Django says, by few queries."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.accounts import Accounts, SessionStore
from blog.models import User
from tests import cast

pytestmark = pytest.mark.django_db


def may(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


@pytest.mark.parametrize("group", ["Authors", "Moderators", "Editors"])
def test_somebody_may_what_django_says_they_may(group: str) -> None:
    user = cast.person("someone", group)
    user.user_permissions.add(may("auth.view_group"), may("moderation.decide"))
    expected = ModelBackend().get_all_permissions(User.objects.get(pk=user.pk))
    found = User.objects.get(pk=user.pk)
    with CaptureQueriesContext(connection) as asked:
        assert found.get_all_permissions() == expected
        assert found.has_perm("auth.view_group")
    assert len(asked) == 1
    assert "auth.view_group" in expected


def test_who_is_closed_out_may_nothing_and_who_is_all_powerful_everything() -> None:
    closed = cast.person("closed", "Editors", is_active=False)
    powerful = cast.person("powerful", "Authors", is_superuser=True)
    assert Accounts().get_all_permissions(closed) == set()
    assert Accounts().get_all_permissions(powerful) == ModelBackend().get_all_permissions(
        User.objects.get(pk=powerful.pk)
    )
    assert Accounts().get_all_permissions(powerful, closed) == set(), "about a single thing nothing is said"


def test_an_account_that_is_closed_or_gone_ends_its_session(author: User) -> None:
    client = cast.logged_in(author)
    assert client.get("/admin/profile/").status_code == 200
    User.objects.filter(pk=author.pk).update(is_active=False)
    assert client.get("/admin/profile/").status_code == 302
    assert Accounts().get_user(author.pk) is None
    assert Accounts().get_user(author.pk + 1) is None


def test_a_session_is_what_was_stored_until_it_is_over() -> None:
    stored = SessionStore()
    stored["words"] = "é %s"
    stored.save()
    assert SessionStore(stored.session_key)["words"] == "é %s"
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    late = SessionStore(stored.session_key)
    assert late.get("words") is None
    assert late.session_key is None


@pytest.mark.parametrize("key", ["", "none", "x" * 500, "'; --", "é\u202e"])
def test_a_session_that_never_was_is_nobodys(key: str) -> None:
    request = HttpRequest()
    request.session = SessionStore(key)
    assert get_user(request).is_anonymous


def test_a_new_password_ends_the_other_sessions(author: User) -> None:
    client = cast.logged_in(author)
    author.set_password("a new one entirely 17")
    author.save()
    assert client.get("/admin/profile/").status_code == 302


def test_who_enters_the_desk_costs_four_queries(moderator: User) -> None:
    client: Client = cast.logged_in(moderator)
    client.get("/moderation/batches/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/moderation/numbers/").status_code == 200
    tables = ("django_session", "blog_user", "auth_permission", "otp_totp")
    assert [sum(f'FROM "{table}' in query["sql"] for query in asked) for table in tables[:2]] == [1, 1]
    assert sum("auth_permission" in query["sql"] for query in asked) == 1
    assert sum("otp_totp" in query["sql"] for query in asked) == 1
