"""Cards in memory: comments looked up by their numbers and weighed as in life, without a database."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta

from moderation.campaigning import WINDOW, Facts, place
from moderation.joining_campaigns import CANDIDATES, FULL


class Table:
    """Everything that was added is still pending; the numbers of the comments must be different."""

    def __init__(self, window: timedelta = WINDOW) -> None:
        self.window = window
        self.cards: dict[int, int] = {}
        self.seen: dict[int, Facts] = {}
        self.keys: dict[int, list[int]] = defaultdict(list)

    def add(self, newcomer: Facts) -> None:
        """Put one comment where it belongs; cards that it ties together become one."""
        rows = {key: [pk for pk in self.keys[key] if self._near(newcomer, pk)] for key in newcomer.traces.keys}
        if newcomer.network:
            rows[f"{newcomer.network} {newcomer.at:%j %H}"] = self.keys[f"{newcomer.network} {newcomer.at:%j %H}"][:]
        shared = Counter(pk for found in rows.values() for pk in found)
        nearest = sorted(shared, key=lambda pk: (-shared[pk], -pk))[:CANDIDATES]
        placement = place(newcomer, [replace(self.seen[pk], card=self.cards.get(pk)) for pk in nearest])
        if placement:
            ids = {newcomer.id, *placement.loose} | {pk for pk, card in self.cards.items() if card in placement.cards}
            self.cards |= dict.fromkeys(ids, newcomer.id)
        for key, found in rows.items():
            if len(found) < FULL:
                self.keys[key].append(newcomer.id)
        self.seen[newcomer.id] = newcomer

    def groups(self) -> list[set[int]]:
        """The cards, as the numbers of their members."""
        found: dict[int, set[int]] = defaultdict(set)
        for pk, card in self.cards.items():
            found[card].add(pk)
        return list(found.values())

    def _near(self, newcomer: Facts, pk: int) -> bool:
        return newcomer.at - self.seen[pk].at <= self.window
