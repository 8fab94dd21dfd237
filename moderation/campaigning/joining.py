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


def place(
    newcomer: Facts,
    candidates: Iterable[Facts],
    ordinary: frozenset[str] = frozenset(),
    settled: set[int] | None = None,
) -> Placement:
    """Decide by the newcomer's ties to candidates; any member of a card may be the one it is tied to.

    The cards that it is sure to join are added to `settled` on the way: who makes the candidates one by one may leave
    out what else is on these. Linear in the number of candidates, which the caller bounds.
    """
    strong: list[Facts] = []
    weak: dict[int | None, list[Facts]] = defaultdict(list)
    for candidate in candidates:
        match tie(newcomer, candidate, ordinary):
            case Tie.STRONG:
                strong.append(candidate)
                if settled is not None and candidate.card is not None:
                    settled.add(candidate.card)
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
