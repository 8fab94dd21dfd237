from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post, User
from tests import cast

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(reader: Client, **headers) -> ElementTree.Element:
    answer = reader.get("/feed/", **headers)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own words


@pytest.mark.parametrize("posts", [0, 2])
def test_it_has_what_atom_demands(posts: int, author: User, reader: Client) -> None:
    for _ in range(posts):
        cast.post(author)
    feed = feed_of(reader)
    assert feed.tag == f"{ATOM}feed"
    for element in ("id", "title", "updated", "author"):
        assert len(feed.findall(ATOM + element)) == 1, element
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": "http://blog.example/", "self": "http://blog.example/feed/"}
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == posts
    for entry in entries:
        for element in ("id", "title", "updated", "published", "content", "summary", "author"):
            assert len(entry.findall(ATOM + element)) == 1, element
        assert entry.find(f"{ATOM}content").get("type") == "html"


def test_addresses_are_the_sites_own_whatever_the_host(post: Post, reader: Client) -> None:
    entry = feed_of(reader, HTTP_HOST="127.0.0.1").find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").get("href") == f"http://blog.example{post.get_absolute_url()}"
    assert entry.find(f"{ATOM}content").text == post.html


def test_no_character_breaks_it(author: User, reader: Client) -> None:
    made = cast.post(author)
    bad = "".join(map(chr, range(1, 32))) + "\x7f\x85\ufffe\uffff & <b>]]>"
    author.display_name = f"Au{bad}thor"[:60]
    author.save()
    Post.objects.filter(pk=made.pk).update(title=f"Ti{bad}tle", summary=f"Su{bad}m", html=f"<p>{bad}</p>")
    entry = feed_of(reader).find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text.startswith("Ti")
    assert entry.find(f"{ATOM}title").text.endswith("& <b>]]>tle")


def test_a_renamed_post_is_no_new_entry(post: Post, reader: Client) -> None:
    before = feed_of(reader).find(f"{ATOM}entry/{ATOM}id").text
    Post.objects.filter(pk=post.pk).update(slug="renamed")
    assert feed_of(reader).find(f"{ATOM}entry/{ATOM}id").text == before


def test_an_unchanged_feed_is_not_sent_again(post: Post, author: User, reader: Client) -> None:
    first = reader.get("/feed/")
    assert reader.get("/feed/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    Post.objects.all().update(status=Post.Status.DRAFT)
    assert reader.get("/feed/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200
    # A date alone would not tell that something was taken back.
    assert reader.get("/feed/", HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 200


def test_a_scheduled_post_counts_from_its_minute(author: User, reader: Client) -> None:
    moment = timezone.now() - timedelta(minutes=1)
    made = cast.post(author, published_at=moment)
    Post.objects.filter(pk=made.pk).update(updated_at=moment - timedelta(days=3))
    updated = feed_of(reader).find(f"{ATOM}entry/{ATOM}updated").text
    assert updated[:16] == moment.isoformat()[:16]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_feed_is_only_read(method: str, db: None, reader: Client) -> None:
    assert getattr(reader, method)("/feed/").status_code == 405
