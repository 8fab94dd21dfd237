"""Fixtures of the tests that send many comments."""

import pytest
from pytest_django import Settings


@pytest.fixture
def patient_door(settings: Settings) -> None:
    """Rate limits that no test reaches."""
    settings.COMMENTS_FLOOD_LIMITS = dict.fromkeys(("network", "post", "site"), (100000, 0.001))
