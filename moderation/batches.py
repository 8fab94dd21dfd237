"""Orders about many comments: stored first, then carried out a chunk at a time, each comment by its own decision.

A chunk's decisions and the place that the batch has reached are one transaction. So whoever is killed leaves a batch
that goes on where it was: nothing is done twice and nothing left out, whether a request, the background worker or the
operator's command goes on with it.
"""

import logging
import math
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from blog.prepared import Prepared
from blog.retries import retried
from blog.stored import Stored
from comments.models import Comment
from moderation import chunks, decisions, matching, pacing, standing_orders
from moderation.actors import Actor, person
from moderation.acts import Act
from moderation.models import Batch, BatchItem, Decision
from moderation.ticks import Ticked

CHUNK = 1000
#: Seconds after which a chunk ends early: everybody else's decisions wait for the head of the ledger until it does.
CHUNK_SECONDS = 0.5
MOST_AT_ONCE = 50  # batches that one round of the worker takes up

log = logging.getLogger(__name__)


def start(
    action: str,
    *,
    actor: Actor,
    rows: Iterable[Ticked] | None = None,
    chosen: dict | None = None,
    until: int | None = None,
    since: int | None = None,
    reason: str = "",
    note: str = "",
    message: str = "",
    now: datetime,
) -> Batch:
    """Store an order of a person, to be carried out by `run`.

    Args:
        rows: what was ticked, as it was seen; or
        chosen: the cleaned data of a `QueueFilter`: everything that matches it now.
        until, since: the numbers of the newest comment and of the latest decision when the person looked (`horizon`);
            what came or was decided after that is left alone.

    Raises decisions.NotAllowed and decisions.ReasonMissing, and stores nothing then.
    """
    decisions.check(actor, action, reason, note + message)
    newest, latest = horizon()
    batch = Batch(
        action=action,
        reason=reason,
        note=note,
        message=message,
        actor=actor.user,
        actor_name=actor.name[:80],
        until=newest if until is None else min(until, newest),
        since=latest if since is None else min(since, latest),
        created_at=now,
    )
    if chosen is not None:
        batch.chosen = matching.kept(chosen)
        batch.total, batch.at_least = matching.count(matching.whole(batch.chosen), action, batch.until)
        return _BATCHES.one(batch)
    seen = {row.comment_id: row.seen for row in rows or ()}
    there = sorted(pk for (pk,) in _THERE.rows(seen))
    batch.total = len(there)
    with transaction.atomic():
        _BATCHES.one(batch)
        _ITEMS.many(BatchItem(batch=batch, comment_id=pk, seen=seen[pk]) for pk in there)
    return batch


_BATCHES, _ITEMS = Stored(Batch), Stored(BatchItem)
_THERE = Prepared(Comment, lambda ids: Comment.objects.filter(pk__in=ids).order_by().values_list("pk"))


def horizon() -> tuple[int, int]:
    """The numbers of the newest comment and of the latest decision there are."""
    newest, latest = (next((pk for (pk,) in last.rows()), 0) for last in _LAST)
    return newest, latest


_LAST = [
    Prepared(model, lambda model=model: model.objects.order_by("-pk").values_list("pk")[:1])
    for model in (Comment, Decision)
]


def start_undo(batch_id, *, actor: Actor, now: datetime) -> Batch:
    """Store the order to take back every decision of a batch that is still its comment's latest.

    The batch itself goes no further. A batch is taken back once: asked again, this returns what was stored then.
    Raises Batch.DoesNotExist, decisions.NotAllowed and decisions.NothingToUndo.
    """
    decisions.check(actor, Decision.Action.UNDO)
    with transaction.atomic():
        original = Batch.objects.select_for_update().get(pk=batch_id)
        if original.action == Decision.Action.ERASE:
            raise decisions.NothingToUndo("What was erased is gone for good.")
        if earlier := Batch.objects.filter(reverses=original).first():
            return earlier
        if original.state != Batch.State.FINISHED:
            original.end(now)
            original.save()
        standing_orders.end_of_batch(original, now)
        made = Decision.objects.filter(batch=original.pk)
        total = made.order_by().values("pk")[: matching.MOST_COUNTED + 1].count()
        return Batch.objects.create(
            action=Decision.Action.UNDO,
            actor=actor.user,
            actor_name=actor.name[:80],
            reverses=original,
            until=made.aggregate(last=Max("pk"))["last"] or 0,
            total=min(total, matching.MOST_COUNTED),
            at_least=total > matching.MOST_COUNTED,
            created_at=now,
        )


def stop(batch_id) -> bool:
    """Let a running batch rest after the chunk that is being done. False where it was not running."""
    return bool(Batch.objects.filter(pk=batch_id, state=Batch.State.RUNNING).update(state=Batch.State.STOPPED))


def resume(batch_id) -> bool:
    """Let a stopped batch go on. False where it was not stopped."""
    stopped = Batch.objects.filter(pk=batch_id, state=Batch.State.STOPPED)
    return bool(stopped.update(state=Batch.State.RUNNING, why=""))


@retried
def run_chunk(batch_id, now: datetime, size: int = CHUNK, seconds: float = math.inf) -> Batch | None:
    """Do at most `size` comments of a running batch, in one transaction with the place it has reached.

    It ends early after about `seconds`, one comment at least.

    Returns the batch as it is then, or None where it is not running or somebody else is at it. An order that would be
    refused for every comment, as by a person who lost the right to decide, stops the batch and says why.
    """
    with transaction.atomic():
        batch = _RUNNING.object(batch=batch_id)
        if batch is None:
            return None
        try:
            actor = _actor(batch)
        except decisions.DecisionError as refusal:
            batch.state, batch.why = Batch.State.STOPPED, str(refusal)[:200]
            batch.save()
            return batch
        chunk = chunks.locked_chunk(batch, size)
        if len(chunk.steps) > pacing.FIRST:
            pacing.plan_anew()
        began, handled, refused = time.monotonic(), 0, {}
        while handled < len(chunk.steps) and (piece := pacing.piece(handled, time.monotonic() - began, seconds)):
            refused |= _try(batch, chunk.steps[handled : handled + piece], actor, now)
            handled = min(handled + piece, len(chunk.steps))
        whole = handled == len(chunk.steps)
        _list_refused(batch, refused)
        batch.done += handled - len(refused)
        batch.refused += len(refused)
        batch.cursor = chunk.cursor if whole else chunk.steps[handled - 1].key
        if whole and chunk.last:
            batch.total, batch.at_least = batch.handled, False  # what was counted before was an estimate
            batch.end(now)
        batch.save()
        return batch


def run(batch_id, *, now: datetime, seconds: float, size: int = CHUNK) -> Batch:
    """Work on a batch chunk after chunk for about `seconds`, one chunk at least. Returns it as it is then."""
    began, longest = time.monotonic(), 0.0
    while True:
        at = time.monotonic()
        batch = run_chunk(batch_id, now + timedelta(seconds=at - began), size, CHUNK_SECONDS)
        longest = max(longest, time.monotonic() - at)
        if batch is None or not batch.is_running or time.monotonic() - began + longest > seconds:
            return _AS_IT_IS.object(batch=batch_id)
        pacing.let_others_in()


_RUNNING = Prepared(
    Batch,
    lambda batch: (
        Batch.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("actor")
        .filter(pk=batch, state=Batch.State.RUNNING)
    ),
    batch=UUID(int=919_191),
)
_AS_IT_IS = Prepared(
    Batch, lambda batch: Batch.objects.select_related("reverses").filter(pk=batch), batch=UUID(int=919_191)
)


def continue_all(now: datetime, seconds: float, size: int = CHUNK) -> int:
    """Work on all running batches for about `seconds`, a chunk each in turn. Returns how many comments were handled.

    Safe to call at any time and from several processes; a batch that breaks is logged and holds up no other.
    """
    began, handled = time.monotonic(), 0
    running = Batch.objects.filter(state=Batch.State.RUNNING).order_by("created_at")
    before = {batch.pk: batch.handled for batch in running[:MOST_AT_ONCE]}
    todo = list(before)
    while todo:
        for batch_id in list(todo):
            elapsed = time.monotonic() - began
            if elapsed > seconds:
                return handled
            try:
                batch = run_chunk(batch_id, now + timedelta(seconds=elapsed), size, CHUNK_SECONDS)
            except Exception:
                log.exception("Batch %s broke; it stays where it was.", batch_id)
                batch = None
            if batch is not None:
                handled += batch.handled - before[batch_id]
                before[batch_id] = batch.handled
            if batch is None or not batch.is_running:
                todo.remove(batch_id)
            pacing.let_others_in()
    return handled


def _actor(batch: Batch) -> Actor:
    """Who ordered it, with the rights that this person has now."""
    if batch.actor is None:
        raise decisions.NotAllowed(f"The account of {batch.actor_name}, who ordered this, is gone.")
    actor = person(batch.actor)
    decisions.check(actor, batch.action, batch.reason, batch.note + batch.message)
    return actor


def _try(batch: Batch, steps: list[chunks.Step], actor: Actor, now: datetime) -> dict[int, str]:
    """Decide about some comments. Returns by comment why that was refused."""
    refused = {step.comment_id: step.why for step in steps if step.why}
    todo = [step for step in steps if not step.why]
    numbers = [step.decision for step in todo if step.decision is not None]
    reversed_ones = Decision.objects.in_bulk(numbers) if numbers else {}
    acts = [
        Act(step.comment_id, Decision.Action.UNDO, step.seen, batch=batch.pk, reverses=reversed_ones[step.decision])
        if step.decision is not None
        else Act(
            step.comment_id, batch.action, step.seen, batch.reason, batch.note, batch.message, batch=batch.pk
        )
        for step in todo
    ]  # fmt: skip
    for step, result in zip(todo, decisions.do_each(acts, actor=actor, now=now), strict=True):
        if isinstance(result, decisions.DecisionError):
            refused[step.comment_id] = str(result)
    return {pk: why[:200] for pk, why in refused.items()}


def _list_refused(batch: Batch, refused: dict[int, str]) -> None:
    if not refused:
        return
    ticked = batch.chosen is None and batch.reverses_id is None
    if ticked:
        items = list(batch.items.filter(comment__in=refused))
        for item in items:
            item.why = refused[item.comment_id]
        BatchItem.objects.bulk_update(items, ["why"])
    else:
        items = [BatchItem(batch=batch, comment_id=pk, why=why) for pk, why in refused.items()]
        BatchItem.objects.bulk_create(items, ignore_conflicts=True)
