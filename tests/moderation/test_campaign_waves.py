"""Waves of three hundred variants, however they are made, become at most three cards."""

import pytest

from tests.moderation import waves
from tests.moderation.alike import facts
from tests.moderation.card_table import Table

HONEST = [
    "My hearing got worse at concerts too. Has anybody tried the plugs that musicians use?",
    "I work at home since spring and the kitchen table was the worst idea, my back hurts every day.",
    "Doctor or not, I would rather ring the insurer first and ask what is refunded in our country.",
    "Dear all, I found a great method to sharpen saws: clamp two boards and go slowly.",
]


@pytest.mark.parametrize("kind", waves.KINDS)
def test_a_wave_becomes_at_most_three_cards(kind: str) -> None:
    table = Table()
    for number, variant in enumerate(waves.wave(kind)):
        table.add(facts(number, variant.body, variant.website, network=variant.network))
        if number % 75 == 0:
            table.add(facts(1000 + number, HONEST[number // 75]))
    groups = table.groups()
    assert len(groups) <= 3
    assert sum(map(len, groups)) == 300, "every variant is on a card"
    assert not any(member >= 1000 for group in groups for member in group), "and no honest comment"
