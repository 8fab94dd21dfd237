"""The desk's pages about appeals: what waits, oldest first; one with all that is needed; answering it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import User
from comments.models import Sender
from moderation import appeal_views
from moderation.models import Appeal
from tests import cast
from tests.moderation.asking import act, asked, deny, rejected
from tests.moderation.desk import html, status_of

pytestmark = pytest.mark.django_db


def answer(client: Client, appeal: Appeal, verdict: str, words: str = "Because.", /, **changes: object):
    appeal.comment.refresh_from_db()
    sent = {"verdict": verdict, "answer": words, "seen": appeal.comment.version, **changes}
    return client.post(f"/moderation/appeals/{appeal.pk}/answer/", sent)


def test_open_ones_stand_oldest_first_and_answered_ones_newest_first(
    post, moderator: User, editor: User, as_editor: Client
) -> None:
    made = [asked(rejected(post, moderator), f"Words number {number}") for number in range(4)]
    for appeal in made[:2]:
        deny(appeal, editor)
    shown = html(as_editor.get("/moderation/appeals/"))
    assert shown.index("Words number 2") < shown.index("Words number 3")
    assert "Words number 1" not in shown
    shown = html(as_editor.get("/moderation/appeals/?tab=decided"))
    assert shown.index("Words number 1") < shown.index("Words number 0")
    assert as_editor.get("/moderation/appeals/?tab=else").status_code == 404
    assert as_editor.get("/moderation/appeals/?after=x").status_code == 404


def test_every_page_leads_to_the_next_by_key(post, moderator: User, as_editor: Client, monkeypatch) -> None:
    monkeypatch.setattr(appeal_views, "SIZE", 2)
    made = [asked(rejected(post, moderator), f"Words number {number}") for number in range(5)]
    seen, after = [], ""
    for _ in range(3):
        page = as_editor.get(f"/moderation/appeals/{after}").context["page"]
        seen += page.ids
        after = f"?after={page.next}"
    assert seen == [appeal.pk for appeal in made]


def test_one_shows_all_that_is_needed(post, moderator: User, as_editor: Client) -> None:
    comment = rejected(post, moderator, message="To you", note="To the log", reason="off_topic")
    appeal = asked(comment, "Look again, please")
    shown = html(as_editor.get(f"/moderation/appeals/{appeal.pk}/"))
    for words in ("Look again, please", comment.body, str(moderator), "To you", "To the log", "Off the topic"):
        assert words in shown
    assert as_editor.get("/moderation/appeals/999/").status_code == 404
    assert as_editor.get(f"/moderation/appeals/{10**25}/").status_code == 404


@pytest.mark.parametrize(("verdict", "status"), [("grant", "published"), ("deny", "rejected")])
def test_it_is_answered_by_a_button_and_words(
    verdict: str, status: str, post, moderator: User, as_editor: Client
) -> None:
    comment = rejected(post, moderator)
    assert answer(as_editor, asked(comment), verdict).status_code == 303
    assert status_of(comment) == status
    assert Appeal.objects.get().answer == "Because."


def test_who_decided_sees_no_form_and_is_refused(post, moderator: User, editor: User, as_moderator: Client) -> None:
    appeal = asked(rejected(post, moderator))
    shown = html(as_moderator.get(f"/moderation/appeals/{appeal.pk}/"))
    assert "You made this decision yourself." in shown
    assert 'name="answer"' not in shown
    response = answer(as_moderator, appeal, "deny")
    assert response.status_code == 422
    assert "You made this decision yourself." in html(response)
    assert Appeal.objects.get().is_open


@pytest.mark.parametrize("changes", [{"answer": ""}, {"verdict": "maybe"}, {"verdict": ""}, {"seen": "x"}])
def test_what_is_missing_is_said_and_what_was_typed_stays(
    changes: dict, post, moderator: User, as_editor: Client
) -> None:
    appeal = asked(rejected(post, moderator))
    response = answer(as_editor, appeal, "deny", "Typed words.", **changes)
    assert response.status_code == 422
    assert ("Typed words." in html(response)) == ("answer" not in changes)
    assert Appeal.objects.get().is_open


def test_who_comes_second_is_told(post, moderator: User, editor: User, as_editor: Client) -> None:
    appeal = asked(rejected(post, moderator))
    chief = cast.person("chief", "Editors")
    deny(appeal, chief)
    response = answer(as_editor, appeal, "grant")
    assert response.status_code == 409
    assert f"{chief} was faster" in html(response)


def test_a_comment_that_changed_meanwhile_is_a_conflict_and_can_be_sent_again(
    post, moderator: User, as_editor: Client
) -> None:
    appeal = asked(rejected(post, moderator))
    response = answer(as_editor, appeal, "grant", seen=99)
    assert response.status_code == 409
    assert f'name="seen" value="{appeal.comment.version}"' in html(response)


def test_the_pages_ask_as_often_for_many_as_for_few(post, moderator: User, as_editor: Client) -> None:
    def more(number: int) -> None:
        for _ in range(number):
            comment = cast.comment(post, "pending", sender=Sender.objects.create(), network="1:ab")
            act(comment, "reject", moderator, reason="spam")
            asked(comment)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_editor.get(address).status_code == 200
        return len(captured)

    more(2)
    one = f"/moderation/appeals/{Appeal.objects.first().pk}/"
    as_editor.get(one)
    few = queries("/moderation/appeals/"), queries(one)
    more(12)
    assert (queries("/moderation/appeals/"), queries(one)) == few
    assert few[0] < 10
    assert few[1] < 26
