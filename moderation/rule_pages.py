"""What the pages about rules show: the list with hits, one rule with its latest hits, and its replay in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from comments.models import Comment
from moderation.citations import Piece, pieces
from moderation.filters import rules as rule_filter
from moderation.filters.evidence import RuleFact
from moderation.filters.reading import Reading
from moderation.foresight import APPROVING, said_by_people
from moderation.models import Replay, Review, Rule, Signal
from moderation.pages import Page, count_up_to, page_of
from moderation.replay import NotReplayable, Recorded, with_texts
from moderation.rule_hits import Hits, hits_of

SIZE = 50
MOST_COUNTED = 999
LATEST = 10
#: Characters of a text around the first place that a rule cites.
AROUND = 140
MOVES = (
    ("publish>spam", "newly filed as spam", "published now"),
    ("publish>hold", "newly held", "published now"),
    ("hold>spam", "newly filed as spam", "held now"),
    ("spam>hold", "newly held", "filed as spam now"),
    ("hold>publish", "newly let pass", "held now"),
    ("spam>publish", "newly let pass", "filed as spam now"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A rule on the list."""

    rule: Rule
    hits: Hits


@dataclass(frozen=True, slots=True)
class RuleList:
    """A page of the rules of one state, newest first. `tabs` are (label, address, count, current)."""

    state: str
    rows: list[Row]
    tabs: list[tuple[str, str, str, bool]]
    page: Page
    previous: str
    next: str
    first: str


@dataclass(frozen=True, slots=True)
class Example:
    """A comment that a rule hits: its text around the place, or nothing where it was erased.

    `said` is what a person decided about this very text, in words.
    """

    comment: Comment
    name: list[Piece]
    website: list[Piece]
    text: list[Piece]
    when: datetime
    said: str
    approved: bool


@dataclass(frozen=True, slots=True)
class Move:
    """Comments whose outcome changes in the same way: 3, "newly held", "published now"."""

    count: int
    does: str
    about: str
    examples: list[Example]


@dataclass(frozen=True, slots=True)
class Shown:
    """A replay in words."""

    replay: Replay
    moves: list[Move]
    against: list[Example]


def read(chosen: dict, now: datetime) -> RuleList:
    """The page that the cleaned data of a `RuleFilter` asks for."""
    state, text = chosen["state"], chosen["q"]
    found = Rule.objects.filter(state=state)
    page = page_of(
        [found],
        size=SIZE,
        descending=True,
        after=chosen["after"],
        before=chosen["before"],
        sift=(lambda rows: rows.filter(Q(text__icontains=text) | Q(note__icontains=text))) if text else None,
    )
    rules = Rule.objects.filter(pk__in=page.ids).select_related("created_by").order_by("-pk")
    hits = hits_of(page.ids, now)
    turned = chosen["after"] or chosen["before"]
    return RuleList(
        state=state,
        rows=[Row(rule, hits.get(rule.pk, Hits())) for rule in rules],
        tabs=[
            (
                {"on": "In force", "draft": "Drafts"}.get(code, label),
                _address(state=code),
                count_up_to([Rule.objects.filter(state=code)], MOST_COUNTED),
                code == state,
            )
            for code, label in (("on", "On"), ("draft", "Draft"), ("retired", "Retired"))
        ],
        page=page,
        previous=_address(state=state, q=text, before=page.previous) if page.previous else "",
        next=_address(state=state, q=text, after=page.next) if page.next else "",
        first=_address(state=state, q=text) if turned else "",
    )


def latest_hits(rule: Rule) -> list[Example]:
    """The newest comments that the rule hit."""
    newest = list(Signal.objects.filter(rule=rule).order_by("-pk").values_list("review", flat=True)[:LATEST])
    return examples(newest, rule)


def in_words(replay: Replay) -> Shown:
    """A replay with its examples, the comments to worry about first."""
    kept = replay.examples
    wanted = {number for numbers in kept.values() for number in numbers}
    found = dict(_examples(wanted, replay.rule))
    named = {under: [found[number] for number in numbers if number in found] for under, numbers in kept.items()}
    return Shown(
        replay,
        [
            Move(replay.moves[move], does, about, named.get(move, []))
            for move, does, about in MOVES
            if replay.moves.get(move)
        ],
        named.get("against", []),
    )


def examples(reviews: Iterable[int], rule: Rule) -> list[Example]:
    """Screenings as examples of a rule, newest first."""
    return [example for _, example in _examples(set(reviews), rule)]


def _examples(reviews: set[int], rule: Rule) -> list[tuple[int, Example]]:
    facts = [
        RuleFact(one.pk, one.kind, one.text, one.effect)
        for one in (rule, rule.predecessor if rule.is_draft else None)
        if one
    ]
    found = with_texts(_ordered(reviews))
    said = said_by_people(one.review.comment_id for one in found)
    return [(one.review.pk, _example(one, facts, said.get(one.review.comment_id))) for one in found]


def _ordered(reviews: set[int]) -> QuerySet:
    return Review.objects.filter(pk__in=reviews).order_by("-pk")


def _example(one: Recorded, facts: list[RuleFact], said: tuple[str, int] | None) -> Example:
    spans: dict[str, list[tuple[int, int, int]]] = {"name": [], "website": [], "body": []}
    try:
        for fact in facts:
            evidence = one.evidence_with((fact,))
            for signal in rule_filter.find(evidence, Reading(evidence)):
                for span in signal.spans:
                    spans[span.field].append((1, span.start, span.end))
    except NotReplayable:
        pass
    comment, (action, number) = one.review.comment, said or ("", 0)
    action = action if number == one.review.revision else ""
    return Example(
        comment=comment,
        name=_unnumbered(pieces(comment.name, spans["name"])),
        website=_unnumbered(pieces(comment.website, spans["website"])) if spans["website"] else [],
        text=_excerpt(one.body or "", spans["body"]),
        when=one.review.created_at,
        said="" if not action else "approved by a person" if action in APPROVING else "refused by a person",
        approved=action in APPROVING,
    )


def _excerpt(body: str, spans: list[tuple[int, int, int]]) -> list[Piece]:
    """The text around the first place cited, on one line."""
    first = min((start for _, start, _ in spans), default=0)
    start, end = max(0, first - AROUND // 2), min(len(body), first + AROUND)
    if start:  # at the beginning of a word, where there is one
        start = next((at + 1 for at in range(start, first) if body[at].isspace()), start)
    shifted = [(number, a - start, b - start) for number, a, b in spans]
    line = "".join(" " if character.isspace() else character for character in body[start:end])
    found = _unnumbered(pieces(line, shifted))
    if start:
        found = [Piece("… "), *found]
    return [*found, Piece(" …")] if end < len(body) else found


def _unnumbered(found: list[Piece]) -> list[Piece]:
    """Marked, without the number of the finding: here all marks are of one rule."""
    return [replace(piece, ends=()) for piece in found]


def _address(**query: object) -> str:
    kept = urlencode({name: value for name, value in query.items() if value and (name, value) != ("state", "on")})
    return reverse("moderation:rules") + (f"?{kept}" if kept else "")
