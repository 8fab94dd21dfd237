"""Fixtures of the tests that send many comments."""

import pytest
from pytest_django import Settings


@pytest.fixture
def patient_door(settings: Settings) -> None:
    """Rate limits that no test reaches."""
    settings.COMMENTS_FLOOD_LIMITS = {name: (100_000, 0.001) for name in ("network", "post", "site")}
