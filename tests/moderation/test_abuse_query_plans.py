"""No page walks the whole table of comments, posts or decisions: an index leads to what it shows, on both databases.

How long the pages take with 100,000 comments is measured by tests/benchmarks/queue_pages.py and thread_pages.py.
"""

import pytest
from django.db import connection
from django.test import Client

from blog.models import Post
from comments.models import Comment, Sender
from tests import cast
from tests.moderation.desk import decide
from tests.moderation.plans import plan_of, planned, questions, walked, walks

pytestmark = pytest.mark.django_db
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
    plans = ["\n".join(plan_of(sql, params)) for sql, params in asked if '"open_reports" >' in sql]
    assert len(plans) == 2
    assert [plan for plan in plans if "comments_urgent_reported" not in plan] == []


def test_what_no_index_answers_would_be_noticed(filled: dict) -> None:
    sql, params = Comment.objects.filter(body__contains="x").query.sql_with_params()
    assert [plan for plan in plan_of(sql, params) if walks(plan)]
