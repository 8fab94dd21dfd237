"""A log-in that fails costs the same and says the same, whether the account is there or not.

Measured with the real hasher by tests/benchmarks/login_times.py.
"""

import re

import pytest
from django.contrib.auth import hashers
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from blog.models import User
from tests import cast

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


@pytest.fixture
def tries(author: User, editor: User, stranger: User) -> dict[str, tuple[str, str]]:
    """Every way to fail, as name and password."""
    cast.person("gone", "Editors", is_active=False)
    cast.person("unusable", "Editors").set_unusable_password()
    TOTPDevice.objects.create(user=editor, name="app", confirmed=True)
    return {
        "no such account": ("nobody", "wrong"),
        "a wrong password": ("author", "wrong"),
        "a wrong password where a code is asked for": ("editor", "wrong"),
        "no code": ("editor", cast.PASSWORD),
        "a reader's account": ("stranger", cast.PASSWORD),
        "a closed account": ("gone", cast.PASSWORD),
        "an account without a password": ("unusable", "wrong"),
        "the name in capitals": ("AUTHOR", cast.PASSWORD),
        "a name with a space": (" author", "wrong"),
    }


def test_every_failure_costs_one_password(tries: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    worked = []
    hasher = hashers.get_hasher()
    encode = type(hasher).encode
    monkeypatch.setattr(type(hasher), "encode", lambda self, *args: worked.append(1) or encode(self, *args))
    for name, (username, password) in tries.items():
        worked.clear()
        assert Client().post(LOGIN, {"username": username, "password": password}).status_code == 200
        assert len(worked) == 1, name


def test_every_failure_says_the_same(tries: dict) -> None:
    said = set()
    for username, password in tries.values():
        answer = Client().post(LOGIN, {"username": username, "password": password})
        page = re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
        said.add((answer.status_code, page.replace(f'value="{username}"', "")))
    assert len(said) == 1


def test_there_is_no_form_that_asks_for_an_address_and_tells_whether_it_is_known(reader: Client) -> None:
    for path in ("password_reset/", "reset/", "register/", "signup/"):
        assert reader.get(f"/admin/{path}").status_code in (302, 404)
        assert reader.get(f"/{path}").status_code == 404
