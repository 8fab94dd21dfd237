"""The reasons to choose from are what their template makes of them, with the one that was given; no more is kept."""

import pytest
from django.template.loader import render_to_string

from comments.models import Reason
from moderation.templatetags import reasons

TEMPLATES = {
    "moderation/_reason_buttons.html": 'was-chosen" type="submit" name="reason" value="{}"',
    "moderation/_reason_options.html": '<option value="{}" selected>',
}


@pytest.mark.parametrize("given", ["spam", "off_topic", "", None])
@pytest.mark.parametrize("name", TEMPLATES)
def test_it_is_what_the_template_makes(name: str, given: str | None) -> None:
    for _ in (1, 2):
        made = reasons.reasons_in(name, given)
        assert made == render_to_string(name, {"reasons": Reason.choices, "given": given})
        assert (TEMPLATES[name].format(given) in made) is bool(given)


@pytest.mark.parametrize("given", ['"><script>', "spam ", 7, ["spam"]])
def test_what_is_no_reason_marks_none_and_is_not_kept(given: object) -> None:
    for name in TEMPLATES:
        plain = reasons.reasons_in(name)
        before = sum(map(len, reasons._made.values()))
        assert reasons.reasons_in(name, given) == plain
        assert sum(map(len, reasons._made.values())) == before
