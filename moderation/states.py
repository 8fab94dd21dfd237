"""The state of a comment as far as a decision may change it: what it is, what an act makes of it, how it is kept."""

from datetime import datetime

from comments.models import Comment
from moderation.actors import Actor
from moderation.acts import Act
from moderation.transitions import TRANSITIONS, WHO, A, S

#: The text stands in its revision.
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


def state_of(comment: Comment) -> dict:
    return {name: getattr(comment, name) for name in STATE}


def after(act: Act, comment: Comment, actor: Actor, now: datetime) -> dict:
    """The state that an act leads to: every column that a decision may change."""
    state = state_of(comment)
    state["status"] = TRANSITIONS[act.action].to or comment.status
    state["reason"] = act.reason if act.action == A.REJECT else ""
    if actor.kind == WHO.PERSON and not act.standing:
        state["reviewed_at"], state["reviewed_by_id"] = now, actor.user.pk
    if act.action == A.EDIT and comment.is_published:
        state["proposed_revision"] = act.revision
    elif act.action == A.EDIT:
        state["revision"], state["edited_at"] = act.revision, now
    elif act.action == A.ACCEPT_EDIT:
        _take_newest(state, now)
    elif act.action != A.HOLD or comment.proposed_revision is None:
        state["proposed_revision"] = None
    else:
        # Taken off the page with an edit waiting: what comes back, if it does, is the newest text.
        _take_newest(state, now)
    if state["status"] == S.PUBLISHED and state["published_at"] is None:
        state["published_at"] = now
    return state


def _take_newest(state: dict, now: datetime) -> None:
    state["revision"], state["proposed_revision"], state["edited_at"] = state["proposed_revision"], None, now


def public_text(state: dict) -> int | None:
    """The number of the revision that the public page shows in this state, or None where it shows none."""
    return state["revision"] if state["status"] == S.PUBLISHED else None


def judged(action: str, before: dict, after: dict) -> int:
    """The revision that a decision is about: an edit's own, otherwise the newest that the actor could see."""
    if action == A.EDIT:
        return after["proposed_revision"] or after["revision"]
    return before["proposed_revision"] or before["revision"]


def plain(state: dict) -> dict:
    """A state as a decision keeps it."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in state.items()}


def parsed(kept: dict) -> dict:
    """The state that a decision kept."""
    return {
        name: datetime.fromisoformat(kept[name]) if name.endswith("_at") and kept[name] else kept[name]
        for name in STATE
    }
