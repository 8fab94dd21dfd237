"""Opening a comment tells the others for two minutes; it stops nobody, and ends by time, by deciding, or by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.test import Client

from blog.models import Post, User
from comments.models import Comment
from moderation import claims
from moderation.models import Claim
from tests import cast
from tests.moderation.desk import decide, html, status_of, undo

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(post: Post) -> Comment:
    return cast.comment(post, "pending", name="Waiting One")


def test_the_others_see_it_and_oneself_does_not(waiting: Comment, moderator: User, editor: User) -> None:
    claims.open_for(moderator, waiting.pk, NOW)
    assert claims.of_others(editor, [waiting.pk], NOW) == {waiting.pk: "Moderator"}
    assert claims.of_others(moderator, [waiting.pk], NOW) == {}


def test_whoever_comes_second_takes_nothing_until_the_time_is_over(
    waiting: Comment, moderator: User, editor: User
) -> None:
    claims.open_for(moderator, waiting.pk, NOW)
    claims.open_for(editor, waiting.pk, NOW + timedelta(seconds=119))
    assert Claim.objects.get().user == moderator
    assert claims.of_others(editor, [waiting.pk], NOW + timedelta(seconds=120)) == {}
    claims.open_for(editor, waiting.pk, NOW + timedelta(seconds=120))
    assert Claim.objects.get().user == editor


def test_whoever_stays_renews_it(waiting: Comment, moderator: User, editor: User) -> None:
    claims.open_for(moderator, waiting.pk, NOW)
    claims.open_for(moderator, waiting.pk, NOW + timedelta(seconds=90))
    assert claims.of_others(editor, [waiting.pk], NOW + timedelta(seconds=200)) == {waiting.pk: "Moderator"}


def test_list_and_focus_say_who_and_the_page_starts_elsewhere(
    waiting: Comment, post: Post, as_moderator: Client, as_editor: Client
) -> None:
    free = cast.comment(post, "pending")
    as_moderator.get("/moderation/")
    page = as_editor.get("/moderation/")
    assert page.context["queue"].focus.comment == free
    assert html(page).count("Moderator has it open") == 1
    opened = html(as_editor.get(f"/moderation/?focus={waiting.pk}"))
    assert opened.count("Moderator has it open") == 2
    assert Claim.objects.get(comment=waiting).user.username == "moderator"


def test_a_claim_stops_no_decision_and_ends_with_it(
    waiting: Comment, as_moderator: Client, as_editor: Client, editor: User
) -> None:
    as_moderator.get("/moderation/")
    assert decide(as_editor, waiting, "spam").status_code == 303
    assert status_of(waiting) == "spam"
    assert not Claim.objects.exists()


def test_after_a_decision_comes_a_comment_that_nobody_has_open(
    post: Post, as_moderator: Client, as_editor: Client
) -> None:
    first, held, free = (cast.comment(post, "pending") for _ in range(3))
    as_moderator.get(f"/moderation/?focus={held.pk}")
    assert as_editor.get("/moderation/").context["queue"].focus.next == free.pk
    decide(as_editor, first, "approve")
    assert as_editor.get("/moderation/").context["queue"].focus.comment == free


def test_where_others_have_everything_open_the_queue_is_not_empty(
    waiting: Comment, as_moderator: Client, as_editor: Client
) -> None:
    as_moderator.get("/moderation/")
    assert as_editor.get("/moderation/").context["queue"].focus.comment == waiting


def test_looking_ahead_and_asking_for_heads_claims_nothing(waiting: Comment, as_moderator: Client) -> None:
    as_moderator.get("/moderation/ahead/")
    as_moderator.head("/moderation/")
    as_moderator.get("/moderation/", headers={"Sec-Purpose": "prefetch;prerender"})
    assert not Claim.objects.exists()
    as_moderator.get(f"/moderation/comments/{waiting.pk}/")
    assert Claim.objects.get().comment == waiting


def test_opening_changes_nothing_but_the_claim(waiting: Comment, as_moderator: Client) -> None:
    before = Comment.objects.values().get(pk=waiting.pk)
    as_moderator.get("/moderation/")
    assert Comment.objects.values().get(pk=waiting.pk) == before


def test_where_nothing_can_be_written_the_page_is_read(
    waiting: Comment, as_moderator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr("django.db.models.query.QuerySet.bulk_create", full)
    assert as_moderator.get("/moderation/").status_code == 200


def test_an_undo_ends_it_too(waiting: Comment, as_moderator: Client, as_editor: Client) -> None:
    decide(as_moderator, waiting, "approve")
    as_editor.get(f"/moderation/comments/{waiting.pk}/")
    decision = waiting.decisions.get()
    undo(as_moderator, decision.pk, decision.to_version)
    assert not Claim.objects.exists()
