"""The rule by which automation steps back, on machines whose error is known: good ones seldom, bad ones soon."""

from random import Random

import pytest
from pytest_django import Settings

from moderation.automation import Measured

ROUNDS, CHECKS = 300, 400


def life(error: float, chance: Random) -> int | None:
    """After how many answered checks a machine that errs so often steps back; None if not within CHECKS."""
    seen: list[bool] = []
    for number in range(1, CHECKS + 1):
        seen = [*seen[-199:], chance.random() < error]
        if Measured("publish", seen.count(False), seen.count(True), 0, 0).too_often:
            return number
    return None


@pytest.mark.parametrize(("error", "most"), [(0.0, 0.0), (0.01, 0.02), (0.02, 0.08)])
def test_a_machine_that_errs_seldom_goes_on(error: float, most: float, settings: Settings) -> None:
    chance = Random(7)
    stepped_back = sum(life(error, chance) is not None for _ in range(ROUNDS))
    assert stepped_back / ROUNDS <= most


@pytest.mark.parametrize(("error", "within"), [(0.2, 60), (0.3, 60), (0.5, 20)])
def test_a_machine_that_errs_more_often_than_the_limit_steps_back_soon(error: float, within: int) -> None:
    chance = Random(8)
    lives = sorted(life(error, chance) or CHECKS + 1 for _ in range(ROUNDS))
    assert lives[int(ROUNDS * 0.95)] <= within + 1
