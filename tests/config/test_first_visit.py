"""Who opens a post with a hundred comments for the first time fetches little, in few requests."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from blog.models import Post
from comments.markup import render
from tests import cast

MOST_BYTES, MOST_REQUESTS = 40 * 1024, 4
FETCHED = re.compile(r'<(?:link rel="(?:stylesheet|icon)"[^>]* href|script src|img [^>]*src)="([^"]+)"')


def texts() -> list[str]:
    """What readers say in the demo."""
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, dict):
            found.extend(value[name] for name in ("body", "text") if isinstance(value.get(name), str))
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            collect(part)

    collect(json.loads((settings.BASE_DIR / "config" / "demo" / "threads.json").read_text()))
    return found


@pytest.fixture
def page(post: Post) -> bytes:
    said = texts()
    assert len(said) > 20
    for number in range(100):
        body = said[number % len(said)]
        cast.comment(post, body=body, html=render(body))
    answer = Client().get(post.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    return answer.content


def test_it_is_at_most_forty_kilobytes_in_four_requests(page: bytes) -> None:
    html = gzip.decompress(page).decode()
    assert html.count('<li class="comment ') == 100
    files = [address.removeprefix(settings.STATIC_URL) for address in FETCHED.findall(html)]
    assert 1 <= len(files) <= MOST_REQUESTS - 1, files
    # Compressed as collectstatic leaves them for the server.
    sizes = {name: len(gzip.compress(Path(finders.find(name)).read_bytes(), 9)) for name in files}
    assert len(page) + sum(sizes.values()) <= MOST_BYTES, (len(page), sizes)
