"""A site that has decisions already gets its chain, its words apart, its batches, and its triggers back."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from blog.models import Post, User
from moderation import append_only
from moderation.actors import person
from moderation.decisions import undo
from moderation.models import Batch, Decision
from moderation.verification import verify
from tests import cast
from tests.moderation.chains import BATCH, NOW

pytestmark = pytest.mark.django_db(transaction=True)
OLD = [("moderation", "0004_batch_index")]
STATE = (
    "status",
    "revision",
    "proposed_revision",
    "reason",
    "reviewed_at",
    "reviewed_by_id",
    "published_at",
    "edited_at",
)


def migrate(targets: list[tuple[str, str]]):
    """Migrate to these, and give the models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def newest() -> Iterator[list[tuple[str, str]]]:
    """The latest migrations, to which the database goes back whatever happens."""
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield leaves
    migrate(leaves)


def state(status: str) -> dict:
    """In the order of the columns, as earlier versions wrote it."""
    return dict(zip(STATE, (status, 1, None, "", None, None, None, None), strict=True))


def test_earlier_decisions_are_chained_with_their_notes_and_batches(
    post: Post, moderator: User, newest: list[tuple[str, str]]
) -> None:
    comments = [cast.comment(post, "rejected", version=2) for _ in range(3)]
    earlier = migrate(OLD).get_model("moderation", "Decision")
    given = {"action": "reject", "from_status": "pending", "to_status": "rejected", "from_version": 1, "to_version": 2}
    given |= {"revision": 1, "actor_kind": "person", "actor_id": moderator.pk, "actor_name": "Moderator"}
    given |= {"before": state("pending"), "after": state("rejected"), "created_at": NOW, "signals": [["x", 1.5]]}
    for at, comment in enumerate(comments):
        note, batch = ("Ünder a bridge", None) if at == 1 else ("", BATCH)
        earlier.objects.create(id=(1, 5, 6)[at], comment_id=comment.pk, note=note, batch=batch, reason="hate", **given)
    migrate(newest)
    rows = list(Decision.objects.order_by("pk"))
    assert [row.note for row in rows] == ["", "Ünder a bridge", ""]
    assert (verify().read, verify().fault, verify().digest) == (3, None, rows[-1].digest)
    stored = Batch.objects.get()
    assert (str(stored.pk), stored.done, stored.state, stored.actor) == (BATCH, 2, "finished", moderator)
    for model in ("decision", "decisionwords"):
        with (
            pytest.raises(DatabaseError, match=append_only.REFUSAL),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM moderation_{model}")  # noqa: S608
    undone = undo(6, seen=2, actor=person(moderator))
    assert (undone.pk, verify().fault) == (7, None), "numbers go on from the latest"
