from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Tag, User
from tests import cast

NONSENSE = ["0", "-1", "abc", "", "1" + "0" * 30, "1.0", "01", " 2", "٢", "2\x00", "9999"]


@pytest.fixture
def many(author: User) -> Tag:
    tag = Tag.objects.create(name="Garden", slug="garden")
    for number in range(21):
        made = cast.post(author, title=f"Number {number:02}", published_at=timezone.now() - timedelta(minutes=number))
        made.tags.add(tag)
    return tag


@pytest.mark.parametrize("page", NONSENSE)
@pytest.mark.parametrize("address", ["/", "/tag/garden/", "/author/author/", "/search/?q=number"])
def test_a_page_number_that_is_none_is_not_found(address: str, page: str, many: Tag, reader: Client) -> None:
    sign = "&" if "?" in address else "?"
    assert reader.get(f"{address}{sign}page={quote(page)}").status_code in ((400,) if "\x00" in page else (404,))


def test_every_post_stands_on_exactly_one_page(many: Tag, reader: Client) -> None:
    pages = [reader.get(f"/?page={number}").content.decode() for number in (1, 2, 3)]
    for number in range(21):
        assert [f"Number {number:02}<" in page for page in pages].count(True) == 1
    assert reader.get("/?page=4").status_code == 404


def test_pages_name_their_neighbours(many: Tag, reader: Client) -> None:
    first, second, last = (reader.get(f"/?page={number}").content.decode() for number in (1, 2, 3))
    assert '<link rel="next" href="?page=2">' in first
    assert 'rel="prev"' not in first
    assert '<link rel="prev" href="/">' in second
    assert '<link rel="next" href="?page=3">' in second
    assert 'rel="next"' not in last
    assert '<link rel="canonical" href="http://blog.example/?page=2">' in second
    assert '<link rel="canonical" href="http://blog.example/">' in first


def test_a_site_without_posts_says_so(db: None, reader: Client) -> None:
    answer = reader.get("/")
    assert answer.status_code == 200
    assert "Nothing has been published yet" in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/1999/", "/0000/", "/2026/13/", "/2026/3/", "/2026/00/", "/tag/none/", "/author/x/"]
)
def test_a_list_without_a_public_post_is_not_found(address: str, many: Tag, reader: Client) -> None:
    assert reader.get(address).status_code == 404
