"""One act about everything that matches a filter: all of it, in bounded chunks, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Post, User
from comments.models import Comment, Sender
from moderation import batches, pages
from moderation.actors import person
from moderation.decisions import decide
from moderation.models import Batch
from tests import cast
from tests.moderation.desk import reviewed, status_of
from tests.moderation.orders import NOW, decided, done, everything, flood, refusals

pytestmark = pytest.mark.django_db


def test_350_waiting_comments_are_rejected_in_chunks_each_once_by_its_own_decision(post: Post, moderator: User) -> None:
    comments, kept = flood(post, 350), flood(post, 3, "published")
    order = everything(moderator, note="A flood.", message="Please no adverts.")
    assert (order.total, order.at_least, order.state) == (350, False, "running")
    sizes = []
    while (after := batches.run_chunk(order.pk, NOW, 100)).is_running:
        sizes.append(after.done)
    assert sizes == [100, 200, 300]
    assert (after.done, after.refused, after.left, after.state) == (350, 0, 0, "finished")
    assert decided(order) == [comment.pk for comment in comments]
    assert set(Comment.objects.values_list("status", flat=True).filter(pk__lte=comments[-1].pk)) == {"rejected"}
    assert {status_of(comment) for comment in kept} == {"published"}
    assert batches.run_chunk(order.pk, NOW) is None, "what is finished stays so"


def test_the_words_stand_beside_every_decision_and_are_forgotten_by_the_batch_when_it_ends(
    post: Post, moderator: User
) -> None:
    (comment,) = flood(post, 1, body="needle")
    order = everything(moderator, chosen={"q": "needle"}, note="for the log", message="for its author")
    order = done(order)
    decision = comment.decisions.get()
    assert (decision.note, decision.message, decision.reason) == ("for the log", "for its author", "spam")
    assert (order.note, order.message, order.chosen["q"]) == ("", "", "")


def test_what_arrives_after_the_order_is_not_touched(post: Post, moderator: User) -> None:
    before = flood(post, 3)
    order = everything(moderator)
    late = flood(post, 2)
    assert decided(done(order, 2)) == [comment.pk for comment in before]
    assert {status_of(comment) for comment in late} == {"pending"}


def test_what_somebody_decided_about_since_is_a_conflict_that_names_them(
    post: Post, moderator: User, editor: User
) -> None:
    comments = flood(post, 6)
    order = everything(moderator)
    decide(comments[1].pk, "approve", seen=1, actor=person(editor))
    held = decide(comments[4].pk, "spam", seen=1, actor=person(editor))
    decide(comments[4].pk, "not_spam", seen=held.to_version, actor=person(editor))  # waits again, but not as it did
    order = done(order, 2)
    assert refusals(order) == {
        comments[1].pk: "Approved by Editor after this was ordered.",
        comments[4].pk: "Marked as spam by Editor after this was ordered.",
    }
    assert (order.done, order.refused) == (4, 2)
    assert status_of(comments[1]) == "published"
    assert status_of(comments[4]) == "pending"


def test_what_was_decided_since_but_was_never_meant_is_not_listed(
    post: Post, moderator: User, editor: User, author: User
) -> None:
    flood(post, 2)
    elsewhere, (public,) = flood(cast.post(author), 1), flood(post, 1, "published")
    order = everything(moderator, chosen={"post": post.pk})
    decide(elsewhere[0].pk, "approve", seen=1, actor=person(editor))
    decide(public.pk, "spam", seen=1, actor=person(editor))
    order = done(order)
    assert (order.done, refusals(order)) == (2, {})


def test_more_conflicts_in_a_row_than_a_chunk_holds_are_all_listed(post: Post, moderator: User, editor: User) -> None:
    comments = flood(post, 12)
    order = everything(moderator)
    for comment in comments[2:10]:
        decide(comment.pk, "approve", seen=1, actor=person(editor))
    order = done(order, 3)
    assert sorted(refusals(order)) == [comment.pk for comment in comments[2:10]]
    assert decided(order) == [comment.pk for comment in (*comments[:2], *comments[10:])]


def test_each_filter_of_the_queue_is_a_filter_of_a_batch(post: Post, moderator: User, author: User) -> None:
    sender, other = Sender.objects.create(), cast.post(author)
    plain = flood(post, 1)
    meant = {
        "sender": (flood(post, 1, sender=sender)[0], sender.pk),
        "post": (flood(other, 1)[0], other.pk),
        "q": (flood(post, 1, body="a needle")[0], "needle"),
        "links": (flood(post, 1, body="at www.shop.example")[0], True),
        "network": ((comment := flood(post, 1, network="1:ab")[0]), comment.pk),
        "signal": ((found := flood(post, 1)[0]), "shape_loud"),
    }
    reviewed(found, ("shape_loud", 2.0, "loud", []))
    for name, (comment, value) in meant.items():
        assert decided(done(everything(moderator, chosen={name: value}))) == [comment.pk], name
    assert status_of(plain[0]) == "pending"


def test_a_search_that_no_index_answers_goes_through_all_stretches(
    post: Post, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_SIFTED", 5)
    comments = flood(post, 23)
    Comment.objects.filter(pk__in=[comments[at].pk for at in (0, 11, 22)]).update(body="needle")
    order = everything(moderator, chosen={"q": "needle"})
    assert decided(done(order)) == [comments[at].pk for at in (0, 11, 22)]


def test_in_the_tab_of_all_only_those_are_tried_for_which_the_act_is_possible(post: Post, moderator: User) -> None:
    sender = Sender.objects.create()
    waiting, public = flood(post, 1, sender=sender), flood(post, 1, "published", sender=sender)
    flood(post, 1, "spam", sender=sender), flood(post, 1, "withdrawn", sender=sender)
    order = everything(moderator, "spam", chosen={"tab": "all", "sender": sender.pk})
    assert order.total == 2
    assert decided(done(order)) == [waiting[0].pk, public[0].pk]
    assert refusals(order) == {}


def test_a_chunk_asks_as_often_at_the_end_of_a_long_batch_as_at_its_beginning(post: Post, moderator: User) -> None:
    flood(post, 60)
    order, asked = everything(moderator), []
    for _ in range(5):
        with CaptureQueriesContext(connection) as queries:
            batches.run_chunk(order.pk, NOW, 10)
        asked.append(len(queries))
    assert len(set(asked[1:])) == 1
    assert asked[0] <= asked[1] + 2, "the first of a day begins its tallies"
    assert asked[1] <= 10 * 14 + 14, "per comment fourteen, and a few for the chunk"


def test_a_person_who_may_no_longer_decide_stops_the_batch(post: Post, moderator: User) -> None:
    flood(post, 4)
    order = everything(moderator)
    batches.run_chunk(order.pk, NOW, 2)
    moderator.groups.clear()
    after = batches.run_chunk(order.pk, NOW, 2)
    assert (after.state, after.done, after.refused) == (Batch.State.STOPPED, 2, 0)
    assert after.why == "You may not decide about comments."
    moderator.delete()
    assert batches.resume(order.pk)
    assert "is gone" in batches.run_chunk(order.pk, NOW).why
