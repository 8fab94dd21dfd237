"""What the histories of moderation start from."""

import pytest
from pytest_django import Settings

from blog.models import User
from tests.moderation.histories import World


@pytest.fixture
def world(author: User, moderator: User, editor: User, stranger: User, settings: Settings) -> World:
    """Two public posts and the people who may act on what is written under them; nothing is screened."""
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
    return World.made(author, moderator, editor, stranger)
