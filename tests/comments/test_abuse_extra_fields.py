"""What a form has no field for, a form cannot set."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from blog.models import Post, User
from comments.models import Comment
from comments.models.comment import by_age
from tests import cast
from tests.comments.sending import LETTER, edit, send

CLAIMS = {
    "status": "published", "is_public": "1", "approved": "1", "version": "99", "revision": "7", "id": "4711",
    "pk": "4711", "user": "1", "user_id": "1", "sender": "1", "sender_id": "1", "post": "1", "post_id": "1",
    "path": "-", "thread": "-", "depth": "5", "html": "<script>alert(1)</script>", "created_at": "1999-01-01",
    "created": "1999-01-01", "published_at": "1999-01-01", "reviewed_at": "1999-01-01", "reviewed_by": "1",
    "capability": "mine", "submission_key": "mine", "network": "mine", "ip": "203.0.113.9", "user_agent": "mine",
    "seconds_on_form": "9999", "honeypot": "0", "reason": "spam", "score": "100", "tree_id": "1", "lft": "1",
    "csrfmiddlewaretoken": "x", "proposed_revision": "3", "edited_at": "1999-01-01",
    "urgency": "99", "open_reports": "7",
}  # fmt: skip


def claims(post: Post, user: User) -> dict[str, object]:
    return {**CLAIMS, "user": user.pk, "user_id": user.pk, "post": post.pk, "post_id": post.pk}


def test_a_new_comment_has_the_servers_values(
    reader: Client, post: Post, other_author: User, settings: Settings
) -> None:
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
    other = cast.post(other_author)
    began = timezone.now()
    assert send(reader, post, **claims(other, other_author)).status_code == 303
    (row,) = Comment.objects.values()
    assert row["capability"] != "mine"
    assert row["submission_key"] != "mine"
    assert row["network"] != "mine"
    assert began <= row["created_at"] <= timezone.now() + timedelta(seconds=1)
    assert 89 < row["seconds_on_form"] < 99
    assert row["id"] != 4711
    assert row["path"] == row["thread"] != "-"
    given = (
        "id",
        "capability",
        "submission_key",
        "network",
        "created_at",
        "seconds_on_form",
        "path",
        "thread",
        "sender_id",
        "urgency",
    )
    assert row["urgency"] == by_age(row["created_at"])
    assert {name: value for name, value in row.items() if name not in given} == {
        "post_id": post.pk, "parent_id": None, "depth": 0, "status": "pending", "reason": "", "version": 1,
        "revision": 1, "proposed_revision": None, "name": "Cora", "email": "", "website": "", "body": LETTER,
        "html": f"<p>{LETTER}</p>\n", "user_id": None, "user_agent": "", "honeypot": False, "published_at": None,
        "edited_at": None, "open_reports": 0, "reviewed_at": None, "reviewed_by_id": None,
    }  # fmt: skip


def test_an_edit_sets_its_text_alone(reader: Client, post: Post, other_author: User, settings: Settings) -> None:
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
    comment = cast.comment(post)
    before = Comment.objects.values().get()
    changes = claims(cast.post(other_author), other_author)
    assert edit(reader, comment, "Another text.", **changes).status_code == 303
    after = Comment.objects.values().get()
    assert {name for name in before if before[name] != after[name]} == {"version", "proposed_revision"}
    assert comment.revisions.last().html == "<p>Another text.</p>\n"


def test_a_query_string_sets_nothing(reader: Client, post: Post) -> None:
    page = reader.get(f"/comments/on/{post.pk}/?body=typed&name=Mallory&stamp=x&email=a@b.example&subject=x")
    assert "Mallory" not in page.content.decode()
    assert "typed" not in page.content.decode()
