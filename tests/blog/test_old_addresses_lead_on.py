from datetime import date

import pytest
from django.test import Client

from blog.models import OldAddress, Post, User
from tests import cast


@pytest.fixture
def moved(post: Post) -> Post:
    OldAddress.objects.create(post=post, month=date(2024, 3, 1), slug="once")
    return post


def test_an_old_address_leads_to_the_public_post(moved: Post, reader: Client) -> None:
    answer = reader.get("/2024/03/once/")
    assert answer.status_code == 301
    assert answer["Location"] == moved.get_absolute_url()


def test_an_old_address_of_a_hidden_post_is_as_absent(moved: Post, reader: Client) -> None:
    Post.objects.filter(pk=moved.pk).update(status=Post.Status.DRAFT)
    hidden, absent = reader.get("/2024/03/once/"), reader.get("/2024/03/never/")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


def test_a_page_moves_too(author: User, reader: Client) -> None:
    page = cast.post(author, kind=Post.Kind.PAGE, slug="about")
    OldAddress.objects.create(post=page, month=None, slug="about-us")
    assert reader.get("/about/").status_code == 200
    assert reader.get("/about-us/")["Location"] == "/about/"


@pytest.mark.parametrize("address", ["/2024/3/once/", "/2024/03/Once/", "/2024/04/once/", "/once/", "/0000/01/once/"])
def test_other_ways_to_write_an_address_are_not_found(address: str, moved: Post, reader: Client) -> None:
    assert reader.get(address).status_code == 404
