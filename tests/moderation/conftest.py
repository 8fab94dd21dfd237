"""The histories that the invariants of moderation are checked on."""

import pytest
from pytest_django import Settings

from blog.models import User
from tests.moderation.histories import HISTORIES, Step, World

_played: list[list[Step]] = []


@pytest.fixture
def histories(author: User, moderator: User, editor: User, stranger: User, settings: Settings) -> list[list[Step]]:
    """Random histories on trees of comments, played once and only looked at afterwards; nothing is screened."""
    if not _played:
        settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
        world = World.made(author, moderator, editor, stranger)
        _played.extend(world.play(seed) for seed in range(HISTORIES))
    return _played


@pytest.fixture
def steps(histories: list[list[Step]]) -> list[Step]:
    """Every single act of all histories."""
    return [step for history in histories for step in history]
