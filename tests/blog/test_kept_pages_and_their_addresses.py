"""Which view an address of a kept page leads to is remembered: for few, for short ones, for such as lead somewhere."""

import pytest
from django.test import Client

from blog import kept
from blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def remembered():
    kept._led_to.cache_clear()
    yield kept._led_to.cache_info
    kept._led_to.cache_clear()


def test_once_for_any_number_of_readers(client: Client, post: Post, remembered) -> None:
    for _ in range(3):
        assert client.get(post.get_absolute_url(), headers={"Accept-Encoding": "gzip"}).status_code == 200
    assert (remembered().misses, remembered().hits) == (1, 2)


def test_no_long_ones_and_none_that_lead_nowhere(client: Client, remembered) -> None:
    for address in (f"/2026/05/{'a' * 300}/", "/nowhere/at/all/"):
        assert client.get(address).status_code == 404
    assert remembered().currsize == 0


def test_in_another_site_of_addresses_it_may_lead_elsewhere(client: Client, post: Post, settings, remembered) -> None:
    assert client.get(post.get_absolute_url()).status_code == 200
    settings.ROOT_URLCONF = "tests.served.urls"
    assert client.get("/hello/").content == b"hello"
    assert client.get(post.get_absolute_url()).status_code == 200
    assert remembered().currsize == 3
