"""A public page is made once for each of its versions, and an old version is never handed out again."""

import gzip
import re
from datetime import timedelta

import pytest
import time_machine
import zstandard
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post, User
from moderation import decisions
from moderation.actors import person
from tests import cast

PAGES = ["{post}", "{post}?order=newest", "/", "/feed/", "/comments/feed/", "{post}feed/"]


def unzstd(packed: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(packed)


def without_stamp(page: bytes) -> bytes:
    """Each encoding is made by itself, and its form has a stamp of its own."""
    return re.sub(rb'name="stamp" value="[^"]+"', b"", page)


def addresses(post: Post) -> list[str]:
    return [page.replace("{post}", post.get_absolute_url()) for page in PAGES]


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_second_visit_asks_for_the_version_alone(post: Post) -> None:
    cast.comment(post)
    for address in addresses(post):
        assert queries(Client(), address) > 2
        assert queries(Client(), address) == (2 if address == "/comments/feed/" else 1), address


def test_what_is_kept_is_what_was_made(post: Post) -> None:
    cast.comment(post)
    for address in addresses(post):
        made, kept = Client().get(address), Client().get(address)
        assert made.content == kept.content
        assert dict(made.headers) == dict(kept.headers)


def test_a_decision_shows_at_once(post: Post, moderator: User) -> None:
    waiting = cast.comment(post, "pending", body="A word of consequence.")
    seen = 1
    for action, shown in (("approve", True), ("hold", False), ("approve", True), ("spam", False)):
        decisions.decide(waiting.pk, action, seen=seen, actor=person(moderator))
        seen += 1
        for address in addresses(post)[:2] + addresses(post)[4:]:
            for _ in range(2):
                assert ("A word of consequence." in Client().get(address).content.decode()) == shown, address
        front = Client().get("/").content.decode()
        assert ("1 comment" in front) == shown


@pytest.mark.parametrize("cookie", [settings.SENDER_COOKIE_NAME, settings.SESSION_COOKIE_NAME])
def test_who_may_see_more_is_given_no_kept_page_and_leaves_none(post: Post, cookie: str) -> None:
    known = Client()
    known.cookies[cookie] = "anything"
    address = post.get_absolute_url()
    own = known.get(address)
    assert "private" in own["Cache-Control"]
    assert "ETag" not in own
    strangers = Client().get(address)
    assert "csrfmiddlewaretoken" in own.content.decode()
    assert "csrfmiddlewaretoken" not in strangers.content.decode()
    assert "csrfmiddlewaretoken" in known.get(address).content.decode()


def test_made_up_places_in_a_thread_put_no_page_out_of_the_cache(post: Post) -> None:
    address, comments = post.get_absolute_url(), [cast.comment(post) for _ in range(2)]
    Client().get(address)
    for query in (f"?after={'-' * 12}", f"?after={'-' * 11}0", f"?before={'z' * 12}", f"?c={comments[0].pk}",
                  f"?c=0{comments[0].pk}"):  # fmt: skip
        few = queries(Client(), address + query)
        assert few > 1
        assert queries(Client(), address + query) == few, "made again, and not kept"
        etag = Client().get(address + query).headers["ETag"]
        assert Client().get(address + query, headers={"If-None-Match": etag}).status_code == 304
    assert queries(Client(), address) == 1


def test_a_query_that_no_page_reads_makes_no_page_of_its_own(post: Post) -> None:
    address = post.get_absolute_url()
    first = Client().get(f"{address}?parent=17&utm_source=letter&q=17&next=17").content.decode()
    assert 'name="parent" id="comment-parent"' in first, "no value: it would be everybody's"
    plain = Client().get(address)
    for query in ("?utm_source=letter", "?parent=1", "?x=1&x=2"):
        assert queries(Client(), address + query) == 1
        assert Client().get(address + query).content == plain.content


@pytest.mark.parametrize(
    ("accepts", "encoding", "reads"),
    [
        ("gzip, deflate, br, zstd", "zstd", unzstd),
        ("gzip", "gzip", gzip.decompress),
        ("zstd;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("gzip;q=0", "", bytes),
        ("identity", "", bytes),
        ("", "", bytes),
    ],
)  # fmt: skip
def test_pages_come_in_what_the_browser_takes(post: Post, accepts: str, encoding: str, reads) -> None:
    address = post.get_absolute_url()
    plain = Client().get(address)
    for _ in range(2):
        packed = Client().get(address, headers={"Accept-Encoding": accepts})
        assert packed.get("Content-Encoding", "") == encoding
        assert without_stamp(reads(packed.content)) == without_stamp(plain.content)
        assert packed["Content-Length"] == str(len(packed.content))
        assert "Accept-Encoding" in packed["Vary"]


def test_a_private_page_is_never_compressed(post: Post) -> None:
    comment = cast.comment(post, "pending")
    for address in (comment.status_address, "/search/?q=x"):
        assert "Content-Encoding" not in Client().get(address, headers={"Accept-Encoding": "gzip"})


def test_a_scheduled_post_appears_without_anybody_writing_anything(post: Post, author: User) -> None:
    due = timezone.now() + timedelta(hours=1)
    with time_machine.travel(due - timedelta(minutes=1), tick=False):
        cast.post(author, title="Not before its hour", published_at=due)
        before = {address: Client().get(address)["ETag"] for address in (post.get_absolute_url(), "/", "/feed/")}
        assert "Not before its hour" not in Client().get("/").content.decode()
    with time_machine.travel(due, tick=False):
        for address, etag in before.items():
            answer = Client().get(address, headers={"If-None-Match": etag})
            assert answer.status_code == 200
            assert "Not before its hour" in answer.content.decode(), address


def test_another_host_gets_a_page_of_its_own(post: Post, settings) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    address = post.get_absolute_url()
    etag = Client(SERVER_NAME="one.example").get(address)["ETag"]
    assert Client(SERVER_NAME="two.example").get(address, headers={"If-None-Match": etag}).status_code == 200
    assert Client(SERVER_NAME="evil.example").get(address, headers={"If-None-Match": etag}).status_code == 400


def test_a_page_tells_when_it_changed_and_is_judged_by_its_etag_alone(post: Post) -> None:
    address = post.get_absolute_url()
    answer = Client().get(address)
    assert Client().get(address, headers={"If-Modified-Since": answer["Last-Modified"]}).status_code == 200
    for held in (answer["ETag"], answer["ETag"].removeprefix("W/"), f'"other", {answer["ETag"]}', "*"):
        again = Client().get(address, headers={"If-None-Match": held})
        assert (again.status_code, again["ETag"]) == (304, answer["ETag"])
        assert again["Last-Modified"] == answer["Last-Modified"]
        assert again["Cache-Control"] == answer["Cache-Control"]
        assert set(again["Vary"].split(", ")) == set(answer["Vary"].split(", "))


def test_a_broken_cache_slows_and_breaks_nothing(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(*_: object, **__: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("blog.kept.cache.get", dead)
    monkeypatch.setattr("blog.kept.cache.set", dead)
    for address in addresses(post):
        assert Client().get(address).status_code == 200
