"""What somebody wants done to a comment: one order, before anybody asked whether it may be carried out."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from moderation.models import Decision


@dataclass(frozen=True, slots=True)
class Act:
    """One act about one comment.

    Attributes:
        seen: the version that the actor looked at.
        note, message: words for the log; for the comment's author.
        revision: the new text's number, for an edit.
        signals: code and weight of what the machine had found, and `review` its number.
        standing: nobody looked at this comment: the person's order about alike ones covers it.
        reverses: the decision that an undo takes back.
    """

    comment_id: int
    action: str
    seen: int
    reason: str = ""
    note: str = ""
    message: str = ""
    revision: int | None = None
    signals: Iterable[tuple[str, float]] = ()
    review: int | None = None
    batch: uuid.UUID | None = None
    standing: bool = False
    reverses: Decision | None = None
