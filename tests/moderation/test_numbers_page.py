"""The page of numbers: what it says, that it says nothing wrong on an empty site, and what it costs."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from moderation import automation
from moderation.actors import person
from moderation.decisions import decide, undo
from moderation.models import AutomationChange, Check, DayTally
from tests import cast
from tests.moderation.automatic import settled
from tests.moderation.desk import html

pytestmark = pytest.mark.django_db
PAGE, SWITCH = "/moderation/numbers/", "/moderation/automation/"


def said(client: Client, address: str = PAGE) -> str:
    """The page's text without tags, blanks made single."""
    response = client.get(address)
    assert response.status_code == 200
    main = re.search(r"<main.*</main>", html(response), re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\N{NO-BREAK SPACE}", " ").split())


def count(name: str, number: int, days_ago: int = 0) -> None:
    DayTally.objects.create(day=timezone.localdate() - timedelta(days=days_ago), name=name, count=number)


def test_an_empty_site_has_calm_words_and_no_nonsense(as_moderator: Client) -> None:
    page = said(as_moderator)
    assert "Waiting now 0" in page
    assert "Of what was published without a person, nothing has been checked yet." in page
    assert "No person decided anything in this time." in page
    for odd in ("None", "nan", "inf", "100 %"):
        assert odd not in page
    assert (
        "<rect"
        not in html(as_moderator.get(PAGE))
        .replace('<rect class="passed', "")
        .replace('<rect class="kept', "")
        .split("Decided by")[1]
    )


def test_it_says_what_waits_and_since_when(as_moderator: Client, post: Post) -> None:
    cast.comment(post, "pending", created_at=timezone.now() - timedelta(days=3))
    cast.comment(post, "pending")
    edited = cast.comment(post)
    Comment.objects.filter(pk=edited.pk).update(proposed_revision=2)
    page = said(as_moderator)
    assert "Waiting now 2 the oldest sent 3 d ago and 1 edits" in page


def test_it_says_what_was_decided_how_fast_by_whom_and_what_was_undone(
    as_moderator: Client, moderator: User, post: Post
) -> None:
    for action in ("approve", "approve", "spam"):
        waiting = cast.comment(post, "pending", created_at=timezone.now() - timedelta(hours=5))
        made = decide(waiting.pk, action, seen=1, actor=person(moderator))
    undo(made.pk, seen=2, actor=person(moderator))
    page = said(as_moderator)
    assert "Decisions 3 in 30 days, 1 of them undone" in page
    assert "Published by people 2" in page
    assert "Refused or filed as spam by people 0" in page, "it was undone"
    assert "half of them sooner; 9 of 10 within 5 hours" in page
    assert "Within 6 hours 3 100 %" in page
    assert "Moderator 4" in page, "an undo is work too"


def test_every_day_of_the_period_stands_in_the_table(as_moderator: Client) -> None:
    count("act.approve.person", 7, days_ago=29)
    count("act.approve.person", 50, days_ago=30)
    page = said(as_moderator)
    first = timezone.localdate() - timedelta(days=29)
    assert f"{first.day} {first:%b %Y} 7 0 0 0" in page
    assert "Published by people 7 " in page
    assert html(as_moderator.get(PAGE)).count('<th scope="row">') >= 30
    assert "Published by people 57 " in said(as_moderator, f"{PAGE}?days=90")


@pytest.mark.parametrize("query", ["days=31", "days=x", "days=-1", "days=999999999999"])
def test_other_periods_are_no_pages(as_moderator: Client, query: str) -> None:
    assert as_moderator.get(f"{PAGE}?{query}").status_code == 404


def test_it_says_how_often_the_machine_errs_with_its_interval(as_moderator: Client, post: Post) -> None:
    settled(post, "publish", ["publish"] * 82 + ["refuse"] * 2 + ["unsure"])
    settled(post, "spam", ["refuse"] * 9 + ["publish"])
    page = said(as_moderator)
    assert "Of 84 published without a person, 2 should not have been: 2 % (between 0.3 and 8 %)." in page
    assert "Of 10 filed as spam without a person, 1 should have been published: 10 % (between 0.3 and 45 %)." in page
    assert "To 1 the answer was “I can’t tell”." in page
    assert "On trial: 10 of 60 checks." in page


def test_what_the_machine_held_is_another_rate_under_another_name(as_moderator: Client) -> None:
    count("held.suspicious.published", 31)
    count("held.suspicious.refused", 103)
    count("undone:held.suspicious.refused", 1)
    page = said(as_moderator)
    assert "Of 133 held because they looked suspicious, people published 31: 23 % (between 16 and 31 %)." in page
    assert "not blind" in page


def test_findings_and_the_share_published_all_the_same(as_moderator: Client) -> None:
    count("finding.links_many.published", 1)
    count("finding.links_many.refused", 3)
    assert "links_many 4 25 %" in said(as_moderator)


def test_a_side_that_stepped_back_says_why_and_what_it_would_have_done(as_editor: Client, editor: User) -> None:
    automation.step_back("publish", editor, "three adverts in an hour", timezone.now())
    page = said(as_editor)
    assert "stepped back" in page
    assert "three adverts in an hour" in page
    assert "Since then people have decided about none of what it would have done." in page
    assert "Publishing stepped back , by Editor :" in page


def test_an_editor_lets_it_act_again_with_a_reason(as_editor: Client, editor: User) -> None:
    automation.step_back("spam", editor, "why", timezone.now())
    without = as_editor.post(SWITCH, {"side": "spam", "act": "resume", "why": " "})
    assert without.status_code == 422
    assert "Say why; it stands in the history." in html(without)
    assert automation.state_of("spam").stepped_back
    done = as_editor.post(SWITCH, {"side": "spam", "act": "resume", "why": "the filter was put right"})
    assert (done.status_code, done.headers["Location"]) == (303, PAGE)
    assert not automation.state_of("spam").stepped_back
    as_editor.post(SWITCH, {"side": "spam", "act": "resume", "why": "again"})
    assert "goes on already" in said(as_editor)
    assert AutomationChange.objects.count() == 2


def test_a_moderator_sees_it_and_may_not_switch_it(as_moderator: Client) -> None:
    assert "Make it hold" not in said(as_moderator)
    assert as_moderator.post(SWITCH, {"side": "spam", "act": "step_back", "why": "x"}).status_code == 403
    assert not AutomationChange.objects.exists()


def test_reasons_typed_by_people_are_text(as_editor: Client) -> None:
    as_editor.post(SWITCH, {"side": "spam", "act": "step_back", "why": "<b>x</b>"})
    assert "<b>x</b>" not in html(as_editor.get(PAGE))


def test_it_asks_as_often_whatever_was_decided(as_moderator: Client, moderator: User, post: Post) -> None:
    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            as_moderator.get(f"{PAGE}?days=90")
        return [query["sql"] for query in captured]

    def fill(number: int) -> None:
        for _ in range(number):
            waiting = cast.comment(post, "pending")
            decide(waiting.pk, "approve", seen=1, actor=person(cast.person(f"colleague-{waiting.pk}", "Moderators")))
            cast.comment(post, "pending")
        settled(post, "publish", ["publish"] * number)

    fill(1)
    few = asked()
    fill(20)
    many = asked()
    assert len(many) == len(few) <= 17
    assert not [sql for sql in many if 'FROM "moderation_decision"' in sql], "no decision is read"
    assert Check.objects.count() == 21


def test_the_plot_names_itself_and_has_no_letters_in_it(as_moderator: Client) -> None:
    count("act.approve.person", 7)
    page = html(as_moderator.get(PAGE))
    svg = re.search(r'<svg[^>]*role="img".*?</svg>', page, re.DOTALL)[0]
    labels = re.search(r'aria-labelledby="(\S+) (\S+)"', svg)
    assert f'<title id="{labels[1]}">' in svg
    assert f'<desc id="{labels[2]}">' in svg
    assert "<text" not in page
    assert "style=" not in page
    assert f"{timezone.localdate():%B %Y}: published by people 7, published automatically 0" in svg
