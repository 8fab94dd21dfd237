"""What the next chunk of a batch consists of, and the locks that it takes before anything is decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import Max, QuerySet

from blog.prepared import Prepared
from comments.models import Comment
from moderation import matching
from moderation.locks import lock_posts
from moderation.models import Batch, BatchItem, Decision


@dataclass(frozen=True, slots=True)
class Step:
    """One comment of a chunk.

    Attributes:
        seen: the version that the act is about.
        decision: for an undo, the number of the decision to take back.
        why: why it is left as it is; nothing is tried then.
    """

    comment_id: int
    seen: int = 0
    decision: int | None = None
    why: str = ""

    @property
    def key(self) -> int:
        """Where the batch stands once this step is done."""
        return self.comment_id if self.decision is None else self.decision


@dataclass(frozen=True, slots=True)
class Chunk:
    """The steps in their order, where the batch stands after them, and whether that was the last."""

    steps: list[Step]
    cursor: int
    last: bool


def locked_chunk(batch: Batch, size: int) -> Chunk:
    """The next at most `size` steps of a batch, with every comment and post of theirs locked.

    All comments in the order of their numbers, then all posts: whoever locks more than one does it so, and locks the
    head of the ledger after that. A decision that locked its comment only when its turn came would do so while it
    holds the head, for which the comment's other holder may be waiting.
    """
    if batch.reverses_id:
        return _undone(batch, size)
    return _ticked(batch, size) if batch.chosen is None else _matching(batch, size)


def _undone(batch: Batch, size: int) -> Chunk:
    made = Decision.objects.filter(batch=batch.reverses_id, pk__gt=batch.cursor, pk__lte=batch.until).order_by("pk")
    rows = list(made.values_list("pk", "comment", "to_version")[:size])
    _lock(comment_id for _, comment_id, _ in rows)
    steps = [Step(comment_id, version, decision) for decision, comment_id, version in rows]
    return Chunk(steps, rows[-1][0] if rows else batch.cursor, len(rows) < size)


def _ticked(batch: Batch, size: int) -> Chunk:
    steps = [Step(*row) for row in _waiting(size).rows(batch=batch.pk, cursor=batch.cursor)]
    _lock(step.comment_id for step in steps)
    return Chunk(steps, steps[-1].comment_id if steps else batch.cursor, len(steps) < size)


@lru_cache(maxsize=8)
def _waiting(most: int) -> Prepared:
    def make(batch: UUID, cursor: int) -> QuerySet:
        waiting = BatchItem.objects.filter(batch=batch, comment__gt=cursor, seen__isnull=False)
        return waiting.order_by("comment").values_list("comment_id", "seen")[:most]

    return Prepared(BatchItem, make, batch=UUID(int=919_191), cursor=919_191)


def _matching(batch: Batch, size: int) -> Chunk:
    """What matches now, and what matched when the order was given but was decided about since."""
    page = matching.walk(batch, size)
    end = batch.until if page.next is None else page.next
    changed = _changed(batch, end, size)
    ids = sorted({*page.ids, *changed})
    if len(ids) > size:
        ids, end = ids[:size], ids[size - 1]
    elif len(changed) == size:  # there may be more of these further on
        end = min(end, changed[-1])
        ids = [pk for pk in ids if pk <= end]
    versions = _lock(ids)
    since = _since(batch, ids)
    candidates = {pk for pk, first in since.items() if matching.meant(batch, first.before)}
    others = matching.others(batch, candidates - set(page.ids)) if candidates else set()
    steps = []
    for pk in ids:
        first = since.get(pk)
        if first is None:
            steps.append(Step(pk, versions[pk]))
        elif pk in page.ids or pk in others:
            says = f"{first.get_action_display()} by {first.actor_name} after this was ordered."
            steps.append(Step(pk, why=says))
    return Chunk(steps, end, end >= batch.until)


def _lock(ids: Iterable[int]) -> dict[int, int]:
    """Lock comments and then their posts, each in the order of their numbers. By comment, its version now.

    A post's lock lets new comments refer to it: a reader's INSERT does not wait for the batch.
    """
    rows = _COMMENTS.rows(sorted(set(ids)))
    lock_posts({post for _, _, post in rows})
    return {pk: version for pk, version, _ in rows}


_COMMENTS = Prepared(
    Comment,
    lambda ids: (
        Comment.objects.select_for_update(of=("self",))
        .filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk", "version", "post")
    ),
)


def _changed(batch: Batch, end: int, size: int) -> list[int]:
    """Comments behind the cursor, up to `end`, about which somebody decided since the order was given.

    Grouped by comment, so that the index by comment is walked once in the whole of a batch, whoever decides meanwhile.
    """
    decided = Decision.objects.filter(comment__gt=batch.cursor, comment__lte=end).order_by("comment")
    grouped = decided.values("comment").annotate(latest=Max("pk")).filter(latest__gt=batch.since)
    return list(grouped.values_list("comment", flat=True)[:size])


def _since(batch: Batch, ids: list[int]) -> dict[int, Decision]:
    """By comment, the first decision since the order was given."""
    made = Decision.objects.filter(comment__in=ids, pk__gt=batch.since).order_by("-pk")
    return {decision.comment_id: decision for decision in made}
