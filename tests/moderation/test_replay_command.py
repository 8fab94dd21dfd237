"""`manage.py replay_policy` says what an upgrade of the policy would change, and changes nothing."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post
from moderation import verdict
from moderation.filters import FILTERS, Filter
from moderation.management.commands import replay_policy
from moderation.models import Review, Rule
from tests.comments.submissions import LETTER, send

SPAM = "Visit https://one.example/a and https://two.example/b or https://three.example/c for c a s i n o wins!!!"


def said(capsys: pytest.CaptureFixture[str], **options: object) -> str:
    call_command("replay_policy", **options)
    return capsys.readouterr().out


@pytest.fixture
def recorded(post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(mode="open")
    post.refresh_from_db()
    Rule.objects.create(kind="word", text="casino", effect="hold")
    for number, text in enumerate((LETTER, SPAM, "Thanks!")):
        send(post, text, key=str(number))


def test_the_same_policy_changes_nothing(recorded: None, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys)
    assert "policy-5, 3 screenings" in out
    assert "3  same in every finding" in out
    assert "change" not in out
    assert "ms each" in out


def test_a_stricter_table_is_counted_and_named(
    recorded: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stricter = {word: {**lines, "hold": -9.0} for word, lines in verdict.LINES.items()}
    monkeypatch.setattr(verdict, "LINES", MappingProxyType(stricter))
    before = list(Review.objects.order_by("pk").values())
    out = said(capsys)
    assert "would change: publish -> hold" in out
    assert "Newest comments that would change: " in out
    assert list(Review.objects.order_by("pk").values()) == before


def test_other_words_of_a_finding_are_told_apart_from_another_outcome(
    recorded: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, find = FILTERS[1]
    reworded = Filter(name, lambda *given: [replace(one, says="other words") for one in find(*given)])
    monkeypatch.setattr("moderation.filters.FILTERS", (FILTERS[0], reworded, *FILTERS[2:]))
    out = said(capsys)
    assert "1  same outcome, other findings or score" in out
    assert "2  same in every finding" in out


def test_a_filter_that_breaks_on_old_comments_is_counted(
    recorded: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*given: object) -> list:
        raise KeyError("new code")

    monkeypatch.setattr("moderation.filters.FILTERS", (Filter("links", breaks),))
    assert "3  would wait, because the filter 'links' failed" in said(capsys)


def test_todays_rules_in_place_of_those_of_then(recorded: None, capsys: pytest.CaptureFixture[str]) -> None:
    Rule.objects.update(state="retired")
    assert "3  same in every finding" in said(capsys)
    assert "1  same outcome, other findings or score" in said(capsys, rules_of_today=True)


def test_days_bound_it_and_what_is_gone_is_said(recorded: None, capsys: pytest.CaptureFixture[str]) -> None:
    first, second, _ = Review.objects.order_by("pk")
    Review.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(days=9))
    Review.objects.filter(pk=second.pk).update(facts={})
    out = said(capsys, days=8)
    assert "2 screenings of the last 8 days" in out
    assert "1  cannot be replayed: erased" in out


def test_its_queries_grow_by_chunks_and_not_by_comments(
    recorded: None, post: Post, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    costs = []
    for number in (0, 20):
        for each in range(number):
            send(post, f"{LETTER} {each}", key=f"more-{each}")
        with CaptureQueriesContext(connection) as queries:
            said(capsys)
        costs.append(len(queries))
    assert costs[0] == costs[1]
    monkeypatch.setattr(replay_policy, "CHUNK", 4)
    assert "23  same in every finding" in said(capsys)
