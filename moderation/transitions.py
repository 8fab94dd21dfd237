"""The life of a comment as one table: which act leads from which state to which, and who may do it."""

from dataclasses import dataclass

from comments.models import Comment
from moderation.models import Decision

S, A, WHO = Comment.Status, Decision.Action, Decision.ActorKind
ALL = frozenset(S) - {S.ERASED}


@dataclass(frozen=True, slots=True)
class Transition:
    """`to` None keeps the status. `edit` says whether a waiting edit must (True) or must not (False) be there."""

    sources: frozenset[str]
    to: str | None
    actors: frozenset[str]
    edit: bool | None = None


PEOPLE = frozenset({WHO.PERSON})
ANY = frozenset({WHO.PERSON, WHO.SYSTEM})
AUTHOR = frozenset({WHO.SENDER})

TRANSITIONS: dict[str, Transition] = {
    # Automation may publish, hold or file as spam what waits; it never rejects, and never takes back a person's word.
    A.APPROVE: Transition(frozenset({S.PENDING, S.REJECTED, S.SPAM}), S.PUBLISHED, ANY),
    A.REJECT: Transition(frozenset({S.PENDING, S.PUBLISHED}), S.REJECTED, PEOPLE),
    A.SPAM: Transition(frozenset({S.PENDING, S.PUBLISHED}), S.SPAM, ANY),
    A.NOT_SPAM: Transition(frozenset({S.SPAM}), S.PENDING, PEOPLE),
    A.HOLD: Transition(frozenset({S.PUBLISHED}), S.PENDING, ANY),
    A.EDIT: Transition(frozenset({S.PENDING, S.PUBLISHED}), None, AUTHOR),
    A.ACCEPT_EDIT: Transition(frozenset({S.PUBLISHED}), S.PUBLISHED, ANY, edit=True),
    A.REFUSE_EDIT: Transition(frozenset({S.PUBLISHED}), S.PUBLISHED, PEOPLE, edit=True),
    A.WITHDRAW: Transition(frozenset({S.PENDING, S.PUBLISHED}), S.WITHDRAWN, AUTHOR),
    A.ERASE: Transition(ALL, S.ERASED, ANY),
}
# The policy decides only about what waits: without this, a screening that was slow could overrule a moderator.
SYSTEM_SOURCES: dict[str, frozenset[str]] = {
    A.APPROVE: frozenset({S.PENDING}),
    A.SPAM: frozenset({S.PENDING}),
    A.ERASE: frozenset({S.SPAM}),
}


def possible(comment: Comment, actor_kind: str) -> list[str]:
    """The acts that this kind of actor could do to this comment now, in the table's order."""
    return [action for action in TRANSITIONS if allows(action, comment, actor_kind)]


def allows(action: str, comment: Comment, actor_kind: str) -> bool:
    """Whether the table lets this kind of actor do this to the comment as it is."""
    transition = TRANSITIONS.get(action)
    if transition is None or actor_kind not in transition.actors:
        return False
    sources = transition.sources
    if actor_kind == WHO.SYSTEM:
        sources = SYSTEM_SOURCES.get(action, sources)
    if comment.status not in sources:
        return False
    return transition.edit is None or transition.edit == (comment.proposed_revision is not None)


def impossible(comment: Comment, action: str) -> str:
    """Why the table does not lead from the comment by this act, for a person."""
    if action in (A.ACCEPT_EDIT, A.REFUSE_EDIT):
        return "No edit of this comment waits."
    done = A(action).label.lower() if action in A.values else "that"
    return f"A comment that is {comment.get_status_display().lower()} cannot be {done}."
