"""Name, password and code: nothing is open to who lacks one of what the account has, and nothing tells which."""

import time
from unittest.mock import patch

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from blog.models import User
from tests import cast

LOGIN = "/admin/login/"


def code_of(device: TOTPDevice, steps: int = 0) -> str:
    return f"{totp(device.bin_key, t0=-30 * steps):06d}"


def log_in(client: Client, code: str = "", *, name: str = "author", password: str = cast.PASSWORD):
    return client.post(LOGIN, {"username": name, "password": password, "code": code, "next": "/admin/"})


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


@pytest.fixture
def device(author: User) -> TOTPDevice:
    StaticDevice.objects.create(user=author, name="codes").token_set.create(token="abcd2345")
    return TOTPDevice.objects.create(user=author, name="app", confirmed=True)


def test_without_a_device_the_password_is_enough(author: User, reader: Client) -> None:
    assert log_in(reader).status_code == 302
    assert is_in(reader)


def test_with_a_device_the_code_opens(device: TOTPDevice, reader: Client) -> None:
    assert log_in(reader, code_of(device)).status_code == 302
    assert is_in(reader)


@pytest.mark.parametrize("code", ["", "000000", "abcd2346", "١٢٣٤٥٦", "12345", " ", "x" * 32])
def test_without_the_right_code_nothing_opens(device: TOTPDevice, reader: Client, code: str) -> None:
    assert log_in(reader, code).status_code == 200
    assert not is_in(reader)


def test_a_code_is_good_once(device: TOTPDevice, reader: Client) -> None:
    code = code_of(device)
    log_in(Client(), code)
    assert log_in(reader, code).status_code == 200
    assert not is_in(reader)


def test_a_recovery_code_is_good_once(device: TOTPDevice, reader: Client) -> None:
    assert log_in(reader, " ABCD 2345 ").status_code == 302
    assert is_in(reader)
    again = Client()
    log_in(again, "abcd2345")
    assert not is_in(again)


def test_the_code_of_somebody_else_opens_nothing(author: User, editor: User, reader: Client) -> None:
    theirs = TOTPDevice.objects.create(user=editor, name="app", confirmed=True)
    TOTPDevice.objects.create(user=author, name="app", confirmed=True)
    assert log_in(reader, code_of(theirs)).status_code == 200
    assert not is_in(reader)


def test_a_device_that_was_never_confirmed_asks_for_nothing(author: User, reader: Client) -> None:
    TOTPDevice.objects.create(user=author, name="app", confirmed=False)
    log_in(reader)
    assert is_in(reader)


def test_a_session_older_than_the_device_is_shut_out(as_author: Client, author: User) -> None:
    assert is_in(as_author)
    TOTPDevice.objects.create(user=author, name="app", confirmed=True)
    for path in ("", "blog/post/", "profile/", "password_change/", "second-factor/"):
        assert as_author.get(f"/admin/{path}").status_code == 302, path


def test_everything_wrong_is_answered_in_the_same_words(device: TOTPDevice, stranger: User, reader: Client) -> None:
    asked = [
        log_in(reader, password="wrong"),
        log_in(reader, "123456", password="wrong"),
        log_in(reader),
        log_in(reader, "000000"),
        log_in(reader, name="nobody"),
        log_in(reader, name="stranger"),
    ]
    said = {str(answer.context["form"].non_field_errors()) for answer in asked}
    assert len(said) == 1
    assert {answer.status_code for answer in asked} == {200}


def test_every_failure_counts_the_same_towards_the_lockout(device: TOTPDevice, stranger: User, reader: Client) -> None:
    for name, password in (
        ("author", "wrong"),
        ("author", cast.PASSWORD),
        ("nobody", "x"),
        ("stranger", cast.PASSWORD),
    ):
        AccessAttempt.objects.all().delete()
        log_in(reader, name=name, password=password)
        assert AccessAttempt.objects.get().failures_since_start == 1, name


def test_codes_are_not_kept_with_failed_log_ins(device: TOTPDevice, reader: Client) -> None:
    log_in(reader, "abcd9999")
    log_in(reader, "abcd9998")
    assert "abcd999" not in AccessAttempt.objects.get().post_data
    assert cast.PASSWORD not in AccessAttempt.objects.get().post_data


def test_a_wrong_code_for_the_app_does_not_slow_down_recovery(device: TOTPDevice, reader: Client) -> None:
    log_in(reader, "000000")
    assert log_in(reader, "abcd2345").status_code == 302


def test_a_log_in_changes_the_session_key_and_a_new_password_ends_other_sessions(
    as_author: Client, author: User, reader: Client
) -> None:
    reader.get(LOGIN)
    log_in(reader)
    new = "another-long-password-42"
    form = {"old_password": cast.PASSWORD, "new_password1": new, "new_password2": new}
    assert reader.post("/admin/password_change/", form).status_code == 302
    assert is_in(reader)
    assert not is_in(as_author)


def test_a_header_with_nul_breaks_no_log_in(author: User, reader: Client) -> None:
    answer = reader.post(
        LOGIN, {"username": "author", "password": "x"}, headers={"user-agent": "a\x00b", "accept": "\x00"}
    )
    assert answer.status_code == 200


def test_the_clock_of_the_code_is_the_servers(device: TOTPDevice, reader: Client) -> None:
    code = code_of(device)
    with patch("time.time", return_value=time.time() + 300):
        log_in(reader, code)
    assert not is_in(reader)
