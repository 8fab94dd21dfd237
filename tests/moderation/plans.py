"""How the database goes about what a page asks it."""

import re
from collections.abc import Callable

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from blog.models import Post
from comments.models import Comment
from moderation.models import Decision, Fingerprint

LARGE = {model._meta.db_table for model in (Comment, Post, Decision, Fingerprint)}


def walked(client: Client, address: str) -> list[str]:
    """The plans of the page's queries in which a large table is read from end to end."""
    asked = questions(client, address)
    return [plan for sql, params in asked for plan in plan_of(sql, params) if walks(plan)]


def planned(client: Client, address: str, part: str) -> list[str]:
    """The whole plans of the page's queries that say `part`."""
    return ["\n".join(plan_of(sql, params, "sort")) for sql, params in questions(client, address) if part in sql]


def questions(client: Client, address: str) -> list[tuple[str, tuple]]:
    """What a page asks the database."""
    return asked_by(lambda: client.get(address), {200})


def asked_by(act: Callable[[], HttpResponse], answers: set[int]) -> list[tuple[str, tuple]]:
    """What is read from the database for a request that is answered so."""
    asked = []

    def note(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        answer = act()
    assert answer.status_code in answers, answer.content[-2000:]
    assert asked
    return asked


def plan_of(sql: str, params: tuple, *dearer: str, small: bool = True) -> list[str]:
    """The lines of a plan; `small` says that the tables are, and only what an index could answer is asked for."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if small and not sqlite:
            # So few rows are quickest read from end to end; forbidden, that is left only where no index would do.
            for way in ("seqscan", *dearer):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{sql}", params)
        return [row[3] if sqlite else row[0] for row in cursor.fetchall()]


def walks(plan: str) -> bool:
    """Whether a line of a plan reads a large table without an index. SQLite's own order of rows is one, by key."""
    found = re.search(r"Seq Scan on (\w+)|^SCAN (\w+)(?! USING)", plan)
    return bool(found) and (found[1] or found[2]) in LARGE and " USING " not in plan
