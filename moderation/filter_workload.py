"""What other lines would have done: recorded scores judged anew by the policy's rules, modes and exceptions."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from django.db.models.functions import Substr
from django.utils.text import Truncator

from comments.models import Comment
from moderation import plots
from moderation.classifier.trial import Lines
from moderation.filters.evidence import Signal
from moderation.likelihood import in_100, percent_of
from moderation.screened import Screened
from moderation.strictness import STRICTNESS
from moderation.verdict import LINES, MODES, judge, suspicion_at

#: Lines to hold from that are tried beside the setting's own.
TRIED = (0.02, 0.04, 0.06, 0.10, 0.15, 0.20, 0.30, 0.40, 0.50)
MOST_EXAMPLES, EXCERPT_CHARS, READ_CHARS = 20, 140, 400
SERIES = (("to-publish", "Published"), ("to-hold", "Held for a person"), ("to-spam", "Filed as spam"))
DONE = {"publish": "published", "hold": "held", "spam": "filed as spam"}

#: The lines by rising probability; between two of them the score makes no difference.
RISING = ("stray", "hold", "spam", "answer")


@dataclass(frozen=True, slots=True)
class Tried:
    """What some lines would have done with all comments, and with those that people judged."""

    lines: Lines
    current: bool
    published: int
    held: int
    filed: int
    leaked: int
    held_fine: int
    filed_fine: int
    word: str = ""

    @property
    def hold_says(self) -> str:
        return in_100(self.lines.hold)

    @property
    def hold_percent(self) -> str:
        return percent_of(self.lines.hold)

    @property
    def spam_percent(self) -> str:
        return percent_of(self.lines.spam)

    @property
    def spam_says(self) -> str:
        return in_100(self.lines.spam)

    @property
    def answer_says(self) -> str:
        return in_100(self.lines.answer)


@dataclass(frozen=True, slots=True)
class Example:
    """A comment that another setting would have treated otherwise."""

    comment: int
    name: str
    excerpt: str
    chance: str
    now: str
    then: str
    said: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """How another setting differs: how many comments by (from, to) in words, and some of them."""

    word: str
    changed: int
    moves: list[tuple[str, str, int]]
    examples: list[Example]


def tries(recent: Sequence[Screened], lines: Lines) -> list[Tried]:
    """What each of the lines in TRIED would have done, and the setting's own line among them."""
    holds, groups = sorted({*TRIED, lines.hold}), _grouped(recent)
    return [
        _tried(groups, replace(lines, hold=hold, stray=min(hold, lines.stray)), hold == lines.hold)
        for hold in holds
        if hold < lines.spam
    ]


def settings_beside(recent: Sequence[Screened], current: str) -> list[Tried]:
    """What each word of the setting would have done."""
    groups = _grouped(recent)
    return [_tried(groups, lines, word == current, word) for word, lines in STRICTNESS.items()]


def stacks(tried: Sequence[Tried]) -> plots.Stacks:
    """The plot of a range of lines: published, held and filed, at each."""
    return plots.stacks([(one.published, one.held, one.filed) for one in tried], [css for css, _ in SERIES])


def what_if(recent: Sequence[Screened], current: str, other: str) -> WhatIf:
    """What the other word of the setting would have changed. 1 query, none where it changes nothing."""
    moves: Counter[tuple[str, str]] = Counter()
    changed = []
    for one in recent:
        now, then = (outcome(one, STRICTNESS[word]) for word in (current, other))
        if now != then:
            moves[now, then] += 1
            changed.append((one, now, then))
    # What people judged says most; the list is newest first, and sorting keeps that.
    changed.sort(key=lambda each: each[0].spam is None)
    return WhatIf(
        word=other,
        changed=len(changed),
        moves=[(DONE[now], DONE[then], number) for (now, then), number in moves.most_common()],
        examples=_examples(changed[:MOST_EXAMPLES]),
    )


def outcome(one: Screened, lines: Lines) -> str:
    """What the policy would have done by these lines: "publish", "hold" or "spam".

    As if automation had not stepped back, so that what differs between two lines is the lines' doing alone.
    """
    reached = [name for name in RISING if one.score >= suspicion_at(getattr(lines, name))]
    where = reached[-1] if reached else ""
    return _judged(one.mode, one.trusted, one.staff, one.codes, where)


@lru_cache(maxsize=1024)
def _judged(mode: str, trusted: bool, staff: bool, codes: frozenset[str], where: str) -> str:
    """The verdict depends on the score only by the side of the lines on which it lies, so one of that side stands in.

    A mode that is no more holds, as the screener does with it.
    """
    if mode not in MODES:
        return "hold"
    score = LINES["normal"][where] if where else 0.0
    signals = [*(Signal(code, 0.0, code) for code in sorted(codes)), Signal("learned_all", score, "")]
    return judge(signals, mode=mode, trusted=trusted, staff=staff, strictness="normal").outcome


class _Alike(NamedTuple):
    """What screenings have in common that only their scores tell apart."""

    mode: str
    trusted: bool
    staff: bool
    codes: frozenset[str]
    spam: bool | None


def _grouped(recent: Iterable[Screened]) -> dict[_Alike, list[float]]:
    """The scores of screenings that are otherwise alike, ascending: so that no line needs all of them read again."""
    groups: dict[_Alike, list[float]] = {}
    for one in recent:
        groups.setdefault(_Alike(one.mode, one.trusted, one.staff, one.codes, one.spam), []).append(one.score)
    return {alike: sorted(scores) for alike, scores in groups.items()}


def _tried(groups: Mapping[_Alike, list[float]], lines: Lines, current: bool, word: str = "") -> Tried:
    counts: Counter[str] = Counter()
    said: Counter[tuple[str, bool | None]] = Counter()
    for alike, scores in groups.items():
        begins = [0, *(bisect_left(scores, suspicion_at(getattr(lines, name))) for name in RISING), len(scores)]
        for where, (begin, end) in zip(("", *RISING), pairwise(begins), strict=True):
            if number := end - begin:
                done = _judged(*alike[:-1], where)
                counts[done] += number
                said[done, alike.spam] += number
    return Tried(
        lines=lines,
        current=current,
        published=counts["publish"],
        held=counts["hold"],
        filed=counts["spam"],
        leaked=said["publish", True],
        held_fine=said["hold", False],
        filed_fine=said["spam", False],
        word=word,
    )


def _examples(changed: list[tuple[Screened, str, str]]) -> list[Example]:
    if not changed:
        return []
    texts = Comment.objects.filter(pk__in=[one.comment for one, _, _ in changed])
    shown = {
        pk: (name, Truncator(" ".join(start.split())).chars(EXCERPT_CHARS))
        for pk, name, start in texts.annotate(start=Substr("body", 1, READ_CHARS)).values_list("pk", "name", "start")
    }
    return [
        Example(one.comment, *shown[one.comment], in_100(one.p), DONE[now], DONE[then], _said(one))
        for one, now, then in changed
        if one.comment in shown
    ]


def _said(one: Screened) -> str:
    return "" if one.spam is None else "refused it" if one.spam else "found it fine"
