"""No page walks the whole table of comments, posts or decisions: an index leads to what it shows, on both databases.

How long the pages take with 100,000 comments is measured by tests/benchmarks/queue_pages.py and thread_pages.py.
"""

import re

import pytest
from django.db import connection
from django.test import Client

from blog.models import Post
from comments.models import Comment, Sender
from moderation.models import Decision
from tests import cast
from tests.moderation.desk import decide

pytestmark = pytest.mark.django_db
LARGE = {model._meta.db_table for model in (Comment, Post, Decision)}
DESK = ["", "?after=-1.5_1", "?before=-1.5_9", "?order=oldest", "?order=oldest&after=1", "?order=oldest&before=9",
        "?tab=spam", "?tab=published&before=9", "?post={post}", "?sender={sender}", "?focus={comment}", "ahead/",
        "news/?after=1&shown=1,2,{comment}"]  # fmt: skip
PUBLIC = ["/", "/?page=2", "{address}", "{address}?order=newest", "{address}?after={path}", "{address}?c={comment}",
          "{address}feed/", "/comments/feed/", "/feed/"]  # fmt: skip


@pytest.fixture
def filled(post: Post, as_moderator: Client) -> dict[str, object]:
    sender = Sender.objects.create()
    for _ in range(30):
        top = cast.comment(post, sender=sender)
        cast.comment(post, "pending", top, sender=sender)
    decide(as_moderator, cast.comment(post, "pending"), "approve")
    for _ in range(12):
        cast.post(post.author)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "post": post.pk, "sender": sender.pk, "address": post.get_absolute_url(), "path": top.path, "comment": top.pk,
    }  # fmt: skip


def walked(client: Client, address: str) -> list[str]:
    """The plans of the page's queries in which a large table is read from end to end."""
    asked = questions(client, address)
    return [plan for sql, params in asked for plan in _plan(sql, params) if _walks(plan)]


def planned(client: Client, address: str, part: str) -> list[str]:
    """The whole plans of the page's queries that say `part`."""
    return ["\n".join(_plan(sql, params, "sort")) for sql, params in questions(client, address) if part in sql]


def questions(client: Client, address: str) -> list[tuple[str, tuple]]:
    """What a page asks the database."""
    asked = []

    def note(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert client.get(address).status_code == 200, address
    assert asked
    return asked


def _plan(sql: str, params: tuple, *dearer: str) -> list[str]:
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if not sqlite:
            # So few rows are quickest read from end to end; forbidden, that is left only where no index would do.
            for way in ("seqscan", *dearer):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{sql}", params)
        return [row[3] if sqlite else row[0] for row in cursor.fetchall()]


def _walks(plan: str) -> bool:
    """Whether a line of a plan reads a large table without an index. SQLite's own order of rows is one, by key."""
    found = re.search(r"Seq Scan on (\w+)|^SCAN (\w+)(?! USING)", plan)
    return bool(found) and (found[1] or found[2]) in LARGE and " USING " not in plan


@pytest.mark.parametrize("query", DESK)
def test_the_desk_walks_no_table(query: str, filled: dict, as_moderator: Client) -> None:
    assert walked(as_moderator, "/moderation/" + query.format(**filled)) == []


@pytest.mark.parametrize("query", ["", "?action=approve", "?who={moderator}", "?after=9"])
def test_the_log_walks_no_table(query: str, filled: dict, as_moderator: Client, moderator) -> None:
    plans = walked(as_moderator, "/moderation/log/" + query.format(moderator=moderator.pk))
    # Without a filter the log is read from its newest row on, as far as the page goes: the table is its own index.
    assert [plan for plan in plans if query or not plan.startswith("SCAN moderation_decision")] == []


@pytest.mark.parametrize("address", PUBLIC)
def test_no_page_of_a_reader_walks_a_table(address: str, filled: dict, reader: Client) -> None:
    assert walked(reader, address.format(**filled)) == []


@pytest.mark.parametrize("query", ["", "?after=-1.5_1", "?before=-1.5_9"])
def test_the_three_parts_of_the_queue_are_read_in_order_from_their_indexes(
    query: str, filled: dict, as_moderator: Client
) -> None:
    plans = planned(as_moderator, f"/moderation/{query}", '"urgency", "comments_comment"."id"')
    assert len(plans) >= 3
    for index in ("comments_urgent_pending", "comments_urgent_edit", "comments_urgent_reported"):
        found = [plan for plan in plans if index in plan]
        assert found, (index, plans)
        assert not [plan for plan in found if "TEMP B-TREE" in plan or "Sort" in plan], found


def test_counting_and_the_oldest_first_look_at_no_other_rows_than_those_that_wait(
    filled: dict, as_moderator: Client
) -> None:
    asked = questions(as_moderator, "/moderation/?order=oldest")
    plans = ["\n".join(_plan(sql, params)) for sql, params in asked if '"open_reports" >' in sql]
    assert len(plans) == 2
    # Both indexes hold the reported ones alone, by urgency and by number.
    assert [plan for plan in plans if not re.search("comments_(urgent|waiting)_reported", plan)] == []


def test_what_no_index_answers_would_be_noticed(filled: dict) -> None:
    sql, params = Comment.objects.filter(body__contains="x").query.sql_with_params()
    assert [plan for plan in _plan(sql, params) if _walks(plan)]
