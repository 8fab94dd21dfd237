"""With a hundred thousand comments, decisions and fingerprints every hot query is answered from an index.

One test, since the rows are made once: what it finds is a list of addresses and plans.
"""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.core.management.color import no_style
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment, Sender
from moderation import decisions
from moderation.actors import person
from moderation.models import Decision, Fingerprint
from tests import cast
from tests.comments.sending import send
from tests.moderation.plans import LARGE, asked_by, plan_of

MANY = 100_000
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# The posts of this site are few: that their table is read from end to end says nothing.
COUNTED = LARGE - {Post._meta.db_table}
NUMBERS = (
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers "  # noqa: S608 - constants of ours
    f"WHERE n < {MANY}) SELECT n FROM numbers"
)
TEXT = "A text about the hinges of gates that is long enough to be compared with what others wrote about theirs."


def columns_of(model: type) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def multiply(model: type, table: str, number: str, given: dict[str, str]) -> None:
    """Insert a row for each row of `table`, which has a number: like the only row there is, but for what is given."""
    own, columns = model._meta.db_table, columns_of(model)
    values = [given.get(column, f"one.{column}").replace("NUMBER", number) for column in columns]
    (key,) = model.objects.values_list("pk", flat=True)
    into = f"INSERT INTO {own} ({', '.join(columns)})"
    chosen = f"SELECT {', '.join(values)} FROM {table}, {own} one"  # noqa: S608 - names and numbers of ours
    with connection.cursor() as cursor:
        cursor.execute(f"{into} {chosen} WHERE one.{model._meta.pk.column} = %s AND {number} <> %s", [key, key])


@pytest.fixture
def large(post: Post, moderator: User) -> Comment:
    """A hundred thousand comments on one post, a fifth of them waiting, each with a decision and a fingerprint."""
    first = cast.comment(post, "pending", body=TEXT, sender=Sender.objects.create())
    decisions.decide(first.pk, "approve", seen=1, actor=person(moderator))
    Fingerprint.objects.update_or_create(comment=first, defaults={"digest": "d", "signature": "0" * 128})
    numbers = f"({NUMBERS}) numbers"
    place = "'-----' || substr('0000000' || CAST(NUMBER AS TEXT), -7)"
    ago = "datetime(one.created_at, '-' || NUMBER || ' seconds')"
    if connection.vendor == "postgresql":
        place = "'-----' || right('0000000' || CAST(NUMBER AS TEXT), 7)"
        ago = "one.created_at - NUMBER * interval '1 second'"
    base = first.pk
    multiply(
        Comment, numbers, "n",
        {
            "id": f"NUMBER + {base}", "path": place, "thread": place, "capability": "'c' || NUMBER",
            "submission_key": "NULL",
            "status": "CASE WHEN NUMBER %% 5 = 0 THEN 'pending' ELSE 'published' END",
            "created_at": ago, "published_at": ago, "urgency": "NUMBER * -0.001", "network": "'1:' || (NUMBER %% 900)",
            "sender_id": "NULL",
        },
    )  # fmt: skip
    rest = f"(SELECT id AS n FROM comments_comment WHERE id <> {base}) others"  # noqa: S608 - a number of ours
    of_each = {"id": "NUMBER + 1", "comment_id": "NUMBER", "created_at": ago, "digest": "'x' || NUMBER"}
    multiply(Decision, rest, "n", of_each)
    bands = {f"band{number}": f"NUMBER * 8 + {number}" for number in range(8)}
    multiply(Fingerprint, rest, "n", {"comment_id": "NUMBER", "digest": "'d' || NUMBER", **bands})
    post.touch_page(timezone.now(), comments=MANY * 4 // 5)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Comment]):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    return first


def read_whole(sql: str, params: tuple) -> list[str]:
    """The lines of a plan that read a large table from end to end; not those that stop at the first rows they find."""
    plan = plan_of(sql, params, small=False)
    whole = []
    for before, line in pairwise(["", *plan]):
        found = re.search(r"Seq Scan on (\w+)|^SCAN (\w+)(?! USING)", line)
        if found and (found[1] or found[2]) in COUNTED and " USING " not in line and "Limit " not in before:
            whole.append(line)
    return whole


def test_no_hot_page_and_nothing_that_writes_reads_a_table_whole(
    large: Comment, post: Post, as_moderator: Client, moderator: User
) -> None:
    address, middle = post.get_absolute_url(), Comment.objects.filter(status="published").order_by("path")[MANY // 3]
    waiting = Comment.objects.filter(status="pending").order_by("-urgency")[MANY // 10]
    stranger = Client()
    acts: dict[str, Callable[[], HttpResponse]] = {
        where: lambda where=where: stranger.get(where)
        for where in (
            "/", address, f"{address}?order=newest", f"{address}?after={middle.path}", f"{address}?c={middle.pk}",
            f"{address}feed/", "/comments/feed/", "/feed/", "/search/?q=text", f"/comments/{middle.pk}/",
        )
    }  # fmt: skip
    acts |= {
        where: lambda where=where: as_moderator.get(where)
        for where in (
            "/moderation/", f"/moderation/?after={waiting.urgency}_{waiting.pk}", "/moderation/?order=oldest",
            f"/moderation/?tab=published&before={middle.pk}", f"/moderation/comments/{middle.pk}/",
            "/moderation/log/", f"/moderation/log/?after={MANY // 2}",
        )
    }  # fmt: skip
    acts["submit"] = lambda: send(Client(), post, body=TEXT)
    act = {"action": "approve", "seen": waiting.version, "back": ""}
    acts["decide"] = lambda: as_moderator.post(f"/moderation/comments/{waiting.pk}/decisions/", act)
    found = {
        name: whole
        for name, act in acts.items()
        for sql, params in asked_by(act, {200, 302, 303})
        # The log is read from its newest row on, as far as a page goes: the table is its own index.
        if (whole := [line for line in read_whole(sql, params) if "/log/" not in name or "decision" not in line])
    }
    assert found == {}


def test_what_no_index_answers_would_be_noticed(large: Comment) -> None:
    sql, params = Comment.objects.filter(body__contains="x").query.sql_with_params()
    assert read_whole(sql, params)
