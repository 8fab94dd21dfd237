"""A query that is written once finds what the ORM finds, as objects with all that belongs to them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import OuterRef, Subquery, Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post
from blog.prepared import FIRST, Prepared
from comments.models import Comment, Revision, Sender
from moderation import items, people, rows
from moderation.models import Claim, Sanction
from tests import cast
from tests.moderation.desk import reviewed

pytestmark = pytest.mark.django_db
THEN = datetime(1999, 9, 9, 9, 9, 9, 999_999, tzinfo=UTC)


def everything(one) -> dict:
    return {name: value for name, value in vars(one).items() if name != "_state"}


@pytest.fixture
def comments(post: Post, moderator) -> list[Comment]:
    top = cast.comment(post, name="Top", user=post.author)
    made = [top, cast.comment(post, "pending", top, sender=Sender.objects.create()), cast.comment(post, "spam")]
    Comment.objects.filter(pk=made[1].pk).update(reviewed_by=moderator, reviewed_at=timezone.now())
    reviewed(made[1], ("links_few", 1.5, "1 link", [["body", 0, 3]]))
    return made


@pytest.mark.parametrize("make", [rows._comments, items._comments])
def test_objects_are_those_of_the_orm(make, comments: list[Comment]) -> None:
    ids = [comment.pk for comment in comments]
    expected = {one.pk: one for one in make(ids)}
    found = {one.pk: one for one in Prepared(Comment, make).objects(ids)}
    assert found.keys() == expected.keys()
    for pk, one in found.items():
        assert everything(one) == everything(expected[pk])
        assert one._state.db == expected[pk]._state.db
        assert everything(one.post) == everything(expected[pk].post)
        assert one.get_deferred_fields() == expected[pk].get_deferred_fields()
    with CaptureQueriesContext(connection) as asked:
        assert {str(one.post) for one in found.values()} == {comments[0].post.title}
    assert len(asked) == 0


def test_selected_relations_that_are_empty_are_none(comments: list[Comment]) -> None:
    top, reply, _ = Prepared(Comment, lambda ids: items._comments(ids).order_by("pk")).objects([c.pk for c in comments])
    assert (top.parent, top.reviewed_by, str(top.user)) == (None, None, str(comments[0].user))
    assert (reply.parent, reply.user) == (comments[0], None)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 9])
def test_any_number_of_numbers_is_asked_about_in_one_query(count: int, post: Post) -> None:
    made = [cast.comment(post).pk for _ in range(9)]
    written = Prepared(Comment, lambda ids: Comment.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "body"))
    for ids in (made[:count], made[-count:]):
        with CaptureQueriesContext(connection) as asked:
            found = written.values(ids)
        assert [pk for pk, _ in found] == ids
        assert len(asked) == 1


def test_times_and_values_change_from_one_asking_to_the_next(post: Post, moderator) -> None:
    comment, now = cast.comment(post), timezone.now()
    Claim.objects.create(comment=comment, user=moderator, until=now)
    written = Prepared(
        Claim, lambda ids, now: Claim.objects.filter(comment__in=ids, until__gt=now).values_list("until"), now=THEN
    )
    assert written.values([comment.pk], now=now - timedelta(seconds=1)) == [[now]]
    assert written.values([comment.pk], now=now) == []


def test_annotations_are_converted_as_the_orm_does(post: Post) -> None:
    comment = cast.comment(post)
    newest = Revision.objects.filter(comment=OuterRef("pk")).order_by("-number").values("created_at")[:1]
    written = Prepared(
        Comment, lambda ids: Comment.objects.filter(pk__in=ids).annotate(at=Subquery(newest), n=Value(2.5))
    )
    (found,) = written.objects([comment.pk])
    assert (found.at, found.n) == (comment.created_at, 2.5)


@pytest.mark.parametrize(
    ("make", "examples"),
    [
        (lambda at: Comment.objects.filter(depth=7), {"at": 818_181}),  # not in the query
        (lambda a, b: Comment.objects.filter(version=a, parent=b), {"a": 818_181, "b": 818_181}),  # the same twice
    ],
)
def test_examples_that_do_not_tell_values_apart_are_refused(make, examples: dict) -> None:
    with pytest.raises(ValueError, match="do not tell"):
        Prepared(Comment, make, **examples).values(**dict.fromkeys(examples, 1))


def test_an_example_that_is_a_number_asked_about_is_refused() -> None:
    written = Prepared(Comment, lambda ids, a: Comment.objects.filter(pk__in=ids, parent=a), a=FIRST)
    with pytest.raises(ValueError, match="do not tell"):
        written.values([1], a=1)


@pytest.mark.parametrize("count", [1, 2])
def test_what_is_held_against_one_is_what_is_held_against_each_of_many(count: int, post: Post) -> None:
    now, senders = timezone.now(), [Sender.objects.create() for _ in range(count)]
    made = [cast.comment(post, "pending", sender=sender, network=f"1:{sender.pk}") for sender in senders]
    for sender in senders:
        Sanction.objects.create(kind="hold_always", sender=sender, reason="spam")
        Sanction.objects.create(kind="ban", sender=sender, reason="spam", ended_at=now)
    Sanction.objects.create(kind="ban", network=f"1:{senders[0].pk}", reason="spam")
    found = people.of(made, now)
    kinds = [[one.kind for one in found[comment.pk].sanctions] for comment in made]
    assert kinds == [["hold_always", "ban"], ["hold_always"]][:count]
