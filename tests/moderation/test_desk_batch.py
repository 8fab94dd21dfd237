"""Acting on ticked rows: bounded, one result each, undone in one act."""

import pytest
from django.test import Client

from comments.models import Comment
from moderation import ticks
from moderation.models import Batch, Decision
from moderation.ticks import read_ticked
from tests import cast
from tests.moderation.desk import batch, decide, html, status_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(post) -> list[Comment]:
    return [cast.comment(post, "pending", name=f"Ticked {number}") for number in range(3)]


def test_every_ticked_comment_gets_its_own_decision_under_one_key(as_moderator: Client, three: list[Comment]) -> None:
    response = batch(as_moderator, three, "reject", reason="off_topic", back="q=ticked")
    assert (response.status_code, response.headers["Location"]) == (303, "/moderation/?q=ticked")
    assert {status_of(comment) for comment in three} == {"rejected"}
    assert Decision.objects.count() == 3
    assert len(set(Decision.objects.values_list("batch", flat=True))) == 1


def test_the_whole_batch_is_undone_in_one_act(as_moderator: Client, three: list[Comment]) -> None:
    batch(as_moderator, three, "spam")
    key = Decision.objects.first().batch
    assert f"/moderation/batches/{key}/undo/" in html(as_moderator.get("/moderation/"))
    assert as_moderator.post(f"/moderation/batches/{key}/undo/").status_code == 303
    assert {status_of(comment) for comment in three} == {"pending"}
    assert as_moderator.post("/moderation/batches/11111111-1111-4111-8111-111111111111/undo/").status_code == 404


def test_a_conflict_is_listed_and_the_rest_is_done(
    as_moderator: Client, as_editor: Client, three: list[Comment]
) -> None:
    decide(as_editor, three[1], "approve")
    response = batch(as_moderator, three, "spam", follow=True)
    assert response.redirect_chain == [(f"/moderation/batches/{Batch.objects.get().pk}/", 303)]
    assert "Done for 2, not for 1" in html(response)
    assert "Approved by Editor since you opened it." in html(response)
    assert [status_of(comment) for comment in three] == ["spam", "published", "spam"]


def test_undoing_a_batch_leaves_what_was_decided_since(as_moderator: Client, three: list[Comment]) -> None:
    batch(as_moderator, three, "spam")
    key = Decision.objects.first().batch
    three[0].refresh_from_db()
    decide(as_moderator, three[0], "approve")
    response = as_moderator.post(f"/moderation/batches/{key}/undo/", follow=True)
    assert [status_of(comment) for comment in three] == ["published", "pending", "pending"]
    assert "Done for 2, not for 1" in html(response)
    again = as_moderator.post(f"/moderation/batches/{key}/undo/", follow=True)
    assert again.redirect_chain == response.redirect_chain, "it was taken back once, by one batch"
    assert Decision.objects.filter(action="undo").count() == 2


def test_a_missing_reason_asks_again_with_the_rows_still_ticked(as_moderator: Client, three: list[Comment]) -> None:
    response = batch(as_moderator, three, "reject", note="kept words")
    page = html(response)
    assert response.status_code == 422
    assert page.count('name="item"') == 3
    assert "kept words" in page
    assert not Decision.objects.exists()


def test_only_what_is_a_row_counts() -> None:
    odd = [
        "7:1",
        "7:1",
        "7:2",
        "x:1",
        "8:",
        ":1",
        "8",
        "9:0",
        "0:9",
        "-1:1",
        "1\x00:1",
        f"{10**30}:1",
        "9999999999999999999:1",
        "9:2147483648",
        "٣:1",
        "5:1 ",
    ]
    assert [str(row) for row in read_ticked(odd)[0]] == ["7:1"]


def test_at_most_200_rows_are_taken_and_the_others_are_counted(
    as_moderator: Client, three: list[Comment], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, left = read_ticked(f"{number}:1" for number in range(1, 301))
    assert (len(rows), left) == (200, 100)
    monkeypatch.setattr(ticks, "MOST", 2)
    response = batch(as_moderator, three, "spam", follow=True)
    assert "1 more were left" in html(response)
    assert [status_of(comment) for comment in three] == ["spam", "spam", "pending"]


def test_100_000_rows_are_refused_at_the_door(as_moderator: Client) -> None:
    many = {"item": [f"{number}:1" for number in range(1, 100_001)], "action": "spam"}
    assert as_moderator.post("/moderation/batches/", many).status_code == 400


def test_nothing_ticked_does_nothing_and_says_so(as_moderator: Client) -> None:
    response = as_moderator.post("/moderation/batches/", {"action": "approve", "item": ["\x00", "x"]}, follow=True)
    assert "Nothing was ticked" in html(response)
    response = as_moderator.post("/moderation/batches/", {"action": "approve", "item": ["999:1"]}, follow=True)
    assert "None of the ticked comments is there" in html(response)
