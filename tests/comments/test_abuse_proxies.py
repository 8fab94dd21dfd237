"""What a request says of its own way counts only where a trusted proxy says it."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from blog.models import Post
from comments.models import Bucket, Comment
from comments.origin import network_of
from config.guards import refuse_unreadable_proxies
from tests.comments.sending import send

PEER = "198.51.100.7"
HOSTILE = [
    "1.2.3.4", "unknown", "::ffff:10.0.0.1", ",".join(["10.0.0.1"] * 5000), "1.2.3.4, \x01", "\u0661.2.3.4",
    "999.1.1.1", "fe80::1%eth0", "[::1]:80", "", ",,,,", "1.2.3.4:80", "' OR 1=1", "0x7f.1", "a" * 60_000,
]  # fmt: skip


def stored_network(post: Post, forwarded: str, peer: str = PEER) -> str:
    assert send(Client(REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded), post).status_code == 303
    return Comment.objects.latest("pk").network


@pytest.mark.parametrize("forwarded", HOSTILE)
def test_the_network_of_an_untrusted_peer_is_its_own(post: Post, settings: Settings, forwarded: str) -> None:
    for trusted in ([], ["192.0.2.0/24", "2001:db8::/32"]):
        settings.TRUSTED_PROXIES = trusted
        assert stored_network(post, forwarded) == network_of(PEER, timezone.now())
    assert Bucket.objects.filter(key__startswith="network:").count() == 1


@pytest.mark.parametrize("forwarded", HOSTILE)
def test_nonsense_from_a_trusted_proxy_is_no_error(post: Post, settings: Settings, forwarded: str) -> None:
    settings.TRUSTED_PROXIES = [PEER]
    assert stored_network(post, forwarded)


def test_the_first_address_from_the_right_that_is_no_proxy_counts(post: Post, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["192.0.2.0/24"]
    told = stored_network(post, "1.1.1.1, 203.0.113.9, 192.0.2.8", peer="192.0.2.7")
    assert told == network_of("203.0.113.9", timezone.now())


def test_a_header_with_underscores_is_not_the_header(post: Post, settings: Settings) -> None:
    # WSGI servers must drop it; where one does not, Django's environ can not tell the two apart.
    settings.TRUSTED_PROXIES = []
    assert stored_network(post, "1.2.3.4") == network_of(PEER, timezone.now())


@pytest.mark.django_db
def test_only_a_trusted_proxy_can_say_that_a_request_came_by_https(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT, settings.TRUSTED_PROXIES = True, ["192.0.2.7"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    forwarded = {"X-Forwarded-Proto": "https"}
    assert Client(REMOTE_ADDR=PEER).get("/", headers=forwarded).status_code == 301
    assert Client(REMOTE_ADDR="192.0.2.7").get("/", headers=forwarded).status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.7").get("/").status_code == 301


@pytest.mark.parametrize("entry", ["", "localhost", "10.0.0.0/33", "10.0.0.1;10.0.0.2", "*"])
def test_a_proxy_that_is_no_address_stops_the_start(entry: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES"):
        refuse_unreadable_proxies(["127.0.0.1", entry])
    refuse_unreadable_proxies(["127.0.0.1", "10.0.0.1/8", "2001:db8::/32"])
