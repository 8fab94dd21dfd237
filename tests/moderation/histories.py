"""Random histories: trees of comments on two posts, and acts of everybody upon them, wise and unwise ones alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from blog.models import Post, User
from comments import submission
from comments.models import Comment, Revision
from moderation import actors, decisions, reports
from moderation.decisions import DecisionError
from moderation.models import Decision, Report
from moderation.transitions import possible
from tests import cast
from tests.moderation.life import MAY, MOVES, Life

HISTORIES, TREES, ACTS = 36, 6, 24  # how many, comments in each, acts on them
STARTS = ["pending", "pending", "published", "published", "published", "rejected", "spam", "unconfirmed"]
WHO = ["moderator", "editor", "system", "sender", "reports"]


KIND = {"system": "system", "reports": "system", "sender": "sender"}


@dataclass(frozen=True)
class Act:
    """What somebody tries to do to the comment with this number; `back` picks the decision that an undo names."""

    who: str
    what: str
    which: int
    stale: bool
    back: int


@dataclass
class Moment:
    """Every row that an act could touch, by table and key."""

    comments: dict[int, dict[str, Any]]
    posts: dict[int, dict[str, Any]]
    revisions: dict[int, dict[str, Any]]
    decisions: dict[int, dict[str, Any]]
    reports: dict[int, dict[str, Any]]

    @classmethod
    def now(cls) -> "Moment":
        tables = (Comment, Post, Revision, Decision, Report)
        return cls(*({row["id"]: row for row in table.objects.order_by("pk").values()} for table in tables))


@dataclass(repr=False)
class Step:
    """One act: what it should lead to by the model, what it raised, and everything before and after."""

    act: Act
    now: datetime
    expected: Life | None
    was: Moment
    became: Moment
    refused: DecisionError | None
    undid: int | None = None

    def __repr__(self) -> str:
        return f"{self.act} to {self.row_before['status']}, {self.refused or 'done'}"

    @property
    def what(self) -> str:
        return self.act.what

    @property
    def comment(self) -> int:
        return self.act.which

    @property
    def row_before(self) -> dict[str, Any]:
        return self.was.comments[self.comment]

    @property
    def row(self) -> dict[str, Any]:
        return self.became.comments[self.comment]

    @property
    def written(self) -> list[dict[str, Any]]:
        return [row for key, row in self.became.decisions.items() if key not in self.was.decisions]


def look_away(comment_id: int) -> None:
    """A screener that judges nothing, so that every change is the act's own."""


@dataclass
class World:
    """The people and posts of a history. Everything that `play` does is rolled back after it."""

    people: dict[str, User]
    posts: list[Post]
    comments: list[int] = field(default_factory=list)
    lives: dict[int, Life] = field(default_factory=dict)

    @classmethod
    def made(cls, author: User, moderator: User, editor: User, stranger: User) -> "World":
        people = {"moderator": moderator, "editor": editor, "stranger": stranger}
        return cls(people, [cast.post(author), cast.post(author)])

    def play(self, seed: int) -> list[Step]:
        """Plant a tree, do acts upon it one by one, and return each with its before and after; all from the seed."""
        chance, now, steps = Random(seed), timezone.now() + timedelta(days=1), []
        with rolled_back():
            self.plant(chance)
            for _ in range(ACTS):
                now += timedelta(days=100 if chance.random() < 0.1 else 0, minutes=1)
                if chance.random() < 0.3:
                    self.complain(chance, now - timedelta(seconds=30))
                steps.append(self.step(self._act(chance), now))
        return steps

    def plant(self, chance: Random) -> None:
        """A reply hangs under any earlier comment, whatever its status is."""
        self.comments, self.lives = [], {}
        made: list[Comment] = []
        for _ in range(TREES):
            above, status = chance.choice([None, *made]), chance.choice(STARTS)
            made.append(cast.comment(above.post if above else chance.choice(self.posts), status, above))
            self.comments.append(made[-1].pk)
            self.lives[made[-1].pk] = Life(status, made[-1].created_at)

    def complain(self, chance: Random, now: datetime) -> None:
        """A reader reports one of the public comments; that is no act upon it, and holds nothing by itself here."""
        public = [key for key in self.comments if self.lives[key].status == "published"]
        if public:
            comment = Comment.objects.get(pk=chance.choice(public))
            Report.objects.create(
                comment=comment, revision=comment.revision, reason="spam", weight=1, network=f"1:{now}", created_at=now
            )
            reports.recount(comment, now)
            self.lives[comment.pk] = self.lives[comment.pk].after_report(now)

    def step(self, act: Act, now: datetime) -> Step:
        comment, life, was = Comment.objects.get(pk=act.which), self.lives[act.which], Moment.now()
        made = list(Decision.objects.filter(comment=comment).order_by("-pk").values_list("pk", flat=True))
        undid = made[min(act.back, len(made) - 1)] if act.what == "undo" and made else None
        expected = life.after(act.what, act.who, now)
        if act.stale or (act.what == "undo" and undid != (made or [None])[0]):
            expected = None
        refused = None
        try:
            self._do(act, comment, comment.version - 1 if act.stale else comment.version, undid, now)
        except DecisionError as error:
            refused = error
        if expected is not None:
            self.lives[comment.pk] = expected
        return Step(act, now, expected, was, Moment.now(), refused, undid)

    def _act(self, chance: Random) -> Act:
        """Three times in four an act that the comment's state allows; the ends of a life come seldom."""
        which, stale, back = chance.choice(self.comments), chance.random() < 0.1, int(chance.random() < 0.2)
        comment = Comment.objects.get(pk=which)
        wise = [
            (who, what)
            for who in WHO
            for what in [*possible(comment, KIND.get(who, "person")), "undo"]
            if what in MAY[who] and (what not in ("erase", "withdraw") or chance.random() < 0.1)
        ]
        if not wise or chance.random() < 0.25:
            return Act(chance.choice([*WHO, "stranger"]), chance.choice([*MOVES, "undo"]), which, stale, back)
        return Act(*chance.choice(wise), which, stale, back)

    def _do(self, act: Act, comment: Comment, seen: int, undid: int | None, now: datetime) -> None:
        what = act.what
        if act.who == "sender" and what == "edit":
            text = f"Edited at {now}."
            submission.edit(comment, text, f"<p>{text}</p>", seen, None, now)
            return
        if act.who == "sender" and what == "withdraw":
            submission.withdraw(comment, seen, now)
            return
        actor = {"system": actors.system("policy-2"), "reports": actors.system("reports-1"), "sender": actors.sender()}
        actor = actor.get(act.who)
        actor = actor or actors.person(self.people[act.who])
        if what != "undo":
            reason = "off_topic" if what == "reject" else ""
            decisions.decide(comment.pk, what, seen=seen, actor=actor, reason=reason, revision=1, now=now)
        elif undid is None:
            raise decisions.NothingToUndo  # there is no number that one could ask for
        else:
            decisions.undo(undid, seen=seen, actor=actor, now=now)


@contextmanager
def rolled_back() -> Iterator[None]:
    """A block whose writes are gone after it: every example of a property starts from the same rows."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
