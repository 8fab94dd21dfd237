import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from blog.models import Post, User
from blog.search import index_post, search
from tests import cast

HOSTILE = [
    '"', '""', '"unclosed', "'", "*", "a*", "NEAR(", "NEAR(a b)", "AND", "OR", "NOT", "a AND", "-", "--", "-a",
    "+a", "^a",
    "title:a",
    "{title}:a", "(a", "a)", ":*", "!a", "a & b", "a | !b", "<->", "\\", "%", "_", "%s", "\x00", "a\x00b", "\ud800",
    "a\udfffb",
    "🜂🜃", "👩‍👩‍👧", "\u202eabc", "\u0301", "<script>alert(1)</script>", "';DROP TABLE blog_post;--", "a" * 10_240,
    '"' * 10_240, "a " * 5_000, "-a " * 3_000, "\ue000x\ue001",
    "{{ 7|add:7 }}", "ß İ ı", "的", "\n\t\r", "$$", "[a]",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_answered(query: str, post: Post, reader: Client) -> None:
    index_post(post)
    search(query, timezone.now())
    answer = reader.get("/search/", {"q": query.encode("utf-8", "replace").decode().replace("\x00", "")})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_a_nul_is_refused_at_the_door(db: None, reader: Client) -> None:
    assert reader.get("/search/?q=a%00b").status_code == 400


class TestAnyText(TestCase):
    @given(st.text(st.characters(exclude_categories=[]), max_size=60))
    def test_search_never_fails(self, query: str) -> None:
        search(query, timezone.now())


def found(query: str) -> list[str]:
    return [hit.post.title for hit in search(query, timezone.now()).hits]


@pytest.fixture
def library(author: User) -> None:
    texts = [
        ("Garlic", "Plant the cloves late."),
        ("Bread", "Bread with garlic, and a café nearby."),
        ("Bells", "A bell was ringing across the river."),
    ]
    for title, text in texts:
        index_post(cast.post(author, title=title, source=text))
    index_post(cast.post(author, kind=Post.Kind.PAGE, title="About", slug="about", source="Who keeps the river gate."))


def test_a_title_counts_more_than_a_text(library: None) -> None:
    assert found("garlic") == ["Garlic", "Bread"]


def test_words_are_found_in_other_forms(library: None) -> None:
    assert found("RING bells") == ["Bells"]
    assert found("cloves planting") == ["Garlic"]


def test_every_word_is_wanted_and_a_minus_takes_away(library: None) -> None:
    assert set(found("river")) == {"Bells", "About"}
    assert found("river -bell") == ["About"]
    assert found("river garlic") == []
    assert found("-river") == []


def test_a_phrase_stands_together(library: None) -> None:
    assert found('"across the river"') == ["Bells"]
    assert found('"river the across"') == []


def test_matches_are_marked_and_everything_else_is_escaped(author: User, reader: Client) -> None:
    index_post(cast.post(author, title="<b>Lamp</b>", source="There stood a `<i>` lamp & more light everywhere."))
    said = reader.get("/search/?q=lamp").content.decode()
    assert "&lt;b&gt;<mark>Lamp</mark>&lt;/b&gt;" in said
    assert "a &lt;i&gt; <mark>lamp</mark> &amp; more light" in said


def test_what_was_asked_is_repeated_safely(db: None, reader: Client) -> None:
    said = reader.get("/search/", {"q": '"><img src=x>'}).content.decode()
    assert "<img" not in said
    assert "Nothing here has" in said
