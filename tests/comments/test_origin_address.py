"""Whose address a request has: the peer's, unless a proxy that we trust says another."""

import time

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from comments.origin import UNKNOWN, client_address

PROXIES = ["10.0.0.0/8", "192.0.2.7", "fd00::/8"]


def address(peer: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


@pytest.mark.parametrize("forwarded", ["1.2.3.4", "1.2.3.4, 10.0.0.1", "127.0.0.1", "::1", ""])
def test_a_peer_that_is_no_proxy_of_ours_is_the_visitor_whatever_it_says(settings: Settings, forwarded: str) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    assert address("203.0.113.9", forwarded) == "203.0.113.9"
    settings.TRUSTED_PROXIES = []
    assert address("10.0.0.1", forwarded) == "10.0.0.1"


@pytest.mark.parametrize(
    ("forwarded", "visitor"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9", "203.0.113.9"),  # the first was typed by the visitor
        ("1.2.3.4, 203.0.113.9, 10.0.0.2, 192.0.2.7", "203.0.113.9"),
        ("203.0.113.9,10.0.0.2", "203.0.113.9"),
        (" 203.0.113.9 ", "203.0.113.9"),
        ("10.0.0.4, 10.0.0.3", "10.0.0.4"),  # all are ours: a visitor inside the house
        ("2001:db8::5", "2001:db8::5"),
        ("[2001:db8::5]", "2001:db8::5"),
        ("2001:db8::5, fd00::1", "2001:db8::5"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("203.0.113.9, ::ffff:10.0.0.1", "203.0.113.9"),
    ],
)
def test_behind_trusted_proxies_the_first_stranger_from_the_right_is_the_visitor(
    settings: Settings, forwarded: str, visitor: str
) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    assert address("10.0.0.1", forwarded) == visitor
    assert address("::ffff:10.0.0.1", forwarded) == visitor


@pytest.mark.parametrize(
    "forwarded", ["unknown", "", ",", "1.2.3", "999.1.1.1", "_hidden", "a" * 9000, "\x00", "１.２.３.４"]
)
def test_what_cannot_be_read_ends_at_the_proxy_and_never_in_an_error(settings: Settings, forwarded: str) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    assert address("10.0.0.1", forwarded) == "10.0.0.1"
    assert address("10.0.0.1", f"203.0.113.9, {forwarded}, 10.0.0.2") == "10.0.0.2"


def test_five_thousand_hops_cost_nothing(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    began = time.perf_counter()
    assert address("10.0.0.1", ", ".join(["10.0.0.2"] * 5000)) == "10.0.0.2"
    assert address("10.0.0.1", ", ".join(["1.2.3.4"] * 5000)) == "1.2.3.4"
    assert time.perf_counter() - began < 0.5


def test_a_unix_socket_has_no_peer_and_its_proxy_is_believed(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = []
    assert address("", "1.2.3.4") == UNKNOWN
    settings.TRUSTED_PROXIES = PROXIES
    assert address("", "1.2.3.4, 203.0.113.9") == "203.0.113.9"
    assert address("") == UNKNOWN


def test_a_header_with_underscores_instead_of_dashes_is_no_header(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", X_FORWARDED_FOR="1.2.3.4")
    assert client_address(request) == "10.0.0.1"
