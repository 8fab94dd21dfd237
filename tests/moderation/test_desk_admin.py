"""Comments and rules in the admin: the same door, and no question that a list should not answer."""

import pytest
from django.test import Client

from comments.models import Comment
from moderation.models import Decision, Rule
from tests import cast
from tests.moderation.desk import html, status_of

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/comment/"
RULES = "/admin/moderation/rule/"


def act(client: Client, comments: list[Comment], action: str, **changes: object):
    return client.post(
        LIST,
        {
            "action": f"do_{action}",
            "_selected_action": [comment.pk for comment in comments],
            "seen": [f"{comment.pk}:{comment.version}" for comment in comments],
            **changes,
        },
        follow=True,
    )


def test_the_list_decides_through_the_same_door(as_moderator: Client, post) -> None:
    comments = [cast.comment(post, "pending") for _ in range(2)]
    act(as_moderator, comments, "approve")
    assert [status_of(comment) for comment in comments] == ["published", "published"]
    assert Decision.objects.values("batch").distinct().count() == 1


def test_a_row_that_changed_since_is_left_and_said(as_moderator: Client, as_editor: Client, post) -> None:
    comment = cast.comment(post, "pending")
    act(as_editor, [comment], "spam")
    page = html(act(as_moderator, [comment], "approve"))
    assert "Marked as spam by Editor since you opened it." in page
    assert status_of(comment) == "spam"


def test_a_rejection_needs_a_reason_here_too(as_moderator: Client, post) -> None:
    comment = cast.comment(post, "pending")
    assert "needs a reason" in html(act(as_moderator, [comment], "reject"))
    act(as_moderator, [comment], "reject", reason="hate")
    assert status_of(comment) == "rejected"


def test_everything_across_pages_is_only_what_was_seen(as_moderator: Client, post) -> None:
    seen, unseen = cast.comment(post, "pending"), cast.comment(post, "pending")
    act(as_moderator, [seen], "spam", select_across="1")
    assert (status_of(seen), status_of(unseen)) == ("spam", "pending")


def test_nobody_adds_changes_or_deletes_a_comment_by_hand(as_moderator: Client, post) -> None:
    comment = cast.comment(post, "pending")
    assert as_moderator.get(f"{LIST}add/").status_code == 403
    assert as_moderator.post(f"{LIST}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
    response = as_moderator.post(f"{LIST}{comment.pk}/change/", {"status": "published"})
    assert response.headers["Location"] == f"/moderation/comments/{comment.pk}/"
    assert status_of(comment) == "pending"


def test_who_may_not_decide_sees_no_comment(as_author: Client, post) -> None:
    comment = cast.comment(post, "pending")
    for path in ("", f"{comment.pk}/change/", f"{comment.pk}/history/"):
        assert as_author.get(LIST + path).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["capability__startswith=a", "user__password__startswith=p", "sender__key=x", "network=1", "post__author=1"],
)
def test_the_list_answers_no_question_about_hidden_columns(query: str, as_moderator: Client) -> None:
    assert as_moderator.get(f"{LIST}?{query}").status_code in (302, 400)
    assert as_moderator.get(f"{RULES}?created_by__password__startswith=p").status_code in (302, 400)


def test_the_list_filters_by_status_and_searches(as_moderator: Client, post) -> None:
    cast.comment(post, "spam", body="needle")
    assert "needle" in html(as_moderator.get(f"{LIST}?status__exact=spam&q=needle"))
    assert "needle" not in html(as_moderator.get(f"{LIST}?status__exact=pending"))


def test_old_addresses_of_rules_lead_to_the_desk_and_change_nothing(as_moderator: Client, as_author: Client) -> None:
    rule = Rule.objects.create(kind="word", text="casino", effect="hold")
    places = {"": "/moderation/rules/", "add/": "/moderation/rules/new/"}
    places |= {f"{rule.pk}/{page}/": f"/moderation/rules/{rule.pk}/" for page in ("change", "history", "delete")}
    for old, new in places.items():
        posted = {"post": "yes", "text": "x", "action": "delete_selected", "_selected_action": rule.pk}
        for answer in (as_moderator.get(RULES + old), as_moderator.post(RULES + old, posted)):
            assert answer.headers["Location"] == new
        assert as_author.get(RULES + old).status_code == 403
    assert as_moderator.get(f"{RULES}9{'9' * 30}/change/").headers["Location"] == "/moderation/rules/"
    assert Rule.objects.get().text == "casino"


def test_decisions_are_not_in_the_admin(as_editor: Client) -> None:
    assert as_editor.get("/admin/moderation/decision/").status_code == 404
