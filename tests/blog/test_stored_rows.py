"""A row that is inserted by SQL written once is the row that the ORM would have written."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.safestring import SafeString

from blog.models import Post
from blog.stored import Stored
from comments.models import Comment, Revision, Sender
from moderation.models import CampaignKey, CampaignTraces, Lesson, Review, Signal
from tests import cast

pytestmark = pytest.mark.django_db


def columns(row: object) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_one_row_has_its_number_and_is_what_the_orm_stores(post: Post) -> None:
    comment, now = cast.comment(post), timezone.now()
    given = {
        "comment": comment, "revision": 1, "policy": "policy-3", "mode": "open", "outcome": "hold", "score": 0.1 + 0.2,
        "why": ["Zwölf “words”", 5], "facts": {"a": None, "b": [1.5]}, "milliseconds": 3.25, "created_at": now,
    }  # fmt: skip
    stored, usual = Stored(Review).one(Review(**given)), Review.objects.create(**given)
    found = columns(Review.objects.get(pk=stored.pk))
    assert found | {"id": None} == columns(Review.objects.get(pk=usual.pk)) | {"id": None}
    assert not stored._state.adding
    stored.outcome = "spam"
    stored.save()
    assert Review.objects.filter(comment=comment).count() == 2


def test_defaults_are_made_for_each_row() -> None:
    one, other = Stored(Sender).one(Sender()), Stored(Sender).one(Sender())
    assert one.key
    assert one.key != other.key
    assert Sender.objects.get(key=one.key).pk == one.pk


@pytest.mark.parametrize("number", [0, 1, 2, 7])
def test_many_rows_are_all_there(number: int, post: Post) -> None:
    comment, now = cast.comment(post), timezone.now()
    Stored(CampaignKey).many(CampaignKey(comment=comment, key=2**40 - at, at=now) for at in range(number))
    found = CampaignKey.objects.values_list("comment", "key", "at").order_by("-key")
    assert list(found) == [(comment.pk, 2**40 - at, now) for at in range(number)]


@pytest.mark.parametrize("number", [0, 1, 2, 7])
def test_rows_that_differ_in_one_field_are_all_there(number: int, post: Post) -> None:
    comment, now = cast.comment(post), timezone.now()
    stored = Stored(CampaignKey)
    for first in (2**40, 7):
        stored.differing("key", {first - at for at in range(number)}, comment_id=comment.pk, at=now)
    found = CampaignKey.objects.values_list("comment", "key", "at").order_by("-key")
    assert list(found) == [(comment.pk, first - at, now) for first in (2**40, 7) for at in range(number)]


def test_what_is_no_simple_value_is_made_what_its_field_makes_of_it(post: Post) -> None:
    given = {"name": SafeString("<b>Cora</b>"), "depth": True, "seconds_on_form": 3, "honeypot": 0}
    comment = cast.comment(post)
    stored = Stored(Comment).one(Comment(post=post, path=f"{comment.path}x", thread=comment.thread, **given))
    found = Comment.objects.get(pk=stored.pk)
    assert (found.name, found.depth, found.seconds_on_form, found.honeypot) == ("<b>Cora</b>", 1, 3.0, False)


def test_many_rows_with_texts_numbers_and_lists(post: Post) -> None:
    review = Review.objects.create(comment=cast.comment(post), revision=1, policy="p", mode="open", outcome="hold")
    given = [
        {"code": f"c{at}", "weight": at / 3, "says": f"%s {{x}} '{at}'", "spans": [["body", at]]} for at in range(3)
    ]
    rows = Stored(Signal)
    for _ in range(2):
        rows.many(Signal(review=review, **one) for one in given)
    found = Signal.objects.order_by("pk").values("code", "weight", "says", "spans")
    assert list(found) == given * 2


def test_many_rows_with_a_column_that_no_list_can_hold(post: Post) -> None:
    given = [{"source": "decision", "spam": at == 1, "features": bytes([at, 0, 255])} for at in range(3)]
    rows = [Lesson(comment=cast.comment(post), revision=1, created_at=timezone.now(), **one) for one in given]
    Stored(Lesson).many(rows)
    found = Lesson.objects.order_by("pk").values("source", "spam", "features")
    assert [{**one, "features": bytes(one["features"])} for one in found] == given


def test_a_row_of_the_same_number_is_written_over_where_that_is_asked_for(post: Post) -> None:
    one, other = cast.comment(post), cast.comment(post)
    over = Stored(CampaignTraces, replaces=("words", "phrases"))
    for words in (3, 4):
        over.many(
            CampaignTraces(comment=each, words=words, linked=words == 4, phrases="ab" * words) for each in (one, other)
        )
    found = CampaignTraces.objects.order_by("pk").values_list("comment", "words", "linked", "phrases")
    assert list(found) == [(one.pk, 4, False, "abababab"), (other.pk, 4, False, "abababab")]


def test_a_row_that_is_there_is_an_integrity_error_and_changes_nothing(post: Post) -> None:
    comment, now = cast.comment(post), timezone.now()
    rows = Stored(Revision)
    with pytest.raises(IntegrityError), transaction.atomic():
        for _ in range(2):
            rows.one(Revision(comment=comment, number=9, body="b", html="h", created_at=now))
    assert not comment.revisions.filter(number=9).exists()


def test_the_sql_is_written_once(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, now = Stored(Revision), timezone.now()
    rows.one(Revision(comment=cast.comment(post), number=9, body="b", html="h", created_at=now))
    monkeypatch.setattr(rows, "_write", None)
    rows.one(Revision(comment=cast.comment(post), number=9, body="b", html="h", created_at=now))
    assert Revision.objects.filter(number=9).count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_rows_are_stored_all_or_none(post: Post) -> None:
    comment, now = cast.comment(post), timezone.now()
    rows = [CampaignKey(comment=comment, key=key, at=now) for key in (1, 2, None)]
    with pytest.raises(IntegrityError):
        Stored(CampaignKey).many(rows)
    assert not CampaignKey.objects.exists()
