"""What an open page is told every ten seconds: who decided what about its comments, who has them open, and counts."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import Post
from comments.models import Comment
from moderation.models import Claim, Decision
from tests import cast
from tests.moderation.desk import decide, undo

pytestmark = pytest.mark.django_db
NEWS = "/moderation/news/"


@pytest.fixture
def waiting(post: Post) -> list[Comment]:
    return [cast.comment(post, "pending") for _ in range(3)]


def numbers(comments: list[Comment]) -> str:
    return ",".join(str(comment.pk) for comment in comments)


def test_a_decision_is_told_once_and_only_to_who_shows_the_comment(
    as_moderator: Client, as_editor: Client, waiting: list[Comment]
) -> None:
    seen = as_moderator.get("/moderation/").context["queue"].seen
    decide(as_editor, waiting[0], "reject", reason="off_topic")
    told = as_moderator.get(NEWS, {"after": seen, "shown": numbers(waiting)}).json()
    event = told["decisions"][str(waiting[0].pk)]
    assert list(told["decisions"]) == [str(waiting[0].pk)]
    assert (event["says"], event["version"]) == ("Rejected by Editor (off the topic)", 2)
    assert "It is rejected now." in event["more"]
    assert event["at"].startswith(str(Decision.objects.get().created_at.year))
    again = as_moderator.get(NEWS, {"after": told["after"], "shown": numbers(waiting)}).json()
    assert again["decisions"] == {}
    elsewhere = as_moderator.get(NEWS, {"after": seen, "shown": numbers(waiting[1:])}).json()
    assert elsewhere["decisions"] == {}


def test_of_several_decisions_the_latest_is_told(as_moderator: Client, as_editor: Client, waiting: list) -> None:
    decide(as_editor, waiting[0], "spam")
    made = Decision.objects.get()
    undo(as_editor, made.pk, made.to_version)
    told = as_moderator.get(NEWS, {"after": 0, "shown": numbers(waiting)}).json()
    assert told["decisions"][str(waiting[0].pk)]["says"] == "Undone by Editor"
    assert told["decisions"][str(waiting[0].pk)]["version"] == 3


def test_it_counts_and_names_claims(as_moderator: Client, as_editor: Client, waiting: list[Comment]) -> None:
    as_editor.get(f"/moderation/?focus={waiting[1].pk}")
    told = as_moderator.get(NEWS, {"after": 0, "shown": numbers(waiting)}).json()
    assert told["claims"] == {str(waiting[1].pk): "Editor"}
    assert told["counts"] == {"pending": "3", "spam": "0", "rejected": "0", "published": "0"}


def test_only_a_post_renews_the_claim(as_moderator: Client, waiting: list[Comment]) -> None:
    asked = {"after": 0, "shown": numbers(waiting), "open": waiting[2].pk}
    as_moderator.get(NEWS, asked)
    assert not Claim.objects.exists()
    assert as_moderator.post(NEWS, asked).status_code == 200
    assert Claim.objects.get().comment == waiting[2]
    assert as_moderator.post(NEWS, {"after": 0, "open": 987654321}).status_code == 200
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"after": "x"},
        {"after": -1},
        {"after": 10**30},
        {"after": 0, "shown": "1,x"},
        {"after": 0, "shown": "1,,2"},
        {"after": 0, "shown": "１,２"},
        {"after": 0, "shown": "1," * 5000 + "1"},
        {"after": 0, "open": "0"},
        {"after": 0, "open": 10**30},
    ],
)
def test_odd_questions_are_404(asked: dict, as_moderator: Client) -> None:
    assert as_moderator.get(NEWS, asked).status_code == 404
    assert as_moderator.post(NEWS, asked).status_code == 404


def test_numbers_beyond_every_database_are_left_out(as_moderator: Client) -> None:
    assert as_moderator.get(NEWS, {"after": 0, "shown": "9999999999999999999"}).status_code == 200


def test_it_asks_as_often_for_100_comments_as_for_one(as_moderator: Client, as_editor: Client, post: Post) -> None:
    many = [cast.comment(post, "pending") for _ in range(100)]
    for comment in many[::3]:
        decide(as_editor, comment, "approve")

    def queries(comments: list[Comment]) -> int:
        with CaptureQueriesContext(connection) as captured:
            as_moderator.post(NEWS, {"after": 0, "shown": numbers(comments), "open": comments[0].pk})
        return len(captured)

    queries(many[:1])
    assert queries(many) == queries(many[:1])


def test_it_takes_its_place_among_the_desks_pages(as_moderator: Client) -> None:
    answer = as_moderator.get(NEWS, {"after": 0})
    assert answer.headers["Content-Type"] == "application/json"
    assert "no-store" in answer.headers["Cache-Control"]
