"""The findings of one screening as the desk shows them: the few that weigh most, and the rest out of the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from moderation import likelihood
from moderation.filters.learned import ORDERED
from moderation.filters.relevance import COPIED, OFF_TOPIC, TAKES_UP
from moderation.models import Review, Signal
from moderation.verdict import MUST_HOLD, probability_of

FIELDS = ("name", "website", "body")
STORED = Signal._meta.get_field("says").max_length  # characters of a finding; a reason stands in full
#: So many findings are shown by their weight; what moderators must see comes on top of them.
MOST_SHOWN = 3
#: The family of the parts of the classifier's score. A screening with such a part has a score that means a probability.
LEARNED = "learned"
#: The part that is the same for every comment of the day. It is where the sum begins, and no finding about this one.
BASE = "learned_site"
#: Shown first and whatever else there is: what holds a comment by itself, however little it weighs.
HOLDING = MUST_HOLD | {COPIED, OFF_TOPIC}
#: A part that says less exactly what one of these findings says too stands among the smaller ones.
SAID_BY = {"learned_relevance": frozenset({OFF_TOPIC, TAKES_UP})}
#: Families that are shown where they weigh anything: what no browser sends, and who the sender is.
ALWAYS_WITH_WEIGHT = frozenset({"form", "history"})
LEAST_SHOWN = 0.05  # a weight under it is shown as 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A signal as a line of the list.

    Attributes:
        number: under which the text cites it; 0 for one that the text does not cite.
        strength: its weight in words.
    """

    number: int
    code: str
    says: str
    weight: float
    strength: str

    @property
    def cites(self) -> bool:
        return self.number > 0


@dataclass(frozen=True, slots=True)
class Findings:
    """What the filters found in one comment.

    Attributes:
        shown: those that weigh most and those that moderators must see, in the direction of the verdict first.
        smaller: all others, heaviest first, and `together` the sum of their weights.
        spans: what the shown ones cite, by field: (number, start, end).
        adds_up: where the sum of weights begins, what it comes to and what that means, in words; "" where a score means
            no probability.
    """

    shown: tuple[Finding, ...] = ()
    smaller: tuple[Finding, ...] = ()
    together: float = 0.0
    spans: dict[str, list[tuple[int, int, int]]] | None = None
    adds_up: str = ""

    def __bool__(self) -> bool:
        return bool(self.shown or self.smaller)

    @property
    def rest_says(self) -> str:
        """How many are not shown, and what they weigh together."""
        if not (many := len(self.smaller)):
            return ""
        if not any(finding.weight for finding in self.smaller):
            return f"and {many} that {'weighs' if many == 1 else 'weigh'} nothing"
        together = to_one_decimal(self.together, "+")
        return f"and 1 smaller one, {together}" if many == 1 else f"and {many} smaller ones, together {together}"

    @property
    def titles(self) -> dict[int, str]:
        """The words of the findings that the text cites, by number."""
        return {finding.number: finding.says for finding in self.shown if finding.number}

    def cited(self, field: str) -> list[tuple[int, int, int]]:
        """What is cited in a field of the comment."""
        return (self.spans or {}).get(field, [])


def of_review(review: Review | None, signals: Iterable[Signal], leave_out: Iterable[str] = ()) -> Findings:
    """The findings of a screening, ordered for reading.

    Args:
        signals: of that screening.
        leave_out: texts beside the list; what weighs nothing and is said in one of them already is left out.
    """
    signals = list(signals)
    texts = " ".join(leave_out)
    kept = [one for one in signals if one.code != BASE and (one.weight or one.says not in texts)]
    chosen = shown_first(kept, _towards(review))
    lines, spans = [], {}
    for signal in chosen:
        at = _spans(signal)
        number = 1 + sum(line.cites for line in lines) if at else 0
        lines.append(_finding(signal, number))
        for field, start, end in at:
            spans.setdefault(field, []).append((number, start, end))
    left = {id(signal) for signal in chosen}
    smaller = sorted((one for one in kept if id(one) not in left), key=lambda one: -abs(one.weight))
    return Findings(
        shown=tuple(lines),
        smaller=tuple(_finding(signal, 0) for signal in smaller),
        together=fsum(signal.weight for signal in smaller),
        spans=spans,
        adds_up=_adds_up(review, signals),
    )


def shown_first(signals: Iterable[Signal], towards: int) -> list[Signal]:
    """The signals to show: the three that weigh most, and those that moderators must see.

    Args:
        towards: 1 where what speaks for spam comes first, -1 where what speaks against it does.
    """
    heaviest = sorted(signals, key=lambda one: -abs(one.weight))
    must = [signal for signal in heaviest if _must_be_seen(signal)]
    told = {signal.code for signal in heaviest}
    others = [one for one in heaviest if not _must_be_seen(one) and not told & SAID_BY.get(one.code, frozenset())]
    chosen = must + others[:MOST_SHOWN]
    return sorted(chosen, key=lambda one: (not _holds(one), one.weight * towards <= 0, -abs(one.weight)))


def because(review: Review, signals: Iterable[Signal]) -> list[str]:
    """The reasons of a review that are more than a repetition of its findings."""
    said = {signal.says for signal in signals}
    return [why for why in review.why if why[:STORED] not in said]


def strength(weight: float) -> str:
    """A weight in words. The table of verdict.py holds from about 3 and files as spam from about 8."""
    if weight == 0:
        return "to know"
    if abs(weight) < LEAST_SHOWN:
        return "next to nothing"
    if weight < 0:
        return "slightly reassuring" if weight > -1 else "strongly reassuring" if weight <= -3 else "reassuring"
    for least, word in ((8, "decisive"), (3, "strong"), (1, "moderate")):
        if weight >= least:
            return word
    return "slight"


def to_one_decimal(weight: float, sign: str = "-") -> str:
    """A weight for reading: "4.2", "0" or minus 0.3; with "+" as `sign` also "+4.2"."""
    rounded = round(weight, 1)
    return f"{rounded:{sign}g}".replace("-", "\N{MINUS SIGN}") if rounded else "0"


def _towards(review: Review | None) -> int:
    return -1 if review is not None and review.outcome == Review.Outcome.PUBLISH else 1


def _family(signal: Signal) -> str:
    return signal.code.partition("_")[0]


def _is_ordered(signal: Signal) -> bool:
    return _family(signal) in ORDERED


def _holds(signal: Signal) -> bool:
    return _is_ordered(signal) or signal.code in HOLDING


def _must_be_seen(signal: Signal) -> bool:
    return _holds(signal) or (abs(signal.weight) >= LEAST_SHOWN and _family(signal) in ALWAYS_WITH_WEIGHT)


def _spans(signal: Signal) -> list[tuple[str, int, int]]:
    """Stored spans of the shown fields; what is none is left out."""
    found = []
    for span in signal.spans if isinstance(signal.spans, list) else ():
        match span:
            case [str(where), int(start), int(end)] if where in FIELDS:
                found.append((where, start, end))
    return found


def _finding(signal: Signal, number: int) -> Finding:
    says = "holds by itself" if _holds(signal) and abs(signal.weight) < LEAST_SHOWN else strength(signal.weight)
    return Finding(number, signal.code, signal.says, signal.weight, says)


def _adds_up(review: Review | None, signals: list[Signal]) -> str:
    if review is None or not any(_family(signal) == LEARNED for signal in signals):
        return ""
    base = next((one for one in signals if one.code == BASE), None)
    begins = f"Counted from {to_one_decimal(base.weight)} ({base.says}), " if base else ""
    rules = "rules aside, it comes" if any(map(_is_ordered, signals)) else "it comes"
    chance = likelihood.in_100(probability_of(review.score))
    says = f"{begins}{rules} to {to_one_decimal(review.score)}: {chance} like this are spam."
    return says[0].upper() + says[1:]
