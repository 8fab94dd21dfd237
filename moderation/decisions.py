"""The only door through which a comment changes: `decide` and `undo`, for one comment or for each of many.

One transaction compares with what the actor saw, writes the Decisions, changes the comments and touches the pages.
The queue, the admin, a batch, the screener and the author's own status page all come through here. One is many of
one: the same rules and the same statements, of which there are as many for a thousand comments as for one.
"""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from blog.models import User
from blog.page_times import touch_pages
from blog.prepared import Prepared
from blog.retries import retried
from comments.models import Comment, Revision
from comments.models.comment import LARGEST_ID
from moderation import consequences, erasure, ledger
from moderation.actors import Actor, sender
from moderation.acts import Act
from moderation.denials import (
    Conflict,
    DecisionError,
    Impossible,
    NotAllowed,
    NothingToUndo,
    ReasonMissing,
)
from moderation.locks import lock_posts
from moderation.models import Decision
from moderation.rulings import FINAL, check, latest_decisions, refusals
from moderation.states import after, judged, parsed, plain, public_text, state_of
from moderation.transitions import WHO, A

__all__ = [
    "FINAL",
    "Conflict",
    "DecisionError",
    "Impossible",
    "NotAllowed",
    "NothingToUndo",
    "ReasonMissing",
    "check",
    "decide",
    "decide_by_sender",
    "do_each",
    "latest_decision",
    "undo",
]


@retried
def decide(
    comment_id: int,
    action: str,
    *,
    seen: int,
    actor: Actor,
    reason: str = "",
    note: str = "",
    message: str = "",
    revision: int | None = None,
    signals: Iterable[tuple[str, float]] = (),
    review: int | None = None,
    batch: uuid.UUID | None = None,
    standing: bool = False,
    now: datetime | None = None,
) -> Decision:
    """Do one act to one comment and record it. `Act` says what the arguments mean.

    Raises Comment.DoesNotExist, NotAllowed, ReasonMissing, Impossible or Conflict, and changes nothing then.
    """
    act = Act(
        comment_id, action, seen, reason, note, message, revision, tuple(signals), review, batch, standing
    )  # fmt: skip
    check(actor, action, reason, note + message)
    return _only(do_each([act], actor=actor, now=now or timezone.now()))


@retried
def undo(
    decision_id: int, *, seen: int, actor: Actor, batch: uuid.UUID | None = None, now: datetime | None = None
) -> Decision:
    """Put a comment back into the state before its latest decision, and record that as a decision of its own.

    Only a person undoes: the machine would take back a person's word, and a comment's author would publish again what
    was refused. Raises Decision.DoesNotExist, NotAllowed, NothingToUndo or Conflict, and changes nothing then.
    """
    if actor.kind != WHO.PERSON:
        raise NotAllowed("Only a moderator can undo a decision.")
    check(actor, A.UNDO)
    with transaction.atomic():
        reverses = _DECISION.object(decision=decision_id) if decision_id <= LARGEST_ID else None
        if reverses is None:
            raise Decision.DoesNotExist(f"There is no decision {decision_id}.")
        act = Act(reverses.comment_id, A.UNDO, seen, batch=batch, reverses=reverses)
        return _only(_do_each([act], actor, now or timezone.now()))


def decide_by_sender(
    comment_id: int, action: str, *, seen: int, revision: int | None = None, now: datetime | None = None
) -> Decision:
    """What the comment's author does on the status page: "withdraw", or "edit" with the new revision's number.

    Named by the setting COMMENT_DECIDER, so that the comments app needs no import of this one.
    """
    return decide(comment_id, action, seen=seen, actor=sender(), revision=revision, now=now)


_DECISION = Prepared(Decision, lambda decision: Decision.objects.filter(pk=decision), decision=919_191)


def latest_decision(comment: Comment) -> Decision | None:
    """The newest Decision about a comment, or None if nobody decided yet."""
    return latest_decisions([comment.pk]).get(comment.pk)


def do_each(acts: list[Act], *, actor: Actor, now: datetime) -> list[Decision | DecisionError]:
    """Do each act that is possible, in one transaction. Returns for each, in their order, what came of it.

    The caller has asked `check`. No two of the acts may be about one version of a comment; they are recorded in their
    order. Raises Comment.DoesNotExist, and changes nothing then.
    """
    with transaction.atomic():
        return _do_each(acts, actor, now)


def _do_each(acts: list[Act], actor: Actor, now: datetime) -> list[Decision | DecisionError]:
    comments = _locked({act.comment_id for act in acts})
    refused = refusals(acts, comments, actor, now)
    possible = [act for act, refusal in zip(acts, refused, strict=True) if refusal is None]
    made = iter(_write(possible, comments, actor, now) if possible else ())
    for act in possible:
        if act.action == A.ERASE:
            erasure.destroy_content(comments[act.comment_id], on_request=actor.kind == WHO.PERSON)
    return [refusal or next(made) for refusal in refused]


def _only(results: list[Decision | DecisionError]) -> Decision:
    (result,) = results
    if isinstance(result, DecisionError):
        raise result
    return result


def _locked(ids: set[int]) -> dict[int, Comment]:
    """Lock comments, then the posts of several, each in the order of their numbers.

    The row lock makes `before` exact; it is the version, not the lock, that stops a second decision. A post's lock
    lets new comments refer to it: a reader's INSERT does not wait.
    """
    known = _COMMENTS.objects(sorted(ids)) if max(ids, default=0) <= LARGEST_ID else ()
    comments = {comment.pk: comment for comment in known}
    if missing := ids - comments.keys():
        raise Comment.DoesNotExist(f"There is no comment {min(missing)}.")
    if len(comments) > 1:
        lock_posts(comment.post_id for comment in comments.values())
    return comments


_COMMENTS = Prepared(
    Comment,
    lambda ids: (
        Comment.objects.select_for_update(of=("self",))
        .select_related("post")
        .defer("body", "html", "user_agent", "post__source", "post__html", "post__text", "post__summary")
        .filter(pk__in=ids)
        .order_by("pk")
    ),
)


def _write(acts: list[Act], comments: dict[int, Comment], actor: Actor, now: datetime) -> list[Decision]:
    """Swap the comments' states, record the decisions, touch the pages. Runs inside the caller's transaction."""
    accounts = _accounts(acts, actor)
    steps = []
    for act in acts:
        comment = comments[act.comment_id]
        if act.reverses:
            state = parsed(act.reverses.before)
            if state["reviewed_by_id"] not in accounts:
                state["reviewed_by_id"] = None  # an account that was deleted since; the log still has the name
        else:
            state = after(act, comment, actor, now)
        steps.append((act, comment, state_of(comment), state))
    _swap(steps)
    _touch_pages(steps, now)
    decisions = [_decision(*step, actor, now) for step in steps]
    ledger.append([(decision, act.note, act.message) for decision, act in zip(decisions, acts, strict=True)])
    consequences.follow(decisions, now)
    return decisions


def _accounts(acts: list[Act], actor: Actor) -> set[int | None]:
    """Of the people who had reviewed what is put back, those whose account is there; and nobody."""
    there = {None, actor.user.pk if actor.user else None}
    named = {act.reverses.before["reviewed_by_id"] for act in acts if act.reverses} - there
    return there | set(User.objects.filter(pk__in=named).values_list("pk", flat=True)) if named else there


def _swap(steps: list[tuple[Act, Comment, dict, dict]]) -> None:
    """One UPDATE for all that change alike from one version."""
    alike: dict[tuple, list[Comment]] = {}
    texts = _texts(steps)
    for _, comment, before, state in steps:
        changes = {name: value for name, value in state.items() if value != before[name]}
        if "revision" in changes:
            changes["body"], changes["html"] = texts[comment.pk, state["revision"]]
        alike.setdefault((comment.version, *changes.items()), []).append(comment)
    for (seen, *changes), those in alike.items():
        if Comment.objects.swap(those, seen, **dict(changes)) != len(those):
            raise Conflict(those[0], latest_decision(those[0]))  # what is locked changed all the same


def _texts(steps: list[tuple[Act, Comment, dict, dict]]) -> dict[tuple[int, int], tuple[str, str]]:
    """By comment and number, the texts that are to be shown from now on. Raises Revision.DoesNotExist."""
    wanted = {(comment.pk, state["revision"]) for _, comment, before, state in steps
              if state["revision"] != before["revision"]}  # fmt: skip
    if not wanted:
        return {}
    rows = Revision.objects.filter(comment__in={pk for pk, _ in wanted}, number__in={number for _, number in wanted})
    found = {(pk, number): text for pk, number, *text in rows.values_list("comment", "number", "body", "html")}
    if missing := wanted - found.keys():
        raise Revision.DoesNotExist(f"Comment {min(missing)[0]} has no such text.")
    return found


def _touch_pages(steps: list[tuple[Act, Comment, dict, dict]], now: datetime) -> None:
    moved: Counter[int] = Counter()
    for _, comment, before, state in steps:
        was, is_now = public_text(before), public_text(state)
        if was != is_now:
            moved[comment.post_id] += int(is_now is not None) - int(was is not None)
    for by in set(moved.values()):
        touch_pages([post for post, n in moved.items() if n == by], now, comments=by)
    for _, comment, _, _ in steps:
        comment.post.published_comments += moved[comment.post_id]  # those in hand know, too


def _decision(act: Act, comment: Comment, before: dict, state: dict, actor: Actor, now: datetime) -> Decision:
    return Decision(
        comment=comment,
        action=act.action,
        from_status=before["status"],
        to_status=state["status"],
        from_version=comment.version,
        to_version=comment.version + 1,
        revision=judged(act.action, before, state),
        actor_kind=actor.kind,
        actor=actor.user,
        actor_name=actor.name[:80],
        reason=act.reason,
        signals=[[code, round(float(weight), 4)] for code, weight in act.signals],
        batch=act.batch,
        reverses=act.reverses,
        review_id=act.review,
        standing=act.standing,
        before=plain(before),
        after=plain(state),
        created_at=now,
    )
