"""What a rule would change: recorded comments judged with it and without it, the newest first, a step at a time.

"With" and "without" both have today's other rules, so that the difference is this rule's alone. Most comments do not
meet the rule, and for them nothing can change: a rule only adds findings of its own. Only those that it hits are judged
in full.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter

from django.db.models import Exists, OuterRef, Q, QuerySet

from blog.models import User
from moderation.filters import rules as rule_filter
from moderation.filters.evidence import RuleFact, Signal
from moderation.filters.reading import Reading
from moderation.models import Decision, Replay, Review, Rule
from moderation.replay import NotReplayable, Recorded, RuleBook, recorded_before

CHUNK = 250
#: One request looks at no more than this, and no longer.
MOST_A_STEP, SECONDS_A_STEP = 20_000, 4.0
MOST_EXAMPLES = 10
DAYS = (7, 30, 90, None)

A = Decision.Action
APPROVING = frozenset({A.APPROVE.value, A.NOT_SPAM.value, A.ACCEPT_EDIT.value})
REFUSING = frozenset({A.REJECT.value, A.SPAM.value, A.REFUSE_EDIT.value})


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of the rules does to one screening that the rule hits.

    Attributes:
        move: as in "publish>hold"; "" where the outcome stays.
        caught: the rule that would be added hits, and the comment would not be published.
        freed: the comment would be published now.
        hit: the rule in question hits.
    """

    move: str
    caught: bool
    freed: bool
    hit: bool


class Change:
    """Today's rules with a draft put in force, or with a rule retired."""

    def __init__(self, rule: Rule) -> None:
        book = RuleBook(rule)
        gone = [rule.pk] if rule.is_on else [rule.predecessor_id] if rule.predecessor_id in book.on else []
        self.added = frozenset() if rule.is_on else frozenset({rule.pk})
        self.removed = frozenset(gone)
        self.in_question: tuple[RuleFact, ...] = book.named(sorted(self.added | self.removed))
        self.all: tuple[RuleFact, ...] = book.named(sorted(book.on | self.added))

    def effect(self, one: Recorded) -> Effect | None:
        """What it does to a screening, or None where no rule in question hits. Raises NotReplayable."""
        evidence = one.evidence_with(self.in_question)
        found = {signal.rule for signal in rule_filter.find(evidence, Reading(evidence))}
        if not found:
            return None
        signals = one.judged_by(self.all).signals
        without = one.concluded(self._but(signals, self.added)).outcome
        then = one.concluded(self._but(signals, self.removed)).outcome
        moved = without != then
        return Effect(
            move=f"{without}>{then}" if moved else "",
            caught=bool(found & self.added) and then != "publish",
            freed=moved and then == "publish",
            hit=bool(found & (self.added or self.removed)),
        )

    @staticmethod
    def _but(signals: Iterable[Signal], numbers: frozenset[int]) -> list[Signal]:
        return [signal for signal in signals if signal.rule not in numbers]


def begin(rule: Rule, days: int | None, *, by: User, now: datetime) -> Replay:
    """Begin a replay anew; the one before is forgotten. `days` None goes back to the first comment."""
    fresh = {field.name: field.get_default() for field in Replay._meta.concrete_fields if field.has_default()}
    return Replay.objects.update_or_create(
        rule=rule,
        defaults={
            **fresh,
            "retiring": rule.is_on,
            "days": days,
            "started_by": by,
            "started_at": now,
            "place": None,
            "reached": None,
        },
    )[0]


def go_on(replay: Replay, seconds: float = SECONDS_A_STEP, most: int = MOST_A_STEP) -> Replay:
    """One step further back. Returns the replay as it then stands; another's step of the same replay is kept."""
    if replay.finished:
        return replay
    replay, start = deepcopy(replay), replay.place
    change, started = Change(replay.rule), perf_counter()
    since = replay.started_at - timedelta(days=replay.days) if replay.days else None
    looked = 0
    while not replay.finished and looked < most and perf_counter() - started < seconds:
        chunk = recorded_before(replay.place, CHUNK, newest_of_each())
        within = [one for one in chunk if since is None or one.review.created_at >= since]
        _look(replay, change, within)
        looked += len(chunk)
        replay.finished = len(within) < CHUNK
        if within:
            replay.place, replay.reached = within[-1].review.pk, within[-1].review.created_at
    columns = (
        "place",
        "reached",
        "finished",
        "looked",
        "unreadable",
        "hits",
        "moves",
        "against",
        "agreeing",
        "examples",
    )
    now_as_before = Replay.objects.filter(pk=replay.pk, started_at=replay.started_at, finished=False, place=start)
    if start is None:
        now_as_before = Replay.objects.filter(
            pk=replay.pk, started_at=replay.started_at, finished=False, place__isnull=True
        )
    now_as_before.update(**{name: getattr(replay, name) for name in columns})
    return Replay.objects.select_related("rule", "started_by").get(pk=replay.pk)


def newest_of_each() -> QuerySet:
    """The latest screening of every comment: what an edit replaced is not counted."""
    later = Review.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    return Review.objects.filter(~Exists(later))


def said_by_people(comments: Iterable[int]) -> dict[int, tuple[str, int]]:
    """The latest judgement of a person about each comment that was not undone: (action, revision judged)."""
    rows = Decision.objects.filter(
        Q(action__in=APPROVING | REFUSING),
        comment__in=comments,
        actor_kind=Decision.ActorKind.PERSON,
        reversed_by__isnull=True,
    )
    return {comment: (action, number) for comment, action, number in rows.order_by("pk").values_list(*_SAID)}


def _look(replay: Replay, change: Change, chunk: list[Recorded]) -> None:
    hits: list[tuple[Review, Effect]] = []
    for one in chunk:
        replay.looked += 1
        try:
            effect = change.effect(one)
        except NotReplayable:
            replay.unreadable += 1
            continue
        if effect:
            hits.append((one.review, effect))
    said = said_by_people(review.comment_id for review, _ in hits)
    for review, effect in hits:
        replay.hits += effect.hit
        if effect.move:
            replay.moves[effect.move] = replay.moves.get(effect.move, 0) + 1
            _example(replay, effect.move, review)
        action, number = said.get(review.comment_id, ("", 0))
        approved, refused = (number == review.revision and action in kind for kind in (APPROVING, REFUSING))
        if (approved and effect.caught) or (refused and effect.freed):
            replay.against += 1
            _example(replay, "against", review)
        elif (refused and effect.caught) or (approved and effect.freed):
            replay.agreeing += 1


def _example(replay: Replay, under: str, review: Review) -> None:
    kept = replay.examples.setdefault(under, [])
    if len(kept) < MOST_EXAMPLES:
        kept.append(review.pk)


_SAID = ("comment", "action", "revision")
