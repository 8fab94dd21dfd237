"""Search in what is public: one function in front of SQLite's FTS5 and PostgreSQL's full text.

The index is a table beside the posts, made by migration 0003; `editing` keeps it, a trigger forgets deleted posts,
and `manage.py reindex_search` makes it anew. Drafts are not in it, so they move neither counts nor ranking; what
is found is filtered through `PostQuerySet.published` all the same.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from blog.models import Post
from blog.search_terms import Term, terms, tidy

PAGE_SIZE = 10
#: The best of what is found; nobody reads further, and ranking more than this is wasted.
MOST_FOUND = 500
#: PostgreSQL refuses a document above 1 MB.
MOST_INDEXED_CHARS = 200_000
#: Private characters that mark where a match begins and ends; the index never holds them.
BEGIN, END = "\ue000", "\ue001"
#: Stands for "<" in PostgreSQL, whose parser would take a text about HTML for HTML and leave its tags out.
LESS = "\x01"
_MARKS = re.compile(f"[{BEGIN}{END}{LESS}\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a title or an excerpt, as plain text that the template escapes; `marked` where it matched."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Hit:
    post: Post
    title: list[Piece]
    excerpt: list[Piece]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found. `query` is what was really searched; `total` counts at most MOST_FOUND."""

    query: str
    asked: bool
    total: int
    hits: list[Hit]

    @property
    def is_cut(self) -> bool:
        return self.total >= MOST_FOUND


def search(query: str, now: datetime, *, page: int = 1) -> Results:
    """Return a page of ten public posts and pages with the query's words, best first.

    Any text may be asked for. `page` beyond the end gives no hits.
    """
    text = tidy(query)
    wanted = terms(text)
    if not wanted:
        return Results(text, bool(text), 0, [])
    engine = _engine()
    ranked = engine.rank(wanted)
    public = set(Post.objects.published(now).filter(pk__in=ranked).values_list("pk", flat=True))
    found = [key for key in ranked if key in public]
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    posts = Post.objects.published(now).select_related("author").defer("source", "html", "text").in_bulk(shown)
    marked = {key: rest for key, *rest in engine.mark(wanted, shown)} if shown else {}
    hits = [Hit(posts[key], *map(_pieces, marked[key])) for key in shown if key in posts and key in marked]
    return Results(text, True, len(found), hits)


def index_post(post: Post) -> None:
    """Bring the index up to date with a post that was saved. Drafts are not indexed; scheduled posts are."""
    forget_post(post.pk)
    if post.status == Post.Status.PUBLISHED:
        _engine().insert([post])


def forget_post(post_id: int) -> None:
    """Take a post out of the index; nothing happens where it is not in it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DELETE FROM blog_search WHERE post_id = %s", [post_id])
        else:
            cursor.execute("DELETE FROM blog_search WHERE rowid = %s", [post_id])


def reindex() -> int:
    """Make the whole index anew, in one transaction; return the number of posts in it."""
    published = Post.objects.filter(status=Post.Status.PUBLISHED).only("pk", "title", "text").order_by("pk")
    count = 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM blog_search")
        for post in published.iterator(chunk_size=100):
            _engine().insert([post])
            count += 1
    return count


def _pieces(marked: str) -> list[Piece]:
    """Cut a text at its marks."""
    pieces = []
    for index, part in enumerate(re.split(f"[{BEGIN}{END}]", marked.replace(LESS, "<"))):
        if part:
            pieces.append(Piece(part, marked=index % 2 == 1))
    return pieces


def _row(post: Post) -> tuple[str, str]:
    return _MARKS.sub("", post.title), _MARKS.sub("", post.text[:MOST_INDEXED_CHARS])


class _Fts5:
    """FTS5. A title's word counts five times a text's."""

    @staticmethod
    def expression(wanted: list[Term]) -> str:
        # Inside quotation marks FTS5 knows no operators; `terms` left no quotation mark in a term.
        need = " AND ".join(f'"{term.text}"' for term in wanted if not term.unwanted)
        for term in wanted:
            if term.unwanted:
                need = f'({need}) NOT "{term.text}"'
        return need

    @classmethod
    def rank(cls, wanted: list[Term]) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM blog_search WHERE blog_search MATCH %s "
                "ORDER BY bm25(blog_search, 5.0, 1.0), rowid DESC LIMIT %s",
                [cls.expression(wanted), MOST_FOUND],
            )
            return [key for (key,) in cursor.fetchall()]

    @classmethod
    def mark(cls, wanted: list[Term], keys: list[int]) -> Iterable[tuple[int, str, str]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid, highlight(blog_search, 0, %s, %s), snippet(blog_search, 1, %s, %s, '…', 40) "
                "FROM blog_search WHERE blog_search MATCH %s AND rowid IN (SELECT value FROM json_each(%s))",
                [BEGIN, END, BEGIN, END, cls.expression(wanted), json.dumps(keys)],
            )
            return cursor.fetchall()

    @staticmethod
    def insert(posts: list[Post]) -> None:
        with connection.cursor() as cursor:
            for post in posts:
                cursor.execute(
                    "INSERT INTO blog_search (rowid, title, body) VALUES (%s, %s, %s)", [post.pk, *_row(post)]
                )


class _FullText:
    """tsvector and GIN; ts_rank_cd with the title's words as weight A."""

    @staticmethod
    def expression(wanted: list[Term]) -> str:
        return " ".join(f'{"-" if term.unwanted else ""}"{term.text}"' for term in wanted)

    @classmethod
    def rank(cls, wanted: list[Term]) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT post_id FROM blog_search, websearch_to_tsquery(%s::regconfig, %s) AS wanted "
                "WHERE document @@ wanted ORDER BY ts_rank_cd(document, wanted) DESC, post_id DESC LIMIT %s",
                [settings.SEARCH_LANGUAGE, cls.expression(wanted), MOST_FOUND],
            )
            return [key for (key,) in cursor.fetchall()]

    @classmethod
    def mark(cls, wanted: list[Term], keys: list[int]) -> Iterable[tuple[int, str, str]]:
        language, marks = settings.SEARCH_LANGUAGE, f"StartSel={BEGIN}, StopSel={END}"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT post_id, ts_headline(%s::regconfig, title, wanted, %s), "
                "ts_headline(%s::regconfig, left(body, 50000), wanted, %s) "
                "FROM blog_search, websearch_to_tsquery(%s::regconfig, %s) AS wanted WHERE post_id = ANY(%s)",
                [
                    language,
                    f"{marks}, HighlightAll=true",
                    language,
                    f'{marks}, MaxFragments=2, MaxWords=28, MinWords=12, FragmentDelimiter=" … "',
                    language,
                    cls.expression(wanted),
                    keys,
                ],
            )
            return cursor.fetchall()

    @staticmethod
    def insert(posts: list[Post]) -> None:
        language = settings.SEARCH_LANGUAGE
        with connection.cursor() as cursor:
            for post in posts:
                title, body = (text.replace("<", LESS) for text in _row(post))
                cursor.execute(
                    "INSERT INTO blog_search (post_id, title, body, document) VALUES (%s, %s, %s, "
                    "setweight(to_tsvector(%s::regconfig, %s), 'A') || setweight(to_tsvector(%s::regconfig, %s), 'B'))",
                    [post.pk, title, body, language, title, language, body],
                )


def _engine() -> type[_FullText] | type[_Fts5]:
    return _FullText if connection.vendor == "postgresql" else _Fts5
