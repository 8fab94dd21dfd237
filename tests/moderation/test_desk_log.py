"""The log: every decision, found by who, what, why, where and when, and exported without formulas."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client

from blog.models import User
from comments.models import Comment
from moderation import decisions, log
from moderation.actors import person, system
from moderation.models import Decision
from tests import cast
from tests.moderation.desk import decide, html

pytestmark = pytest.mark.django_db


def found(client: Client, query: str = "") -> list[int]:
    return [row.pk for row in client.get(f"/moderation/log/?{query}").context["log"].rows]


def exported(client: Client, query: str = "") -> list[dict]:
    response = client.get(f"/moderation/log.csv?{query}")
    assert response.streaming
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def made(comment: Comment, actor, action: str = "approve", **changes) -> int:
    return decisions.decide(comment.pk, action, seen=comment.version, actor=actor, **changes).pk


def test_filters_find_their_decisions_on_the_page_and_in_the_file(
    as_moderator: Client, moderator: User, editor: User, author: User, post
) -> None:
    other = cast.post(author)
    one = made(cast.comment(post, "pending"), person(moderator), "reject", reason="hate")
    two = made(cast.comment(other, "pending"), person(editor))
    three = made(cast.comment(other, "pending"), system("policy-1"), "spam")
    for query, expected in (
        ("", [three, two, one]),
        (f"who={moderator.pk}", [one]),
        ("who=system", [three]),
        ("who=sender", []),
        ("action=spam", [three]),
        ("reason=hate", [one]),
        (f"post={other.pk}", [three, two]),
        (f"comment={Decision.objects.get(pk=two).comment_id}", [two]),
    ):
        assert found(as_moderator, query) == expected, query
        assert [int(row["decision"]) for row in exported(as_moderator, query)] == expected, query


def test_days_are_days_of_the_sites_time_zone(as_moderator: Client, moderator: User, post, settings) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    late = made(cast.comment(post, "pending"), person(moderator), now=datetime(2026, 5, 1, 21, 59, tzinfo=UTC))
    next_day = made(cast.comment(post, "pending"), person(moderator), now=datetime(2026, 5, 1, 22, 0, tzinfo=UTC))
    assert found(as_moderator, "until=2026-05-01") == [late]
    assert found(as_moderator, "since=2026-05-02&until=2026-05-02") == [next_day]
    assert exported(as_moderator, "since=2026-05-02")[0]["time"] == "2026-05-02T00:00:00+02:00"


def test_the_name_stays_when_the_account_goes(as_moderator: Client, editor: User, post) -> None:
    pk = made(cast.comment(post, "pending"), person(editor))
    gone = editor.pk
    editor.delete()
    assert "Editor" in html(as_moderator.get("/moderation/log/"))
    assert found(as_moderator, f"who={gone}") == [pk]


def test_pages_of_the_log_go_on_by_key(
    as_moderator: Client, moderator: User, post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "SIZE", 2)
    pks = [made(cast.comment(post, "pending"), person(moderator)) for _ in range(5)]
    seen, address = [], "/moderation/log/"
    while address:
        page = as_moderator.get(address).context["log"]
        seen += [row.pk for row in page.rows]
        address = page.next
    assert seen == pks[::-1]


def test_the_file_is_read_in_chunks_and_complete(
    as_moderator: Client, moderator: User, post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "CHUNK", 2)
    pks = [made(cast.comment(post, "pending"), person(moderator)) for _ in range(4)]
    assert [int(row["decision"]) for row in exported(as_moderator)] == pks[::-1]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u3000@"])
def test_no_cell_is_a_formula(start: str, as_moderator: Client, post) -> None:
    assert log.cell(f"{start}cmd|' /C calc'!A0").startswith("'")
    decide(as_moderator, cast.comment(post, "pending"), "reject", reason="other", note=f"{start}SUM(A1)")
    note = exported(as_moderator)[0]["note"]
    assert note[:1] == "'" or note.startswith("SUM"), note


def test_an_ordinary_cell_is_left_alone() -> None:
    assert log.cell("a=b, 5-3") == "a=b, 5-3"
    assert log.cell(12) == "12"


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "since=0001-01-01",
        "until=9999-12-31",
        "since=2026-05-02&until=2026-05-01",
        "who=x",
        "action=no",
        "batch=1",
        "post=x",
        "after=x",
        f"comment={10**30}",
    ],
)
def test_a_filter_that_cannot_be_read_is_said_and_shows_nothing(query: str, as_moderator: Client, post) -> None:
    decide(as_moderator, cast.comment(post, "pending", name="Canary"), "approve")
    as_moderator.get("/moderation/")
    response = as_moderator.get(f"/moderation/log/?{query}")
    assert response.status_code == 422
    assert "Canary" not in html(response)
    assert as_moderator.get(f"/moderation/log.csv?{query}").status_code == 422
