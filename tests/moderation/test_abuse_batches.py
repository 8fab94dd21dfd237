"""A batch decides about what was ticked and seen, never more, in bounded time."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import Post, User
from comments.models import Comment
from moderation.models import Decision
from moderation.ticks import MOST, read_ticked
from tests import cast
from tests.moderation.desk import status_of

BATCHES, ADMIN = "/moderation/batches/", "/admin/comments/comment/"
ODD = ["", "１:1", "²:1", ":", "1", "1:", ":1", "x:1", "1:x", "-1:1", "1:-1", "0:1", "1:0", "1.0:1", " 1:1", "1:1 ",
       "1:1:1", "9" * 19 + ":1", "1:" + "9" * 10, "9" * 5000 + ":1", "1' OR '1'='1:1", "a\x00b:1", "\ud800:1",
       "{{ 7|add:35 }}"]  # fmt: skip


def test_only_pairs_of_numbers_are_read_each_comment_once_and_no_more_than_the_limit() -> None:
    assert read_ticked(ODD) == ([], 0)
    rows, left_out = read_ticked(["7:1", "7:2", "7:1", "8:3", *ODD])
    assert [str(row) for row in rows] == ["7:1", "8:3"]
    rows, left_out = read_ticked(f"{number}:1" for number in range(1, 100_001))
    assert (len(rows), left_out) == (MOST, 100_000 - MOST)


@pytest.mark.django_db
def test_a_hundred_thousand_ticks_cost_no_more_than_the_limit(post: Post, as_moderator: Client) -> None:
    seen = [cast.comment(post, "pending") for _ in range(3)]
    ticked = [f"{comment.pk}:1" for comment in seen] + [f"{number}:1" for number in range(10**7, 10**7 + 100_000)]
    for address, name in ((BATCHES, "item"), (ADMIN, "seen")):
        data = {"action": "reject" if name == "item" else "do_reject", "reason": "hate", name: ticked}
        began = time.process_time()
        answer = as_moderator.post(
            address, {**data, "_selected_action": [number.partition(":")[0] for number in ticked]}
        )
        # Django refuses more than 1,000 fields before anything is parsed further.
        assert answer.status_code == 400
        assert time.process_time() - began < 5
    assert [status_of(comment) for comment in seen] == ["pending"] * 3


@pytest.mark.django_db
@pytest.mark.parametrize("across", ["0", "1"])
def test_only_what_was_ticked_and_seen_is_decided_with_one_entry_each(
    across: str, post: Post, author: User, as_moderator: Client
) -> None:
    ticked, other = cast.comment(post, "pending"), cast.comment(cast.draft(author), "pending")
    unseen = cast.comment(post, "pending")
    form = {
        "action": "do_approve", "select_across": across, "seen": [*[f"{ticked.pk}:1"] * 3, f"{other.pk}:1", *ODD[:20]],
        "_selected_action": [ticked.pk, ticked.pk, unseen.pk, "x", "-1", "9" * 30, "²"],
    }  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        assert as_moderator.post(ADMIN, form).status_code == 302
    assert len(queries) < 60
    assert status_of(ticked) == "published"
    assert status_of(unseen) == "pending"
    decided = set(Decision.objects.values_list("comment", flat=True))
    assert decided == ({ticked.pk} if across == "0" else {ticked.pk, other.pk})
    assert Decision.objects.filter(comment=ticked).count() == 1


@pytest.mark.django_db
def test_a_forged_list_or_inline_form_adds_and_changes_no_row(
    post: Post, as_moderator: Client, as_editor: Client
) -> None:
    comment, before = cast.comment(post, "pending", body="kept"), Comment.objects.count()
    forged = {
        "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "1", "form-MIN_NUM_FORMS": "0", "form-MAX_NUM_FORMS": "9",
        "form-0-id": comment.pk, "form-0-status": "published", "form-0-body": "forged", "form-1-body": "new",
        "revisions-TOTAL_FORMS": "1", "revisions-INITIAL_FORMS": "0", "revisions-0-body": "forged", "_save": "Save",
        "id": comment.pk, "status": "published", "body": "forged", "title": "forged", "version": "1", "capability": "x",
    }  # fmt: skip
    stored = list(Post.objects.values())
    for client in (as_moderator, as_editor):
        for path in ("comments/comment/", f"comments/comment/{comment.pk}/change/", "blog/post/", "blog/tag/",
                     "moderation/rule/", "comments/comment/add/"):  # fmt: skip
            assert client.post(f"/admin/{path}", forged).status_code in (200, 302, 403), path
    comment.refresh_from_db()
    assert (comment.status, comment.body, comment.version) == ("pending", "kept", 1)
    assert Comment.objects.count() == before
    assert list(Post.objects.values()) == stored
