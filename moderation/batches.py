"""One act about many ticked comments: each through its own decision, all under one key."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from comments.models import Comment
from moderation import decisions
from moderation.actors import Actor
from moderation.forms import MOST_KEY, MOST_VERSION
from moderation.models import Decision

MOST = 200  # a request; each is a transaction of its own, so this bounds the time and not the lock


@dataclass(frozen=True, slots=True)
class Ticked:
    """A row that was ticked: the comment, and the version of it that the page showed."""

    comment_id: int
    seen: int

    def __str__(self) -> str:
        return f"{self.comment_id}:{self.seen}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one comment was left as it is."""

    comment_id: int
    why: str


@dataclass(slots=True)
class Batch:
    """What came of it, one by one."""

    key: uuid.UUID
    done: list[Decision] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


class NoSuchBatch(Exception):
    """No decision carries this key."""


def read_ticked(values: Iterable[str]) -> tuple[list[Ticked], int]:
    """The rows that "id:version" values name, each comment once and at most MOST, and how many more there were.

    What is no such pair is left out.
    """
    found: dict[int, Ticked] = {}
    for value in values:
        left, colon, right = value.partition(":")
        comment_id, seen = _number(left, MOST_KEY), _number(right, MOST_VERSION)
        if colon and comment_id and seen:
            found.setdefault(comment_id, Ticked(comment_id, seen))
    rows = list(found.values())
    return rows[:MOST], len(rows[MOST:])


def decide_all(
    rows: Iterable[Ticked],
    action: str,
    *,
    actor: Actor,
    reason: str = "",
    note: str = "",
    message: str = "",
    now: datetime,
) -> Batch:
    """Do one act to each, as it was seen. Raises decisions.NotAllowed; every other refusal is listed in the result."""
    batch = Batch(uuid.uuid4())
    for row in rows:
        try:
            decision = decisions.decide(
                row.comment_id,
                action,
                seen=row.seen,
                actor=actor,
                reason=reason,
                note=note,
                message=message,
                batch=batch.key,
                now=now,
            )
        except decisions.NotAllowed:
            raise
        except decisions.DecisionError as refusal:
            batch.refused.append(Refusal(row.comment_id, str(refusal)))
        except Comment.DoesNotExist:
            batch.refused.append(Refusal(row.comment_id, "There is no such comment."))
        else:
            batch.done.append(decision)
    return batch


def undo_all(key: uuid.UUID, *, actor: Actor, now: datetime) -> Batch:
    """Take back every decision of a batch that is still its comment's latest. Raises NoSuchBatch and NotAllowed."""
    made = list(Decision.objects.filter(batch=key).order_by("pk")[:MOST])
    if not made:
        raise NoSuchBatch
    batch = Batch(uuid.uuid4())
    for decision in made:
        try:
            undone = decisions.undo(decision.pk, seen=decision.to_version, actor=actor, batch=batch.key, now=now)
        except decisions.NotAllowed:
            raise
        except decisions.DecisionError as refusal:
            batch.refused.append(Refusal(decision.comment_id, str(refusal)))
        else:
            batch.done.append(undone)
    return batch


def _number(text: str, most: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= 19):
        return None
    number = int(text)
    return number if 1 <= number <= most else None
