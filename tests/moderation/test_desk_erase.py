"""Erasing from the desk: for editors, behind a page that asks."""

import pytest
from django.test import Client

from comments.models import Comment
from moderation.models import Decision
from tests import cast
from tests.moderation.desk import html, status_of

pytestmark = pytest.mark.django_db


def test_a_moderator_may_not_erase(as_moderator: Client, post) -> None:
    comment = cast.comment(post, "spam")
    assert as_moderator.post(f"/moderation/comments/{comment.pk}/erase/", {"seen": 1}).status_code == 403
    assert "/erase/" not in html(as_moderator.get(f"/moderation/comments/{comment.pk}/"))
    assert status_of(comment) == "spam"


def test_an_editor_is_asked_first_and_then_it_is_gone(as_editor: Client, post) -> None:
    comment = cast.comment(post, "published", body="personal words", name="A person", email="a@people.example")
    address = f"/moderation/comments/{comment.pk}/erase/"
    assert "cannot be undone" in html(as_editor.get(address))
    assert status_of(comment) == "published"
    assert as_editor.post(address, {"seen": 1}).status_code == 303
    gone = Comment.objects.get(pk=comment.pk)
    assert (gone.status, gone.body, gone.name, gone.email) == ("erased", "", "", "")
    for page in (f"/moderation/comments/{comment.pk}/", "/moderation/log/", "/moderation/?tab=all"):
        assert "personal words" not in html(as_editor.get(page))
        assert "A person" not in html(as_editor.get(page))


def test_a_stale_confirmation_erases_nothing(as_editor: Client, post) -> None:
    comment = cast.comment(post, "pending")
    Comment.objects.filter(pk=comment.pk).update(version=2)
    assert as_editor.post(f"/moderation/comments/{comment.pk}/erase/", {"seen": 1}).status_code == 409
    assert as_editor.post(f"/moderation/comments/{comment.pk}/erase/", {"seen": "x"}).status_code == 422
    assert status_of(comment) == "pending"
    assert not Decision.objects.exists()
