"""The Nu HTML checker finds no error on any page."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.test import Client

from blog.models import User
from tests import cast
from tests.journeys import places


def _saved(client: Client, addresses: list[str], folder: Path) -> list[Path]:
    files = []
    for number, address in enumerate(addresses):
        response = client.get(address)
        assert response.status_code in (200, 403, 404, 410), (address, response.status_code)
        file = folder / f"{number:02} {address.strip('/').replace('/', ' ').replace('?', ' ') or 'front'}.html"
        file.write_bytes(response.content)
        files.append(file)
    return files


def test_public_pages_are_valid(
    author: User, nu: Callable[[Iterable[Path]], list[str]], tmp_path: Path, reader: Client
) -> None:
    assert nu(_saved(reader, places.public(author), tmp_path)) == []


def test_staff_pages_are_valid(
    author: User, editor: User, nu: Callable[[Iterable[Path]], list[str]], tmp_path: Path
) -> None:
    post = places.site(author)
    assert nu(_saved(cast.logged_in(editor), places.staff(post), tmp_path)) == []
