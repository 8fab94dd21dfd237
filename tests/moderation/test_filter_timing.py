"""The form: the trap and the time."""

import pytest

from .facts import found


def test_a_filled_trap_weighs_as_much_as_filing_needs():
    assert found(honeypot=True)["form_honeypot"].weight == 10


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (None, "form_time_missing"),
        (-1.0, "form_time_missing"),
        (float("nan"), "form_time_missing"),
        (0.0, "form_instant"),
        (0.99, "form_instant"),
        (1.0, "form_fast"),
        (2.99, "form_fast"),
    ],
)
def test_a_time_that_no_person_has_holds(seconds, code):
    assert found(seconds_on_form=seconds)[code].weight >= 3


@pytest.mark.parametrize("seconds", [3.0, 60, 86_400])
def test_a_human_time_says_nothing(seconds):
    assert not [code for code in found(seconds_on_form=seconds) if code.startswith("form")]
