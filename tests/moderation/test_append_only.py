"""The database itself refuses to change or delete a Decision, whoever asks and however."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from moderation import append_only
from moderation.actors import person
from moderation.decisions import decide, undo
from moderation.models import Decision, DecisionWords
from tests import cast

SQL = [
    "UPDATE moderation_decision SET actor_name = 'rewritten'",
    "UPDATE moderation_decision SET id = id + 1000",
    "DELETE FROM moderation_decision",
]
SQLITE_SQL = ["INSERT OR REPLACE INTO moderation_decision SELECT * FROM moderation_decision"]
# Without CASCADE the keys that lead to a decision refuse it before any trigger is asked.
POSTGRESQL_SQL = ["TRUNCATE moderation_decision CASCADE"]


@pytest.fixture
def decision(post: Post, moderator: User) -> Decision:
    waiting = cast.comment(post, Comment.Status.PENDING)
    return decide(waiting.pk, "approve", seen=1, actor=person(moderator))


def in_bulk(decision: Decision) -> None:
    decision.actor_name = "rewritten"
    Decision.objects.bulk_update([decision], ["actor_name"])


def by_conflict(decision: Decision) -> None:
    decision.actor_name = "rewritten"
    Decision.objects.bulk_create([decision], update_conflicts=True, unique_fields=["id"], update_fields=["actor_name"])


def saved(decision: Decision) -> None:
    decision.actor_name = "rewritten"
    decision.save()


@pytest.mark.parametrize(
    "change",
    [
        saved,
        in_bulk,
        by_conflict,
        Decision.delete,
        lambda decision: Decision.objects.update(actor_name="rewritten"),
        lambda decision: Decision.objects.all().delete(),
        lambda decision: Decision.objects.all()._raw_delete(connection.alias),
    ],
    ids=["save", "bulk_update", "upsert", "delete", "update", "queryset delete", "raw delete"],
)
def test_the_orm_is_refused(decision: Decision, change) -> None:
    with pytest.raises(DatabaseError, match=append_only.REFUSAL), transaction.atomic():
        change(decision)
    assert Decision.objects.get().actor_name == "Moderator"


@pytest.mark.django_db(transaction=True)  # PostgreSQL truncates nothing that the transaction has pending
def test_sql_by_hand_is_refused(decision: Decision) -> None:
    own = POSTGRESQL_SQL if connection.vendor == "postgresql" else SQLITE_SQL
    for statement in [*SQL, *own]:
        with (
            pytest.raises(DatabaseError, match=append_only.REFUSAL),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert list(Decision.objects.values_list("pk", "actor_name")) == [(decision.pk, "Moderator")]


def test_a_comment_with_decisions_cannot_be_deleted(decision: Decision) -> None:
    with pytest.raises(ProtectedError):
        decision.comment.delete()


@pytest.mark.django_db
def test_the_migrations_leave_every_trigger_behind() -> None:
    asked = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'moderation_%' AND NOT tgisinternal "
        "AND tgenabled = 'O'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'moderation_%'",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    engine = append_only.POSTGRESQL if connection.vendor == "postgresql" else append_only.SQLITE
    assert found == {"moderation_rule_fixed", *(name for triggers in engine.values() for name in triggers)}


@pytest.mark.parametrize(
    "change",
    [
        {"note": "rewritten"},
        {"note": ""},
        {"message": "rewritten", "redacted_at": timezone.now()},
        {"note": "", "message": "", "redacted_at": timezone.now()},
        {"decision_id": 999, "note": "", "message": "", "salt": "", "redacted_at": timezone.now()},
    ],
)
def test_words_change_into_nothing_once_and_into_nothing_else(change: dict, post: Post, moderator: User) -> None:
    waiting = cast.comment(post, Comment.Status.PENDING)
    decide(waiting.pk, "approve", seen=1, actor=person(moderator), note="said", message="told")
    words = DecisionWords.objects.all()
    for act in (lambda: words.update(**change), lambda: words._raw_delete(connection.alias)):
        with pytest.raises(DatabaseError, match=append_only.REFUSAL), transaction.atomic():
            act()
    emptied = {"note": "", "message": "", "salt": "", "redacted_at": timezone.now()}
    words.update(**emptied)
    with pytest.raises(DatabaseError, match=append_only.REFUSAL), transaction.atomic():
        words.update(**emptied)


def test_a_deleted_account_leaves_its_decision_and_name_and_undo_still_works(
    decision: Decision, moderator: User, editor: User
) -> None:
    held = decide(decision.comment_id, "hold", seen=2, actor=person(editor))
    left = moderator.pk
    moderator.delete()
    decision.refresh_from_db()
    assert (decision.actor_id, decision.actor_name) == (left, "Moderator")
    undo(held.pk, seen=3, actor=person(editor))
    comment = Comment.objects.get(pk=decision.comment_id)
    assert comment.status == Comment.Status.PUBLISHED
    assert comment.reviewed_at is not None
    assert comment.reviewed_by_id is None, "an account that is gone cannot be named again"
