"""The public page of numbers: off unless the site wants it, the same for everybody, and about nobody."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post
from moderation import transparency
from moderation.models import DayTally
from moderation.waits import bucket_of
from tests.moderation.automatic import settled
from tests.moderation.desk import html

pytestmark = pytest.mark.django_db
PAGE = "/transparency/"


@pytest.fixture(autouse=True)
def it_is_the_third_of_may(settings, time_machine) -> None:
    settings.TRANSPARENCY_PAGE = True
    time_machine.move_to("2026-05-03 12:00:00Z", tick=False)


def count(day: str, **counts: int) -> None:
    rows = (DayTally(day=date.fromisoformat(day), name=name, count=number) for name, number in counts.items())
    DayTally.objects.bulk_create(rows)


def april() -> None:
    """A month of an ordinary site."""
    acts = {"act.approve.person": 20, "act.approve.system": 60, "act.reject.person": 11, "act.spam.person": 4}
    count("2026-04-02", **acts, **{"undone:act.reject.person": 1, "act.spam.system": 10})
    count("2026-04-30", **{"reason.off_topic": 7, "reason.threat": 1, "reason.advertising": 2, "reason.hate": 0})
    count("2026-04-12", **{f"wait.person.{bucket_of(7200)}": 60, "wait.system.0": 10})


def said(reader: Client) -> str:
    page = re.search(r"<main.*</main>", html(reader.get(PAGE)), re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ").split())


def test_it_is_off_unless_the_site_wants_it(reader: Client, settings) -> None:
    assert 'href="/transparency/"' in html(reader.get("/"))
    assert reader.get(PAGE).status_code == 200
    settings.TRANSPARENCY_PAGE = False
    assert reader.get(PAGE).status_code == 404
    assert "transparency" not in html(reader.get("/"))


def test_a_month_says_who_decided_what_and_how_fast(reader: Client) -> None:
    april()
    assert "Apr 2026 20 60 10 4 10 67 % 1 2.1 hours" in said(reader)


def test_rare_reasons_are_not_named(reader: Client) -> None:
    april()
    page = said(reader)
    assert "April 2026 : off the topic 7, and other reasons with fewer than 5 each." in page
    for hidden in ("threat", "hate", "advertising"):
        assert hidden not in page.lower()


def test_whether_a_rare_reason_was_used_once_or_four_times_cannot_be_seen(reader: Client) -> None:
    april()
    before = html(reader.get(PAGE))
    DayTally.objects.filter(name="reason.threat").update(count=4)
    assert html(reader.get(PAGE)) == before


def test_only_whole_months_are_shown(reader: Client) -> None:
    april()
    before = html(reader.get(PAGE))
    count("2026-05-01", **{"act.reject.person": 9, "reason.hate": 9})
    assert html(reader.get(PAGE)) == before, "this month is not over"


def test_at_most_a_year_and_nothing_before_the_first_decision(reader: Client) -> None:
    april()
    count("2026-01-31", **{"act.approve.person": 1})
    count("2025-04-30", **{"act.approve.person": 77})
    found = [str(month.first) for month in transparency.months(timezone.now())]
    assert found == ["2026-04-01", "2026-03-01", "2026-02-01", "2026-01-01"]


def test_a_new_site_says_so(reader: Client) -> None:
    assert "No month with decisions is over yet." in said(reader)


def test_it_says_how_often_the_machine_errs(reader: Client, post: Post) -> None:
    settled(post, "publish", ["publish"] * 82 + ["refuse"] * 2)
    assert "Of 84 published without a person, 2 should not have been: 2 % (between 0.3 and 8 %)." in said(reader)


def test_appeals_show_once_a_part_of_the_site_counts_them(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    april()
    assert "Asked again" not in said(reader)
    monkeypatch.setattr(transparency, "appeals_by_month", lambda first, last: {date(2026, 4, 1): (6, 2)})
    assert "Asked again: 6, and granted: 2." in said(reader)


def test_any_cache_may_keep_it_and_it_sets_no_cookie(reader: Client, as_editor: Client) -> None:
    april()
    answer = reader.get(PAGE)
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert reader.get(PAGE, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert html(as_editor.get(PAGE)) == html(answer), "an editor sees what everybody sees"


def test_it_asks_the_database_a_constant_number_of_times(reader: Client, post: Post) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(PAGE).status_code == 200
        assert not [query for query in captured if 'FROM "moderation_decision"' in query["sql"]]
        return len(captured)

    april()
    few = asked()
    for month in range(1, 4):
        for day in range(1, 28):
            count(f"2026-{month:02}-{day:02}", **{"act.approve.person": 3, "reason.spam": 1})
    settled(post, "publish", ["publish"] * 30)
    assert asked() == few <= 8


def test_it_is_only_read(reader: Client) -> None:
    assert reader.post(PAGE).status_code == 405
