"""What stays of an address: a keyed hash of its network, under a key that is thrown away."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments.models import NetworkKey
from comments.origin import PERIOD_SECONDS, network_of
from tests.together import together

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
PERIOD = timedelta(seconds=PERIOD_SECONDS)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.1", "203.0.113.254", True),
        ("203.0.113.1", "203.0.114.1", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("0.0.0.0", "::", False),  # noqa: S104 - the same zeros of two versions are no neighbours
    ],
)
def test_a_network_is_a_24_of_version_four_and_a_64_of_version_six(one: str, other: str, same: bool) -> None:
    assert (network_of(one, NOW) == network_of(other, NOW)) is same


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=st.ip_addresses().map(str))
def test_the_hash_has_nothing_of_the_address_and_fits_its_column(db: None, address: str) -> None:
    network = network_of(address, NOW)
    period, digest = network.split(":")
    assert len(network) <= 48
    assert period == str(int(NOW.timestamp()) // PERIOD_SECONDS)
    assert len(digest) == 32
    parts = [part for part in address.replace(":", ".").split(".") if len(part) > 3]
    assert not any(part in digest for part in [address, *parts] if len(part) > 4)


def test_the_next_period_gives_another_hash_and_the_key_of_this_one_is_gone() -> None:
    first, key = network_of("203.0.113.1", NOW), NetworkKey.objects.get().key
    second = network_of("203.0.113.1", NOW + PERIOD)
    assert first.split(":")[1] != second.split(":")[1]
    assert list(NetworkKey.objects.filter(key=key)) == []
    assert NetworkKey.objects.count() == 1


def test_the_hash_depends_on_a_key_that_was_never_in_the_code() -> None:
    first = network_of("203.0.113.1", NOW)
    NetworkKey.objects.all().delete()
    assert network_of("203.0.113.1", NOW) != first


@pytest.mark.django_db(transaction=True)
def test_eight_first_visitors_of_a_period_agree_on_its_key() -> None:
    networks = together(*[lambda: network_of("203.0.113.1", NOW)] * 8)
    assert len(set(networks)) == 1, networks
    assert NetworkKey.objects.count() == 1
