"""The stamp of a form proves when it was made and for which post; a forged one proves nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing
from pytest_django import Settings

from comments import stamps

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


def test_a_stamp_tells_how_long_its_form_was_open() -> None:
    stamp = stamps.read(stamps.make(7, NOW), 7, NOW + timedelta(seconds=90))
    assert stamp.seconds == pytest.approx(90, abs=0.02)


def test_every_form_has_a_key_of_its_own_that_stays_the_same() -> None:
    one, other = stamps.make(7, NOW), stamps.make(7, NOW)
    assert stamps.read(one, 7, NOW).key == stamps.read(one, 7, NOW + timedelta(hours=2)).key
    assert stamps.read(one, 7, NOW).key != stamps.read(other, 7, NOW).key


def test_a_stamp_of_another_post_is_refused() -> None:
    with pytest.raises(stamps.StampRefused, match="another post"):
        stamps.read(stamps.make(7, NOW), 8, NOW)


def test_an_old_form_has_expired(settings: Settings) -> None:
    made, last = stamps.make(7, NOW), timedelta(seconds=settings.COMMENTS_FORM_SECONDS)
    assert stamps.read(made, 7, NOW + last - timedelta(seconds=1))
    with pytest.raises(stamps.StampRefused, match="expired"):
        stamps.read(made, 7, NOW + last + timedelta(seconds=1))


def test_a_clock_a_little_behind_costs_nothing_and_a_form_from_tomorrow_is_refused() -> None:
    made = stamps.make(7, NOW)
    assert stamps.read(made, 7, NOW - timedelta(seconds=200)).seconds == 0.0
    with pytest.raises(stamps.StampRefused):
        stamps.read(made, 7, NOW - timedelta(days=1))


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        ":::",
        "\x00",
        "é:ü:ö",
        "." + "A" * 200,
        "A" * 100_000,
        signing.dumps([7, 1.0, "key"], salt="another salt"),
        signing.dumps([7, 1.0], salt=stamps.SALT),
        signing.dumps({"a": 1}, salt=stamps.SALT),
        signing.dumps(7, salt=stamps.SALT),
    ],
    ids=range(11),  # the signatures hold the time, and two workers must find the same names
)
def test_what_we_did_not_sign_is_refused_and_never_an_error(forged: str) -> None:
    with pytest.raises(stamps.StampRefused):
        stamps.read(forged, 7, NOW)


def test_a_stamp_with_one_letter_changed_is_refused() -> None:
    made = stamps.make(7, NOW)
    for at in range(0, len(made), 5):
        changed = made[:at] + ("a" if made[at] != "a" else "b") + made[at + 1 :]
        with pytest.raises(stamps.StampRefused):
            stamps.read(changed, 7, NOW)
