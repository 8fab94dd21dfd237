"""PostgreSQL keeps statements that are the same each time; a pooler's server, that others use too, keeps none."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext

import psycopg
import pytest
from django.db import DataError, OperationalError, connection, transaction
from django.db.models import ExpressionWrapper, F, IntegerField
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post
from blog.prepared import Prepared
from comments.models import Comment
from config.databases import KEPT_FROM
from moderation.pacing import plan_anew
from tests import cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite is no server"),
]
ABOUT = Prepared(
    Comment,
    lambda post: Comment.objects.filter(post=post, status="pending").order_by("pk").values_list("pk"),
    post=919_191,
)


@pytest.fixture
def counted(post: Post) -> None:
    """A table that is small, as the server knows: it is read from end to end sooner than by an index."""
    for _ in range(20):
        cast.comment(post, "pending")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE comments_comment")


def kept() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def fresh() -> Iterator[None]:
    """A connection that has kept nothing."""
    connection.close()
    yield
    connection.close()


def ask(post: Post) -> list[tuple]:
    for _ in range(KEPT_FROM + 2):
        found = ABOUT.rows(post=post.pk)
    return found


def test_it_is_kept_with_its_constants_and_finds_what_there_is(post: Post, fresh: None) -> None:
    waiting = cast.comment(post, "pending")
    cast.comment(post)
    assert ask(post) == [(waiting.pk,)]
    (statement,) = kept()
    assert "$1" in statement
    assert "'pending'" in statement, "so that a plan for any post sees the index of what waits"
    assert ask(cast.post(post.author)) == []


def test_it_is_planned_once_for_any_value(post: Post, fresh: None) -> None:
    for number in range(KEPT_FROM + 10):
        ABOUT.rows(post=number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans > 0, custom_plans FROM pg_prepared_statements")
        assert cursor.fetchall() == [(True, 0)]


def ways_in(values: str = "1") -> list[str]:
    """How the plan that is kept reads its tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements ORDER BY prepare_time DESC LIMIT 1")
        (name,) = cursor.fetchone()
        cursor.execute(f"EXPLAIN EXECUTE {name} ({values})")
        return [line for (line,) in cursor.fetchall() if "Scan" in line]


def plans_as_ever() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT bool_and(setting = reset_val) FROM pg_settings WHERE name IN ('enable_seqscan', 'jit')")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("within", [nullcontext, transaction.atomic])
def test_it_enters_by_an_index_though_the_tables_were_small_when_it_was_planned(
    within: Callable, post: Post, counted: None, fresh: None
) -> None:
    with within():
        ask(post)
        assert [line for line in ways_in() if "Seq Scan" in line] == []
        assert plans_as_ever(), "everything else"


def test_it_is_not_compiled_for_want_of_an_index(post: Post, fresh: None) -> None:
    unindexed = Prepared(Comment, lambda agent: Comment.objects.filter(user_agent=agent).values_list("pk"), agent="9x9")
    for _ in range(KEPT_FROM):
        unindexed.rows(agent="none")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        cursor.execute(f"EXPLAIN (ANALYZE) EXECUTE {cursor.fetchone()[0]} ('none')")
        assert [line for (line,) in cursor.fetchall() if "JIT" in line] == []


def test_it_is_planned_so_whichever_of_its_values_are_nothing(post: Post, fresh: None) -> None:
    comments = [cast.comment(post) for _ in range(20)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE comments_comment")
    for moment in (None, timezone.now()):
        for each in comments[:KEPT_FROM]:
            Comment.objects.filter(pk=each.pk).update(version=1)
            assert Comment.objects.swap([each], 1, edited_at=moment) == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, parameter_types::text[] FROM pg_prepared_statements WHERE statement LIKE %s",
            ['UPDATE "comments_comment%'],
        )
        updates = cursor.fetchall()
        assert len(updates) == 2
        for name, types in updates:
            values = ", ".join("'{1}'" if kind.endswith("[]") else "NULL" for kind in types)
            cursor.execute(f"EXPLAIN EXECUTE {name} ({values})")
            assert [line for (line,) in cursor.fetchall() if "Seq Scan" in line] == []


def test_a_third_use_that_fails_is_not_the_one_that_counts(post: Post, counted: None, fresh: None) -> None:
    comment = cast.comment(post, "pending")
    about = Prepared(
        Comment,
        lambda by, post: (
            Comment.objects.filter(post=post)
            .annotate(part=ExpressionWrapper(100 / (F("id") - by), IntegerField()))
            .values_list("part")
        ),
        by=919_191,
        post=929_292,
    )
    for by in (comment.pk + 1, comment.pk + 1, comment.pk, comment.pk + 1):
        with pytest.raises(DataError) if by == comment.pk else nullcontext():
            about.rows(by=by, post=post.pk)
    assert [line for line in ways_in("1, 1") if "Seq Scan" in line] == []


def test_it_is_planned_so_again_when_all_plans_were_dropped(post: Post, counted: None, fresh: None) -> None:
    ask(post)
    plan_anew()
    ask(post)
    assert [line for line in ways_in() if "Seq Scan" in line] == []


@pytest.mark.parametrize("undone", ["the transaction", "a part of it"])
def test_after_an_undone_transaction_it_is_planned_so_again(
    undone: str, post: Post, counted: None, fresh: None
) -> None:
    ask(post)
    outer = transaction.atomic if undone == "a part of it" else nullcontext
    with outer():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            ask(post)
            raise ZeroDivisionError
        ask(post)
    assert [line for line in ways_in() if "Seq Scan" in line] == []


DIVIDING = Prepared(
    Comment,
    lambda by: Comment.objects.annotate(part=ExpressionWrapper(100 / (F("id") - by), IntegerField())).values_list(
        "part"
    ),
    by=919_191,
)


@pytest.mark.parametrize("within", [nullcontext, transaction.atomic])
def test_one_that_fails_when_it_is_planned_leaves_the_server_as_it_was(
    within: Callable, post: Post, fresh: None
) -> None:
    comment = cast.comment(post)
    for _ in range(KEPT_FROM - 1):
        DIVIDING.rows(by=comment.pk + 1)
    with pytest.raises(DataError), within():
        DIVIDING.rows(by=comment.pk)
    assert plans_as_ever()


def test_it_is_one_for_any_number_of_rows(post: Post, fresh: None) -> None:
    comments = [cast.comment(post) for _ in range(5)]
    named = Prepared(Comment, lambda ids: Comment.objects.filter(pk__in=ids).order_by("pk").values_list("pk"))
    for number in (1, 2, 3, 4, 5, 5):
        assert named.rows([one.pk for one in comments[:number]]) == [(one.pk,) for one in comments[:number]]
    (statement,) = [each for each in kept() if "comments_comment" in each and each.startswith("SELECT")]
    assert "ANY($1::bigint[])" in statement


@pytest.mark.parametrize("way", ["the address", "the environment"])
def test_what_the_operator_says_of_the_server_counts(
    way: str, post: Post, fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for said, mode in (("-c work_mem=5MB", "force_generic_plan"), ("-c plan_cache_mode=auto -c work_mem=5MB", "auto")):
        if way == "the address":
            monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"options": said})
        else:
            monkeypatch.setenv("PGOPTIONS", said)
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('plan_cache_mode'), current_setting('work_mem')")
            assert cursor.fetchone() == (mode, "5MB")


def test_the_log_of_queries_shows_its_values(post: Post, fresh: None) -> None:
    ask(post)
    with CaptureQueriesContext(connection) as asked:
        ask(post)
    assert {query["sql"] for query in asked} == {asked[0]["sql"]}
    assert f"= {post.pk}" in asked[0]["sql"]
    assert "$1" not in asked[0]["sql"]


def test_it_works_after_a_transaction_that_was_undone(post: Post, fresh: None) -> None:
    ask(post)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        cast.comment(post, "pending")
        assert len(ask(post)) == 1
        raise ZeroDivisionError
    assert ask(post) == []


def test_a_table_that_has_a_column_more_is_read_on(post: Post, fresh: None) -> None:
    ask(post)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE comments_comment ADD COLUMN later integer")
        try:
            assert ask(post) == []
        finally:
            cursor.execute("ALTER TABLE comments_comment DROP COLUMN later")


def elsewhere(statement: str) -> None:
    """As a migration on another connection does it."""
    with psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}) as other:
        other.execute(statement)


@pytest.fixture
def changed_type() -> Iterator[None]:
    elsewhere("ALTER TABLE comments_comment ALTER COLUMN name TYPE varchar(301)")
    yield
    elsewhere("ALTER TABLE comments_comment ALTER COLUMN name TYPE varchar(60)")


NAMES = Prepared(Comment, lambda post: Comment.objects.filter(post=post).values_list("name"), post=919_191)


def test_a_column_that_changes_its_type_is_read_on(post: Post, fresh: None, request: pytest.FixtureRequest) -> None:
    cast.comment(post, name="Ada")
    for _ in range(KEPT_FROM + 2):
        NAMES.rows(post=post.pk)
    request.getfixturevalue("changed_type")
    assert NAMES.rows(post=post.pk) == NAMES.rows(post=post.pk) == [("Ada",)]


def test_in_a_transaction_it_costs_that_one_and_the_next_one_passes(
    post: Post, fresh: None, request: pytest.FixtureRequest
) -> None:
    cast.comment(post, name="Ada")
    for _ in range(KEPT_FROM + 2):
        NAMES.rows(post=post.pk)
    request.getfixturevalue("changed_type")
    with pytest.raises(OperationalError, match="changed its type"), transaction.atomic():
        NAMES.rows(post=post.pk)
    connection.close_if_unusable_or_obsolete()
    with transaction.atomic():
        assert NAMES.rows(post=post.pk) == [("Ada",)]


def test_the_driver_remembers_nothing_else(post: Post, fresh: None) -> None:
    for number in range(5):
        Comment.objects.filter(name=f"Nobody {number}").count()
        ask(post)
    remembered = connection.connection._prepared
    assert [query for query, _ in remembered._counts] == []
    assert len(remembered._names) == 1


def test_behind_a_pooler_nothing_is_kept(post: Post, fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "KEPT_FROM", None)
    Comment.objects.swap([cast.comment(post, "pending")], 1, name="x", edited_at=timezone.now())
    ask(post)
    assert kept() == []
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        assert cursor.fetchone() == ("auto",)
