"""Whatever is asked of a public address, in path, query, header or cookie, it is never the server's fault."""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from blog.models import Post, Tag
from tests import cast
from tests.comments.sending import address

some = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
NAMES = ["page", "q", "c", "after", "before", "order", "parent", "next", "x"]
NASTY = [
    "\x00", "0", "-1", "9" * 19, "9" * 40, "1e9", "\u0661", "\u00b2", "'", '"', "-" * 12, "z" * 768, "%", "\ud7ff",
    "\U0010ffff", '"a" -"b', "newest", "NaN", " ", "\u202e",
]  # fmt: skip
raw_bytes = st.binary(max_size=12).map(quote) | st.sampled_from(["%ed%a0%80", "%c0%80", "%f5", "%", "%0", "%zz"])
texts = st.text(max_size=40).map(lambda text: quote(text, errors="replace")) | st.sampled_from(NASTY).map(quote)
values = texts | raw_bytes | st.integers().map(str)
queries = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=4).map(
    lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
)
headers = st.dictionaries(
    st.sampled_from(
        [
            "If-None-Match",
            "If-Modified-Since",
            "Range",
            "Accept",
            "Cookie",
            "Referer",
            "Origin",
            "X-Forwarded-For",
            "User-Agent",
        ]
    ),
    st.text(st.characters(max_codepoint=255, exclude_categories=["Cc"]), max_size=60),
    max_size=3,
)

STARTS = [
    "/", "/tag/", "/author/", "/comments/", "/comments/on/", "/comments/status/", "/preview/", "/2026/", "/2026/11/",
    "/media/avatars/", "/static/",
]  # fmt: skip


@pytest.fixture
def places(post: Post) -> list[str]:
    comment = cast.comment(post)
    post.tags.add(Tag.objects.create(name="Iron", slug="iron"))
    year, month = post.address
    home, status = post.get_absolute_url(), comment.status_address
    return [
        "/", home, home, f"{home}feed/", "/feed/", "/comments/feed/", "/search/", "/search/",
        f"/{year}/", f"/{year}/{month}/", "/tag/iron/", post.author.get_absolute_url(), "/sitemap.xml",
        "/robots.txt", "/healthz", address(post), status,
        comment.get_absolute_url(), f"{status}edit/", f"{status}withdraw/", "/preview/x/",
        "/media/avatars/x.webp", "/admin/login/", "/moderation/", "/absent/",
    ]  # fmt: skip


@some
@given(place=st.integers(0, 24), query=queries, sent=headers, head=st.booleans())
@example(place=6, query="q=%00", sent={}, head=False)
@example(place=6, query="q=%22a%22+-%22&page=2", sent={}, head=False)
@example(place=1, query="c=" + "9" * 5000, sent={}, head=False)
def test_no_query_header_or_cookie_breaks_a_page(
    places: list[str], place: int, query: str, sent: dict[str, str], head: bool
) -> None:
    client = Client()
    answer = (client.head if head else client.get)(f"{places[place]}?{query}", headers=sent)
    assert answer.status_code < 500


@some
@given(start=st.sampled_from(STARTS), path=values, end=st.sampled_from(["", "/", "/feed/", "/edit/"]))
def test_no_path_breaks_a_page(db: None, start: str, path: str, end: str) -> None:
    answer = Client().generic("GET", start + path + end)
    assert answer.status_code < 500


@some
@given(
    words=st.lists(
        st.text(max_size=30) | st.sampled_from(['"', "-", "AND", "NOT", "*", "NEAR(", ":", "\x00", "a" * 250]),
        max_size=8,
    )
)
def test_no_search_breaks_and_none_says_more_than_was_asked(post: Post, words: list[str]) -> None:
    query = " ".join(words).encode("utf-8", "replace").decode()
    answer = Client().get("/search/?" + urlencode({"q": query}))
    assert answer.status_code == (400 if "\x00" in query else 200)
