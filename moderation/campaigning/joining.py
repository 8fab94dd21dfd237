"""Which card a new comment joins: one, several that thereby become one, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .evidence import Facts, Tie, tie

#: Weak ties to so many different senders of one card join; so do they to so many that are loose.
SUPPORT = 3


@dataclass(frozen=True, slots=True)
class Placement:
    """What a new comment forms one card with: whole cards and loose comments, by number. Both empty: it stays alone."""

    cards: tuple[int, ...] = ()
    loose: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cards or self.loose)


def place(newcomer: Facts, candidates: Iterable[Facts], ordinary: frozenset[str] = frozenset()) -> Placement:
    """Decide by the newcomer's ties to candidates; any member of a card may be the one it is tied to.

    Linear in the number of candidates, which the caller bounds.
    """
    strong: list[Facts] = []
    weak: dict[int | None, list[Facts]] = defaultdict(list)
    for candidate in candidates:
        match tie(newcomer, candidate, ordinary):
            case Tie.STRONG:
                strong.append(candidate)
            case Tie.WEAK:
                weak[candidate.card].append(candidate)
    joined = strong + [each for group in weak.values() if _senders(group, newcomer) >= SUPPORT for each in group]
    return Placement(
        cards=tuple(sorted({each.card for each in joined if each.card is not None})),
        loose=tuple(sorted({each.id for each in joined if each.card is None})),
    )


def _senders(group: list[Facts], newcomer: Facts) -> int:
    """Different senders of a group, not counting the newcomer's own; an unknown sender is one of its own."""
    unknown = sum(each.sender is None for each in group)
    return unknown + len({each.sender for each in group} - {None, newcomer.sender})
