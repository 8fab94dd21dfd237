"""The only door through which a comment changes: `decide` and `undo`.

One transaction compares with what the actor saw, writes the Decision, changes the one comment and touches the page.
The queue, the admin, a batch, the screener and the author's own status page all come through here.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from blog.models import User
from blog.retries import retried
from comments.models import Comment, Reason
from moderation import consequences, erasure, ledger, reporting, reports
from moderation.actors import Actor, sender
from moderation.denials import (
    Conflict,
    DecisionError,
    Impossible,
    NotAllowed,
    NothingToUndo,
    ReasonMissing,
)
from moderation.models import Appeal, Decision
from moderation.transitions import TRANSITIONS, WHO, A, S, allows, impossible

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
    "latest_decision",
    "undo",
]
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
FINAL = frozenset({A.ERASE, A.WITHDRAW, A.EDIT})  # what a moderator's undo does not take back


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
    """Do one act to one comment and record it.

    `seen` is the version that the actor looked at; `note` is for the log, `message` for the comment's author;
    `revision` the new text's number for an edit; `signals` the code and weight of what the machine had found, and
    `review` its number; `standing` says that nobody looked at this comment: the person's order about alike ones covers
    it. Raises Comment.DoesNotExist, NotAllowed, ReasonMissing, Impossible or
    Conflict, and changes nothing then.
    """
    now = now or timezone.now()
    _check_actor(actor, action)
    _check_reason(action, reason, note + message)
    with transaction.atomic():
        comment = _locked(comment_id)
        _check_version(comment, seen)
        if not allows(action, comment, actor.kind):
            raise Impossible(impossible(comment, action))
        if actor.kind == WHO.SYSTEM:
            _check_word(comment, action, actor, now)
        after = _after(comment, action, None if standing else actor, reason, revision, now)
        recorded = {"reason": reason, "review_id": review, "batch": batch, "standing": standing}
        decision = _write(comment, action, after, actor, now, note, message, signals=signals, **recorded)
        if action == A.ERASE:
            erasure.destroy_content(comment, on_request=actor.kind == WHO.PERSON)
    return decision


@retried
def undo(
    decision_id: int, *, seen: int, actor: Actor, batch: uuid.UUID | None = None, now: datetime | None = None
) -> Decision:
    """Put a comment back into the state before its latest decision, and record that as a decision of its own.

    Only a person undoes: the machine would take back a person's word, and a comment's author would publish again what
    was refused. Raises Decision.DoesNotExist, NotAllowed, NothingToUndo or Conflict, and changes nothing then.
    """
    now = now or timezone.now()
    if actor.kind != WHO.PERSON:
        raise NotAllowed("Only a moderator can undo a decision.")
    _check_actor(actor, A.UNDO)
    with transaction.atomic():
        reversed_decision = Decision.objects.get(pk=decision_id)
        comment = _locked(reversed_decision.comment_id)
        _check_version(comment, seen)
        if latest_decision(comment) != reversed_decision:
            raise NothingToUndo("This is not the latest decision about the comment; undo the later ones first.")
        if reversed_decision.action in FINAL:
            raise NothingToUndo(f"“{reversed_decision.get_action_display()}” cannot be undone.")
        before = _parsed({name: reversed_decision.before[name] for name in STATE})
        if before["reviewed_by_id"] and not User.objects.filter(pk=before["reviewed_by_id"]).exists():
            before["reviewed_by_id"] = None  # an account that was deleted since; the log still has the name
        return _write(comment, A.UNDO, before, actor, now, reverses=reversed_decision, batch=batch)


def decide_by_sender(
    comment_id: int, action: str, *, seen: int, revision: int | None = None, now: datetime | None = None
) -> Decision:
    """What the comment's author does on the status page: "withdraw", or "edit" with the new revision's number.

    Named by the setting COMMENT_DECIDER, so that the comments app needs no import of this one.
    """
    return decide(comment_id, action, seen=seen, actor=sender(), revision=revision, now=now)


def check(actor: Actor, action: str, reason: str = "", note: str = "") -> None:
    """Raise NotAllowed or ReasonMissing for an act that would be refused whatever the comment."""
    _check_actor(actor, action)
    _check_reason(action, reason, note)


def latest_decision(comment: Comment) -> Decision | None:
    """The newest Decision about a comment, or None if nobody decided yet."""
    return Decision.objects.filter(comment=comment).select_related("words").order_by("-pk").first()


def _check_actor(actor: Actor, action: str) -> None:
    if actor.kind != WHO.PERSON:
        return
    permission = "moderation.erase" if action == A.ERASE else "moderation.decide"
    if actor.user is None or not actor.user.is_active or not actor.user.has_perm(permission):
        raise NotAllowed("You may not decide about comments.")


def _check_reason(action: str, reason: str, words: str) -> None:
    if reason and reason not in Reason.values:
        raise ReasonMissing("This is not one of the reasons.")
    if action != A.REJECT:
        return
    if reason not in Reason.values:
        raise ReasonMissing("A rejection needs a reason; the author of the comment will see it.")
    if reason == Reason.OTHER and not words.strip():
        raise ReasonMissing("Say in a few words what the other reason is.")


def _locked(comment_id: int) -> Comment:
    """The row lock makes `before` exact; it is the version, not the lock, that stops a second decision."""
    return Comment.objects.select_for_update(of=("self",)).select_related("post").get(pk=comment_id)


def _check_version(comment: Comment, seen: int) -> None:
    if comment.version != seen:
        raise Conflict(comment, latest_decision(comment))


def _check_word(comment: Comment, action: str, actor: Actor, now: datetime) -> None:
    """What the table cannot say: the machine never takes back a person's word, nor cuts the retention of spam short.

    A person's word stands until a person says another, also about a text that its author changed since: otherwise an
    edit of what a moderator took off the page would publish it again. Readers' reports are new to who approved before
    them, so they may hold what a person approved; and while one is open, the machine publishes nothing of the comment.
    """
    if action == A.ERASE:
        latest = latest_decision(comment)
        filed = latest.created_at if latest else comment.created_at
        if now < filed + timedelta(days=settings.SPAM_RETENTION_DAYS):
            raise Impossible(f"Spam is kept for {settings.SPAM_RETENTION_DAYS} days before it is erased.")
        if Appeal.objects.open().filter(comment=comment).exists():
            raise Impossible("Its author asked again, and is answered first.")
        return
    said = Decision.objects.filter(comment=comment, actor_kind=WHO.PERSON).order_by("-pk").first()
    if action == A.HOLD and actor.name.startswith(reporting.FAMILY):
        if refusal := reports.stand_in_the_way(comment, said):
            raise Impossible(refusal)
        return
    if comment.open_reports and action in (A.APPROVE, A.ACCEPT_EDIT):
        raise Impossible("Readers reported this comment, so a person decides.")
    if said and (action != A.ACCEPT_EDIT or said.action not in (A.APPROVE, A.ACCEPT_EDIT)):
        raise Impossible(f"{said.actor_name} decided about this comment, so a person decides again.")


def _after(
    comment: Comment, action: str, looked: Actor | None, reason: str, revision: int | None, now: datetime
) -> dict:
    """The state that an act leads to: every column that a decision may change. `looked` is who looked at it."""
    after = {name: getattr(comment, name) for name in STATE}
    after["status"] = TRANSITIONS[action].to or comment.status
    after["reason"] = reason if action == A.REJECT else ""
    if looked and looked.kind == WHO.PERSON:
        after["reviewed_at"], after["reviewed_by_id"] = now, looked.user.pk
    if action == A.EDIT and comment.is_published:
        after["proposed_revision"] = revision
    elif action == A.EDIT:
        after["revision"], after["edited_at"] = revision, now
    elif action == A.ACCEPT_EDIT:
        after["revision"], after["proposed_revision"], after["edited_at"] = (
            comment.proposed_revision,
            None,
            now,
        )
    elif action != A.HOLD or comment.proposed_revision is None:
        after["proposed_revision"] = None
    elif action == A.HOLD:
        # Taken off the page with an edit waiting: what comes back, if it does, is the newest text.
        after["revision"], after["proposed_revision"], after["edited_at"] = comment.proposed_revision, None, now
    if after["status"] == S.PUBLISHED and after["published_at"] is None:
        after["published_at"] = now
    return after


def _write(
    comment: Comment,
    action: str,
    after: dict,
    actor: Actor,
    now: datetime,
    note: str = "",
    message: str = "",
    *,
    signals: Iterable[tuple[str, float]] = (),
    **recorded,
) -> Decision:
    """Swap the comment's state, record the decision, touch the page. Runs inside the caller's transaction."""
    before = {name: getattr(comment, name) for name in STATE}
    changes = dict(after)
    if after["revision"] != before["revision"]:
        shown = comment.revisions.get(number=after["revision"])
        changes |= {"body": shown.body, "html": shown.html}
    if not Comment.objects.swap(comment, comment.version, **changes):
        raise Conflict(comment, latest_decision(comment))
    was, is_now = _public_text(before), _public_text(after)
    if was != is_now:
        comment.post.touch_page(now, comments=int(is_now is not None) - int(was is not None))
    decision = Decision(
        comment=comment,
        action=action,
        from_status=before["status"],
        to_status=after["status"],
        from_version=comment.version,
        to_version=comment.version + 1,
        revision=_judged(action, before, after),
        actor_kind=actor.kind,
        actor=actor.user,
        actor_name=actor.name[:80],
        signals=[[code, round(float(weight), 4)] for code, weight in signals],
        before=_plain(before),
        after=_plain(after),
        created_at=now,
        **recorded,
    )
    ledger.append(decision, note, message)
    consequences.follow(decision, comment, now)
    return decision


def _public_text(state: dict) -> int | None:
    """The number of the revision that the public page shows in this state, or None where it shows none."""
    return state["revision"] if state["status"] == S.PUBLISHED else None


def _judged(action: str, before: dict, after: dict) -> int:
    """The revision that a decision is about: an edit's own, otherwise the newest that the actor could see."""
    if action == A.EDIT:
        return after["proposed_revision"] or after["revision"]
    return before["proposed_revision"] or before["revision"]


def _plain(state: dict) -> dict:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in state.items()}


def _parsed(state: dict) -> dict:
    return {
        name: datetime.fromisoformat(value) if name.endswith("_at") and value else value
        for name, value in state.items()
    }
