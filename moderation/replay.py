"""Recorded screenings judged again: by the rules of then or others, always by today's filters and today's table.

A Review keeps all that the policy was told besides the texts, and the texts stand in the comment and its revisions. So
today's policy over a recorded screening gives its outcome, score and findings exactly, unless the policy has changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import QuerySet

from comments.models import Revision
from moderation import filters, rule_numbers
from moderation.filters.evidence import Evidence, RuleFact, Signal, Span, UnreadableEvidence
from moderation.filters.learned import weigh
from moderation.models import Review, Rule
from moderation.strictness import NORMAL
from moderation.verdict import UnknownMode, Verdict, judge, stand_back

SAYS = 300  # characters of a finding that are stored


class NotReplayable(Exception):
    """Why a screening cannot be judged again: it was erased, or it broke when it was made."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the policy makes of a comment."""

    outcome: str
    score: float
    signals: tuple[Signal, ...]
    why: tuple[str, ...]


class RuleBook:
    """All rules that were ever in force, by number, read once."""

    def __init__(self, *also: Rule) -> None:
        rows = Rule.objects.known().values_list("pk", "kind", "text", "effect", "state")
        self.facts = {pk: RuleFact(pk, kind, text, effect) for pk, kind, text, effect, _ in rows}
        self.on = frozenset(pk for pk, *_, state in rows if state == Rule.State.ON)
        self.facts |= {rule.pk: RuleFact(rule.pk, rule.kind, rule.text, rule.effect) for rule in also}

    def named(self, numbers: Iterable[int]) -> tuple[RuleFact, ...]:
        """The rules with these numbers, in their order. Raises NotReplayable."""
        try:
            return tuple(self.facts[number] for number in numbers)
        except KeyError as missing:
            raise NotReplayable(f"rule {missing} is not there any more") from None


class Recorded:
    """One screening with the texts that it was about."""

    def __init__(self, review: Review, body: str | None) -> None:
        self.review, self.body = review, body

    @cached_property
    def evidence(self) -> Evidence:
        """What the filters were told, without rules. Raises NotReplayable."""
        review = self.review
        if review.error:
            raise NotReplayable("broke when it was screened")
        if not review.facts or self.body is None:
            raise NotReplayable("erased")
        comment = review.comment
        texts = {"name": comment.name, "email": comment.email, "website": comment.website, "body": self.body}
        try:
            return Evidence.from_json({**review.facts, **texts, "rules": []})
        except UnreadableEvidence:
            raise NotReplayable("recorded by another version") from None

    @property
    def rules(self) -> list[int]:
        """Numbers of the rules that it was judged by."""
        return rule_numbers.numbers(self.review.facts.get("rules", []))

    def evidence_with(self, rules: tuple[RuleFact, ...]) -> Evidence:
        """What the filters were told, with other rules. Raises NotReplayable."""
        return replace(self.evidence, rules=rules)

    def judged_by(self, rules: tuple[RuleFact, ...]) -> Conclusion:
        """What today's policy says with these rules. Raises NotReplayable, or filters.FilterFailed."""
        evidence = self.evidence_with(rules)
        return self.concluded(weigh(filters.run(evidence), evidence.learned))

    def concluded(self, signals: Iterable[Signal], strictness: str = "") -> Conclusion:
        """What today's table makes of findings, in the mode and with the trust of then. Raises NotReplayable.

        Args:
            strictness: another one than that of then.
        """
        signals, review = list(signals), self.review
        try:
            verdict: Verdict = judge(
                signals,
                mode=review.mode,
                trusted=review.trusted,
                staff=self.evidence.staff,
                strictness=strictness or review.facts.get("strictness", NORMAL),
            )
            verdict = stand_back(verdict, review.facts.get("stepped_back", {}))
        except UnknownMode:
            raise NotReplayable("screened in a mode that is no more") from None
        kept = tuple(replace(signal, says=signal.says[:SAYS]) for signal in signals)
        return Conclusion(verdict.outcome, verdict.score, kept, verdict.why)


def recorded_before(below: int | None, most: int, among: QuerySet | None = None) -> list[Recorded]:
    """The newest `most` screenings under the number `below`, in two queries.

    Args:
        below: None to begin at the newest.
        among: a queryset of reviews; all, if None.
    """
    found = (Review.objects.all() if among is None else among).order_by("-pk")
    if below is not None:
        found = found.filter(pk__lt=below)
    return with_texts(found[:most])


def with_texts(found: QuerySet) -> list[Recorded]:
    """Reviews of a queryset with the texts that they were about."""
    columns = ("name", "email", "website", "status")
    reviews = list(found.select_related("comment").only(*_REVIEW, *(f"comment__{name}" for name in columns)))
    bodies = {
        (comment, number): body
        for comment, number, body in Revision.objects.filter(
            comment__in={review.comment_id for review in reviews}
        ).values_list("comment", "number", "body")
    }
    return [Recorded(review, bodies.get((review.comment_id, review.revision))) for review in reviews]


def as_recorded(review: Review) -> Conclusion:
    """The conclusion that was stored, to compare with. One query, or none where the signals were prefetched."""
    stored = sorted(review.signals.all(), key=lambda signal: signal.pk)
    signals = tuple(
        Signal(one.code, one.weight, one.says, tuple(Span.from_json(span) for span in one.spans), one.rule_id)
        for one in stored
    )
    return Conclusion(review.outcome, review.score, signals, tuple(review.why))


_REVIEW = (
    "comment",
    "revision",
    "policy",
    "mode",
    "trusted",
    "outcome",
    "score",
    "why",
    "facts",
    "error",
    "created_at",
)
