"""A ledger with everything in it, and hands that change its rows although the database refuses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.contrib.auth.models import Permission
from django.db import connection, transaction

from blog.models import Post, User
from moderation import append_only
from moderation.actors import person, system
from moderation.decisions import decide, undo
from moderation.models import Decision
from tests import cast
from tests.moderation.desk import reviewed

NOW = datetime(2026, 6, 1, 12, 0, 0, 123456, tzinfo=UTC)
BATCH = "7f0c1f9a-2e4c-4c49-9a6e-0f6c3b1a5d11"


def written(post: Post, moderator: User) -> list[Decision]:
    """Seven decisions: by the system with signals and a review, with words, undone, in a batch, and one erased."""
    moderator.user_permissions.add(Permission.objects.get(codename="erase"))
    moderator = User.objects.get(pk=moderator.pk)
    one, two, three = (cast.comment(post, "pending") for _ in range(3))
    review = reviewed(one, ("links_few", 1.5, "1 link", []))
    decide(one.pk, "approve", seen=1, actor=system("policy-1"), signals=[("links_few", 1.5), ("shape_loud", -0.00001)],
           review=review.pk, now=NOW)  # fmt: skip
    note = "Nöte “mit” Ünïcode \N{GRINNING FACE}\nand lines"
    spam = decide(one.pk, "spam", seen=2, actor=person(moderator), note=note, message="To you.", now=NOW)
    undo(spam.pk, seen=3, actor=person(moderator), now=NOW)
    decide(two.pk, "reject", seen=1, actor=person(moderator), reason="other", note="said", batch=BATCH, now=NOW)
    decide(three.pk, "approve", seen=1, actor=person(moderator), standing=True, now=NOW)
    decide(two.pk, "erase", seen=2, actor=person(moderator), now=NOW)
    decide(three.pk, "hold", seen=2, actor=person(moderator), note="the last", now=NOW)
    return list(Decision.objects.order_by("pk"))


@contextmanager
def tampering() -> Iterator[None]:
    """What is done in the block is done by somebody who owns the database, and is rolled back after it."""
    with transaction.atomic():
        append_only.remove(connection)
        yield
        transaction.set_rollback(True)


def sql(statement: str, *values: object) -> None:
    """Do it past the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
