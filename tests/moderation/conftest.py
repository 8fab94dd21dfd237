"""The histories that the invariants of moderation are checked on."""

from dataclasses import replace

import pytest
from pytest_django import Settings

from blog.models import User
from moderation import installed_filter
from moderation.classifier import prior
from moderation.classifier.explain import ORDINARY
from tests.moderation.histories import HISTORIES, Step, World

_played: list[list[Step]] = []


@pytest.fixture
def without_prior(monkeypatch: pytest.MonkeyPatch) -> None:
    """A classifier that knows nothing of other blogs: findings weigh what their filters say, nothing else does."""
    empty = prior.nothing()
    empty.weights[0] = ORDINARY
    plain = replace(empty, about={"comments": 0})
    monkeypatch.setattr(installed_filter, "prior", lambda: plain)


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
