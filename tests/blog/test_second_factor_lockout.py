"""Ten failed log-ins stop one account from one address for a while, and nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from blog.models import User
from tests import cast


def try_once(client: Client, name: str = "author", password: str = "", address: str = "203.0.113.9", **extra):
    data = {"username": name, "password": password or "wrong"}
    return client.post("/admin/login/", data, REMOTE_ADDR=address, **extra)


def fail(client: Client, times: int, **where):
    return [try_once(client, **where).status_code for _ in range(times)]


def test_the_tenth_failure_is_answered_with_429_and_when_to_come_back(author: User, reader: Client) -> None:
    assert fail(reader, 9) == [200] * 9
    answer = try_once(reader)
    assert answer.status_code == 429
    assert "429.html" in [template.name for template in answer.templates]
    assert 0 < int(answer["Retry-After"]) <= 900


def test_then_the_right_password_does_not_help_until_the_time_is_over(author: User, reader: Client) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        fail(reader, 10)
    with time_machine.travel(now + timedelta(minutes=14), tick=False):
        assert try_once(reader, password=cast.PASSWORD).status_code == 429
    with time_machine.travel(now + timedelta(minutes=15, seconds=1), tick=False):
        assert try_once(reader, password=cast.PASSWORD).status_code == 302


def test_tries_during_the_lockout_do_not_prolong_it(author: User, reader: Client) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        fail(reader, 10)
    with time_machine.travel(now + timedelta(minutes=10), tick=False):
        assert fail(reader, 3) == [429] * 3
        assert int(try_once(reader)["Retry-After"]) == 300
    with time_machine.travel(now + timedelta(minutes=15, seconds=1), tick=False):
        assert try_once(reader, password=cast.PASSWORD).status_code == 302


def test_the_owner_at_another_address_is_not_locked_out(author: User, reader: Client) -> None:
    fail(reader, 12)
    assert try_once(Client(), password=cast.PASSWORD, address="198.51.100.7").status_code == 302


def test_another_account_at_the_same_address_is_not_locked_out(author: User, editor: User, reader: Client) -> None:
    fail(reader, 12)
    assert try_once(Client(), name="editor", password=cast.PASSWORD).status_code == 302


def test_an_address_that_tries_many_accounts_is_stopped(author: User, reader: Client) -> None:
    answers = [try_once(reader, name=f"name-{number}").status_code for number in range(50)]
    assert answers == [200] * 49 + [429]
    assert try_once(reader, password=cast.PASSWORD).status_code == 429


def test_a_success_forgets_the_failures(author: User, reader: Client) -> None:
    fail(reader, 9)
    assert try_once(reader, password=cast.PASSWORD).status_code == 302
    assert fail(Client(), 9) == [200] * 9


def test_wrong_codes_count_like_wrong_passwords(author: User, reader: Client) -> None:
    author.totpdevice_set.create(name="app", confirmed=True)
    assert fail(reader, 9, password=cast.PASSWORD) == [200] * 9
    assert try_once(reader, password=cast.PASSWORD).status_code == 429


def test_another_browser_or_a_forged_header_is_no_way_around(author: User, reader: Client) -> None:
    fail(reader, 10)
    assert try_once(Client(), HTTP_USER_AGENT="another").status_code == 429
    assert try_once(Client(), HTTP_X_FORWARDED_FOR="192.0.2.55").status_code == 429


def test_one_network_of_ipv6_is_one_address(author: User, reader: Client) -> None:
    codes = [try_once(reader, address=f"2001:db8:1:2::{number:x}").status_code for number in range(1, 11)]
    assert codes[-1] == 429
    assert try_once(reader, address="2001:db8:1:3::1").status_code == 200


def test_behind_a_trusted_proxy_the_visitors_address_counts(author: User, reader: Client, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    proxy = {"address": "127.0.0.1"}
    for _ in range(10):
        answer = try_once(reader, **proxy, HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert answer.status_code == 429
    assert try_once(Client(), **proxy, HTTP_X_FORWARDED_FOR="198.51.100.7").status_code == 200


@pytest.mark.parametrize("name", ["x" * 151, "nul\x00", "é" * 40, ""])
def test_odd_names_break_nothing(name: str, reader: Client, db: None) -> None:
    assert try_once(reader, name=name).status_code == 200
