"""The desk's page of reports: the most urgent first, each report with its reporter's record, and what to do."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from moderation import report_desk, reports
from moderation.models import Report
from tests import cast
from tests.moderation.complaints import report, sender, states
from tests.moderation.desk import html, status_of

pytestmark = pytest.mark.django_db
PAGE = "/moderation/reports/"


def rows(client: Client, address: str = PAGE) -> list[int]:
    return [int(number) for number in re.findall(r'class="item" id="c-(\d+)"', html(client.get(address)))]


def dismiss(client: Client, comment: Comment, **changes: object):
    given = {"seen": comment.version, "last": Report.objects.order_by("pk").last().pk, **changes}
    return client.post(f"{PAGE}{comment.pk}/dismissals/", given)


def test_it_lists_reported_comments_the_heaviest_first(as_moderator: Client, post: Post, author: User) -> None:
    quiet, one, loud, held = (cast.comment(post) for _ in range(4))
    report(one)
    report(loud)
    report(loud, author)
    for _ in range(3):
        report(held)
    assert rows(as_moderator) == [loud.pk, one.pk, held.pk], "what is held is not before readers any more"
    assert quiet.pk not in rows(as_moderator)


def test_it_says_what_each_reporter_said_and_how_often_they_were_right(as_moderator: Client, post: Post) -> None:
    comment = cast.comment(post)
    report(comment, sender(right=3, wrong=1), reason="threat", words="He threatens me.")
    report(comment, sender(days=0), reason="other", words="See https://evil.example/")
    page = html(as_moderator.get(PAGE))
    assert "right 3 of 4 times" in page
    assert "a reader, new here; not judged before" in page
    assert "He threatens me." in page
    assert 'href="https://evil.example' not in page
    assert "2 open reports from 2 networks" in page


def test_a_page_is_found_by_key_and_the_next_goes_on(as_moderator: Client, post: Post, monkeypatch) -> None:
    monkeypatch.setattr(report_desk, "SIZE", 3)
    made = [cast.comment(post) for _ in range(8)]
    for comment in made[:5]:
        report(comment, now=timezone.now() - timedelta(days=1))
    Comment.objects.filter(pk__in=[comment.pk for comment in made[5:]]).update(urgency=-5.0)
    for comment in made[5:]:
        report(comment)
    Comment.objects.filter(open_reports=1).update(urgency=-7.25)  # all alike: the number decides
    seen, address = [], PAGE
    while address:
        seen += rows(as_moderator, address)
        found = re.search(r'rel="next" href="([^"]+)"', html(as_moderator.get(address)))
        address = found and found[1].replace("&amp;", "&")
    assert seen == sorted((comment.pk for comment in made), reverse=True)


@pytest.mark.parametrize("after", ["x", "1_2_3", "nan_1", "inf_1", "1e999_1", "-1_", "\u0661_1", "1.5_" + "9" * 40])
def test_a_place_that_is_none_is_not_found(as_moderator: Client, after: str) -> None:
    assert as_moderator.get(PAGE, {"after": after}).status_code == 404


def test_the_number_of_queries_does_not_grow(as_moderator: Client, post: Post, author: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert as_moderator.get(PAGE).status_code == 200
        return len(seen)

    def more(number: int) -> None:
        for _ in range(number):
            comment = cast.comment(post)
            for by in (sender(days=0, right=1), author):
                report(comment, by)

    more(1)
    few = queries()
    more(6)
    assert queries() == few
    with CaptureQueriesContext(connection) as seen:
        assert len(reports.of(Comment.objects.filter(open_reports__gt=0).values_list("pk", flat=True))) == 7
    assert len(seen) <= 5


def test_of_many_reports_the_heaviest_are_shown_and_the_rest_counted(post: Post) -> None:
    comment = cast.comment(post)
    for number in range(25):
        report(comment, sender(right=1) if number == 0 else sender(days=0))
    filing = reports.of([comment.pk])[comment.pk]
    assert (len(filing.shown), filing.more) == (20, 5)
    assert filing.shown[0].record == "right 1 of 1 time"
    assert filing.last == Report.objects.filter(comment=comment).order_by("pk").last().pk


def test_a_dismissal_is_said_and_can_be_undone(as_moderator: Client, post: Post) -> None:
    comment = cast.comment(post, name="Cora")
    report(comment)
    answer = dismiss(as_moderator, comment)
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    page = html(as_moderator.get(PAGE))
    assert "Dismissed 1 report of Cora" in page
    assert rows(as_moderator) == []
    undo = re.search(rf'action="({PAGE}{comment.pk}/dismissals/\d+/undo/)"', page)[1]
    assert as_moderator.post(undo, {"seen": comment.version}).status_code == 303
    assert states(comment) == ["open"]
    assert as_moderator.post(undo, {"seen": comment.version}).status_code == 409


def test_a_decision_comes_back_to_the_reports(as_moderator: Client, post: Post) -> None:
    comment = cast.comment(post)
    report(comment)
    answer = as_moderator.post(f"{PAGE}{comment.pk}/decisions/", {"seen": 1, "action": "reject", "reason": "threat"})
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert (status_of(comment), states(comment)) == ("rejected", ["upheld"])


def test_what_is_stale_or_broken_is_said_and_changes_nothing(as_moderator: Client, post: Post) -> None:
    comment = cast.comment(post)
    report(comment)
    for changes, code in (({"seen": 9}, 409), ({"last": 0}, 422), ({"seen": "x"}, 422), ({"last": "9" * 30}, 422)):
        answer = dismiss(as_moderator, comment, **changes)
        assert answer.status_code == code
        assert "Nothing was dismissed" in html(answer)
    assert as_moderator.post(f"{PAGE}987654/dismissals/", {"seen": 1, "last": 1}).status_code == 404
    assert as_moderator.post(f"{PAGE}{10**30}/dismissals/", {"seen": 1, "last": 1}).status_code == 404
    assert as_moderator.post(f"{PAGE}{comment.pk}/dismissals/{10**30}/undo/", {"seen": 1}).status_code == 404
    assert states(comment) == ["open"]


def test_a_report_about_an_earlier_text_says_so(as_moderator: Client, post: Post) -> None:
    comment = cast.comment(post)
    report(comment)
    comment.revisions.create(number=2, body="New", html="<p>New</p>")
    Comment.objects.filter(pk=comment.pk).update(revision=2)
    assert "about revision 1" in html(as_moderator.get(PAGE))


def test_an_empty_page_says_so(as_moderator: Client) -> None:
    assert "No open reports." in html(as_moderator.get(PAGE))
