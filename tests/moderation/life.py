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
    "reports": {"hold"},  # what readers' reports come to
    "sender": {"edit", "withdraw"},
}
PEOPLE = ("moderator", "editor", "stranger")
SETTLES = {"approve", "reject", "spam", "hold"}  # by a person: what readers reported is decided with it
STAYS = {"edit", "withdraw", "erase"}  # no undo


@dataclass(frozen=True)
class Life:
    """Where a comment is in its life; `word` is what a person did last and `said` when, `since` when it was changed.

    A report is the moment at which it came and the revision that it is about; `open` and `dismissed` are sets of them.
    """

    status: str
    since: datetime
    revision: int = 1
    proposed: int | None = None
    newest: int = 1
    word: str = ""
    last: str = ""
    before: "Life | None" = None
    said: datetime | None = None
    open: frozenset[tuple[datetime, int]] = frozenset()
    dismissed: frozenset[tuple[datetime, int]] = frozenset()

    def after_report(self, now: datetime) -> "Life":
        """The same life, after a reader reported the text that is public."""
        return replace(self, open=self.open | {(now, self.revision)})

    def after(self, what: str, who: str, now: datetime) -> "Life | None":
        """The next state, or None where the act must be refused."""
        if what not in MAY[who] or (who == "system" and self._is_for_people(what, now)):
            return None
        if who == "reports" and not self._may_be_held_by_reports():
            return None
        if what == "undo":
            return self._undone(now)
        sources, to = MOVES[what]
        if self.status not in sources or (what.endswith("_edit") and self.proposed is None):
            return None
        status = to or self.status
        revision, proposed, newest = self._text(what)
        word, said = (what, now) if who in PEOPLE else (self.word, self.said)
        open_now, dismissed = self.open, self.dismissed
        if what in ("withdraw", "erase") or (who in PEOPLE and what in SETTLES):
            open_now = frozenset()
        if who in PEOPLE and what == "approve":
            dismissed |= self.open
        return Life(status, now, revision, proposed, newest, word, what, self, said, open_now, dismissed)

    def _may_be_held_by_reports(self) -> bool:
        if not self.open or self.revision in {revision for _, revision in self.dismissed}:
            return False
        return self.said is None or self.said < min(moment for moment, _ in self.open)

    def _is_for_people(self, what: str, now: datetime) -> bool:
        if what == "erase":
            return self.status != "spam" or now < self.since + RETENTION
        if what in ("accept_edit", "approve") and self.open:
            return True
        if what == "accept_edit":
            return self.word not in ("", "approve", "accept_edit")
        return bool(self.word) or (what != "hold" and self.status != "pending")

    def _undone(self, now: datetime) -> "Life | None":
        if self.before is None or self.last in STAYS:
            return None
        # What the act had settled is open again, what it had opened is settled again; later reports stay open.
        was, then = self.before, frozenset(report for report in self.open if report[0] <= self.since)
        open_now = (self.open - (then - was.open)) | (was.open - then)
        if was.status not in ("published", "pending"):
            open_now = frozenset()  # refused again: nothing is left to decide about them, they were right
        return replace(
            was, since=now, newest=self.newest, word="undo", last="undo", before=self, said=now, open=open_now
        )

    def _text(self, what: str) -> tuple[int, int | None, int]:
        if what == "edit" and self.status == "published":
            return self.revision, self.newest + 1, self.newest + 1
        if what == "edit":
            return self.newest + 1, None, self.newest + 1
        if what in ("accept_edit", "hold") and self.proposed:
            return self.proposed, None, self.newest
        return self.revision, None, self.newest
