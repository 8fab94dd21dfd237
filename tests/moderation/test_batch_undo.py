"""A whole batch is taken back in one act, which is a batch itself; what was decided since stays."""

import pytest

from blog.models import Post, User
from moderation import batches
from moderation.actors import person
from moderation.decisions import NothingToUndo, decide
from moderation.models import Batch, Decision
from tests import cast
from tests.moderation.desk import status_of
from tests.moderation.orders import NOW, decided, done, everything, flood, refusals

pytestmark = pytest.mark.django_db


def test_250_decisions_are_taken_back_in_chunks_and_done_again(post: Post, moderator: User, editor: User) -> None:
    comments = flood(post, 250)
    first = done(everything(moderator))
    back = batches.start_undo(first.pk, actor=person(editor), now=NOW)
    assert (back.action, back.reverses, back.total) == ("undo", first, 250)
    assert batches.run_chunk(back.pk, NOW, 100).done == 100
    back = done(back)
    assert (back.done, back.refused, back.state) == (250, 0, "finished")
    assert decided(back) == [comment.pk for comment in comments]
    assert {status_of(comment) for comment in comments[::50]} == {"pending"}
    again = done(batches.start_undo(back.pk, actor=person(moderator), now=NOW))
    assert again.done == 250
    assert {status_of(comment) for comment in comments[::50]} == {"rejected"}


def test_what_was_decided_since_stays_and_is_listed(post: Post, moderator: User, editor: User) -> None:
    comments = flood(post, 4)
    first = done(everything(moderator))
    decide(comments[2].pk, "approve", seen=2, actor=person(editor))
    back = done(batches.start_undo(first.pk, actor=person(moderator), now=NOW), 2)
    assert refusals(back) == {comments[2].pk: "Approved by Editor since you opened it."}
    assert [status_of(comment) for comment in comments] == ["pending", "pending", "published", "pending"]


def test_a_batch_is_taken_back_once_and_goes_no_further(post: Post, moderator: User) -> None:
    comments = flood(post, 4)
    first = everything(moderator)
    batches.run_chunk(first.pk, NOW, 3)
    back = batches.start_undo(first.pk, actor=person(moderator), now=NOW)
    assert batches.start_undo(first.pk, actor=person(moderator), now=NOW) == back
    assert not batches.resume(first.pk)
    assert batches.run_chunk(first.pk, NOW) is None
    assert done(back).done == 3
    assert {status_of(comment) for comment in comments} == {"pending"}
    assert Batch.objects.count() == 2


def test_an_erasure_is_not_taken_back(post: Post) -> None:
    flood(post, 2)
    chief = cast.person("chief", "Editors", is_superuser=True)
    gone = done(everything(chief, "erase"))
    with pytest.raises(NothingToUndo, match="gone for good"):
        batches.start_undo(gone.pk, actor=person(chief), now=NOW)
    assert Decision.objects.filter(action="erase").count() == gone.done == 2
