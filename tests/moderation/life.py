"""The life of a comment said a second time, from the plan and not from the code: what tests hold the code against."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

RETENTION = timedelta(days=90)
MOVES = {
    "approve": ({"pending", "rejected", "spam"}, "published"),
    "reject": ({"pending", "published"}, "rejected"),
    "spam": ({"pending", "published"}, "spam"),
    "not_spam": ({"spam"}, "pending"),
    "hold": ({"published"}, "pending"),
    "withdraw": ({"pending", "published"}, "withdrawn"),
    "erase": ({"unconfirmed", "pending", "published", "rejected", "spam", "withdrawn"}, "erased"),
    "edit": ({"pending", "published"}, None),
    "accept_edit": ({"published"}, None),
    "refuse_edit": ({"published"}, None),
}
MAY = {
    "moderator": {"approve", "reject", "spam", "not_spam", "hold", "accept_edit", "refuse_edit", "undo"},
    "editor": {"approve", "reject", "spam", "not_spam", "hold", "accept_edit", "refuse_edit", "undo", "erase"},
    "stranger": set(),
    "system": {"approve", "spam", "hold", "accept_edit", "erase"},
    "sender": {"edit", "withdraw"},
}
PEOPLE = ("moderator", "editor", "stranger")
STAYS = {"edit", "withdraw", "erase"}  # no undo


@dataclass(frozen=True)
class Life:
    """Where a comment is in its life; `word` is what a person did last, `since` when it was last changed."""

    status: str
    since: datetime
    revision: int = 1
    proposed: int | None = None
    newest: int = 1
    word: str = ""
    last: str = ""
    before: "Life | None" = None

    def after(self, what: str, who: str, now: datetime) -> "Life | None":
        """The next state, or None where the act must be refused."""
        if what not in MAY[who] or (who == "system" and self._is_for_people(what, now)):
            return None
        if what == "undo":
            return self._undone(now)
        sources, to = MOVES[what]
        if self.status not in sources or (what.endswith("_edit") and self.proposed is None):
            return None
        status = to or self.status
        revision, proposed, newest = self._text(what)
        word = what if who in PEOPLE else self.word
        return Life(status, now, revision, proposed, newest, word, what, self)

    def _is_for_people(self, what: str, now: datetime) -> bool:
        if what == "erase":
            return self.status != "spam" or now < self.since + RETENTION
        if what == "accept_edit":
            return self.word not in ("", "approve", "accept_edit")
        return bool(self.word) or (what != "hold" and self.status != "pending")

    def _undone(self, now: datetime) -> "Life | None":
        if self.before is None or self.last in STAYS:
            return None
        return replace(self.before, since=now, newest=self.newest, word="undo", last="undo", before=self)

    def _text(self, what: str) -> tuple[int, int | None, int]:
        if what == "edit" and self.status == "published":
            return self.revision, self.newest + 1, self.newest + 1
        if what == "edit":
            return self.newest + 1, None, self.newest + 1
        if what in ("accept_edit", "hold") and self.proposed:
            return self.proposed, None, self.newest
        return self.revision, None, self.newest
