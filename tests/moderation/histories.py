"""Random histories: trees of comments on two posts, and acts of everybody upon them, wise and unwise ones alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from blog.models import Post, User
from comments import submission
from comments.models import Comment, Revision
from moderation import actors, decisions
from moderation.decisions import DecisionError
from moderation.models import Decision
from moderation.transitions import possible
from tests import cast
from tests.moderation.life import MAY, MOVES, Life

few = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
STARTS = ["pending", "pending", "published", "published", "rejected", "spam", "unconfirmed"]


@dataclass(frozen=True)
class Act:
    """`which` picks the comment; with `wise` the act is picked from those that the comment's state allows."""

    who: str
    what: str
    which: int
    wise: int | None
    stale: bool
    late: bool
    back: int


acts = st.builds(
    Act,
    who=st.sampled_from(["moderator", "moderator", "editor", "system", "system", "sender", "sender", "stranger"]),
    what=st.sampled_from([*MOVES, "undo", "undo"]),
    which=st.integers(0, 3),
    wise=st.one_of(st.none(), st.integers(0, 9), st.integers(0, 9)),
    stale=st.sampled_from([False] * 5 + [True]),
    late=st.sampled_from([False] * 5 + [True]),
    back=st.sampled_from([0, 0, 0, 1]),
)
# (post, parent or none, status) of each comment: a reply hangs under an earlier one, whatever its status is.
trees = st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.sampled_from(STARTS)), min_size=1, max_size=4)
histories = st.lists(acts, min_size=4, max_size=14)


@dataclass
class Moment:
    """Every row that an act could touch, by table and key."""

    comments: dict[int, dict[str, Any]]
    posts: dict[int, dict[str, Any]]
    revisions: dict[int, dict[str, Any]]
    decisions: dict[int, dict[str, Any]]

    @classmethod
    def now(cls) -> "Moment":
        tables = (Comment, Post, Revision, Decision)
        return cls(*({row["id"]: row for row in table.objects.values()} for table in tables))


@dataclass
class Step:
    """One act: what it should lead to by the model, what it raised, and everything before and after."""

    act: Act
    what: str
    comment: int
    now: datetime
    expected: Life | None
    was: Moment
    became: Moment
    refused: DecisionError | None
    undid: int | None = None

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

    def play(self, tree: list[tuple], history: list[Act]) -> list[Step]:
        """Plant the tree, do the acts one by one, and return each with its before and after."""
        now, steps = timezone.now() + timedelta(days=1), []
        with rolled_back():
            self.plant(tree)
            for act in history:
                now += timedelta(days=100 if act.late else 0, minutes=1)
                steps.append(self.step(act, now))
        return steps

    def plant(self, tree: list[tuple]) -> None:
        self.comments, self.lives = [], {}
        made: list[Comment] = []
        for second, parent, status in tree:
            above = made[parent] if parent < len(made) else None
            comment = cast.comment(above.post if above else self.posts[second], status, above)
            made.append(comment)
            self.comments.append(comment.pk)
            self.lives[comment.pk] = Life(status, comment.created_at)

    def step(self, act: Act, now: datetime) -> Step:
        comment = Comment.objects.get(pk=self.comments[act.which % len(self.comments)])
        life, was = self.lives[comment.pk], Moment.now()
        what = self._chosen(act, comment)
        seen = comment.version - 1 if act.stale else comment.version
        made = list(Decision.objects.filter(comment=comment).order_by("-pk").values_list("pk", flat=True))
        undid = made[min(act.back, len(made) - 1)] if what == "undo" and made else None
        expected = life.after(what, act.who, now)
        if act.stale or (what == "undo" and undid != (made or [None])[0]):
            expected = None
        refused = None
        try:
            self._do(act, what, comment, seen, undid, now)
        except DecisionError as error:
            refused = error
        if expected is not None:
            self.lives[comment.pk] = expected
        return Step(act, what, comment.pk, now, expected, was, Moment.now(), refused, undid)

    def _chosen(self, act: Act, comment: Comment) -> str:
        if act.wise is None:
            return act.what
        kind = act.who if act.who in ("system", "sender") else "person"
        wise = [what for what in [*possible(comment, kind), "undo"] if what in MAY[act.who]] or [act.what]
        return wise[act.wise % len(wise)]

    def _do(self, act: Act, what: str, comment: Comment, seen: int, undid: int | None, now: datetime) -> None:
        if act.who == "sender" and what == "edit":
            text = f"Edited at {now}."
            submission.edit(comment, text, f"<p>{text}</p>", seen, None, now)
            return
        if act.who == "sender" and what == "withdraw":
            submission.withdraw(comment, seen, now)
            return
        actor = {"system": actors.system("policy-1"), "sender": actors.sender()}.get(act.who)
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
