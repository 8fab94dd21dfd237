"""What a request asks the database, and what the answer costs there: which tables are read from end to end, how much.

The statements are those of the request itself, with their values, and not copies.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from config.postgresql.base import KnownSqlCursor

#: A hundred steps of SQLite's machine; what it is asked to count by.
STEP = 100
EXPLAIN = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON)"


@dataclass(frozen=True, slots=True)
class Statement:
    """One SELECT with its values; `kept` where PostgreSQL may use one plan for all values."""

    sql: str
    params: tuple
    kept: bool = False


def statements(client: Client, address: str) -> list[Statement]:
    """What a page asks."""
    return statements_of(lambda: client.get(address), 200)


def statements_of(act: Callable[[], HttpResponse], *expected: int) -> list[Statement]:
    """What is asked until a request is answered, with one of the statuses expected."""
    answers: list[HttpResponse] = []
    asked = statements_run(lambda: answers.append(act()))
    assert answers[0].status_code in expected, answers[0].content[-2000:]
    return asked


def statements_run(act: Callable[[], object]) -> list[Statement]:
    """What an act asks."""
    asked: list[Statement] = []

    def note(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            asked.append(Statement(sql, params, isinstance(context["cursor"].cursor, KnownSqlCursor)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return asked


def walks(statement: Statement, large: set[str]) -> list[str]:
    """The lines of its plan that read one of the large tables from end to end."""
    if connection.vendor == "sqlite":
        # By number, the table is its own index, and a page of it says LIMIT; how far it was read `work` tells.
        ordered = re.search(r"ORDER BY 1( DESC| ASC) LIMIT \d+\W", f"{statement.sql} ")
        return [] if ordered else [line for line in _lines(statement) if _walks_in_sqlite(line, large)]
    return [
        f"{node['Node Type']} on {node['Relation Name']}"
        for node in _nodes(statement)
        if node["Node Type"].endswith("Seq Scan") and node.get("Relation Name") in large
    ]


def work(statement: Statement) -> int:
    """How much it looks at: on SQLite hundreds of steps of its machine, on PostgreSQL rows, also those thrown away.

    Neither is a time: both are the same on every run and machine.
    """
    return _steps(statement) if connection.vendor == "sqlite" else max(map(_rows, _nodes(statement)), default=0)


def _walks_in_sqlite(line: str, large: set[str]) -> bool:
    found = re.match(r"SCAN (\w+)", line)
    return bool(found) and found[1] in large and " USING " not in line


def _lines(statement: Statement) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.params)
        return [row[3] for row in cursor.fetchall()]


def _steps(statement: Statement) -> int:
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    connection.ensure_connection()
    _with_progress(count, statement)
    return counted


def _with_progress(count: Callable[[], int], statement: Statement) -> None:
    connection.connection.set_progress_handler(count, STEP)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.params)
            cursor.fetchall()
    finally:
        connection.connection.set_progress_handler(None, 0)


def _nodes(statement: Statement) -> Iterator[dict]:
    with connection.cursor() as cursor:
        cursor.execute(f"{EXPLAIN} {statement.sql}", statement.params)
        yield from _below(cursor.fetchone()[0][0]["Plan"])
        if statement.kept and statement.params:
            for plan in _plans_for_any_values(cursor, statement):
                yield from _below(plan)


def _plans_for_any_values(cursor, statement: Statement) -> Iterator[dict]:
    """What PostgreSQL does by its one plan for all values, run with these: as made at first, and as made anew later."""
    places = count(1)
    sql = re.sub("%[s%]", lambda found: "%" if found[0] == "%%" else f"${next(places)}", statement.sql)
    values = ", ".join(["%s"] * len(statement.params))
    cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    for seqscan in ("off", "on"):
        cursor.execute(f"SET LOCAL enable_seqscan = {seqscan}")
        cursor.execute(f"PREPARE any_values AS {sql}")
        cursor.execute(f"{EXPLAIN} EXECUTE any_values({values})", statement.params)
        yield cursor.fetchone()[0][0]["Plan"]
        cursor.execute("DEALLOCATE any_values")
    cursor.execute("SET LOCAL plan_cache_mode = auto")


def _below(node: dict) -> Iterator[dict]:
    yield node
    for part in node.get("Plans", ()):
        yield from _below(part)


def _rows(node: dict) -> int:
    thrown = sum(value for name, value in node.items() if name.startswith("Rows Removed by"))
    return round((node["Actual Rows"] + thrown) * node["Actual Loops"])
