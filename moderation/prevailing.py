"""Which decision a comment stands under, when decisions and what took them back are followed to the end."""

from dataclasses import dataclass

from comments.models import Comment
from moderation.models import Decision

MOST = 100  # decisions about one comment that are looked through


@dataclass(frozen=True, slots=True)
class Prevailing:
    """`decision` is the newest that is not taken back, None if there is none; `taken_back` the keys of newer ones."""

    decision: Decision | None
    taken_back: frozenset[int]


def prevailing(comment: Comment) -> Prevailing:
    """Follow the undoings: undoing an undoing brings the first decision back."""
    taken_back: set[int] = set()
    for decision in Decision.objects.filter(comment=comment).select_related("words", "review").order_by("-pk")[:MOST]:
        if decision.pk in taken_back:
            continue
        if decision.action != Decision.Action.UNDO:
            return Prevailing(decision, frozenset(taken_back))
        taken_back.add(decision.reverses_id)
    return Prevailing(None, frozenset(taken_back))
