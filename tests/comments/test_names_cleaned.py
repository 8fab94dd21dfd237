"""What is stored of a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.confusables import is_invisible
from comments.names import UnusableName, clean_name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("  A\u00a0 reader\t\n", "A reader"),
        ("Eve\r\nBcc: all", "Eve Bcc: all"),
        ("Eve\x0b\x0c\x1c\x1d\x1e\x85\u2028x", "Eve x"),
        ("Eve\x00\x1b[31m", "Eve[31m"),
        ("\u202egnp.ex\u202c", "gnp.ex"),
        ("in\u200bvi\u2060s\ufeff\u00adi\U000e0041ble\ufffe", "invisible"),
        ("Jose\u0301", "José"),
        ("Z" + "\u0316" * 40, "Z" + "\u0316" * 3),
        ("\u0301\u0301a", "a"),
        ("x\ud800y", "xy"),
        ("李小龍", "李小龍"),
    ],
)
def test_a_name_is_cleaned(raw, name):
    assert clean_name(raw) == name


@pytest.mark.parametrize("raw", ["", "   ", "\u200b", "\ufeff\u2060", "\u3164", "\u2800", "\u0301", "\x00", "\ud800"])
def test_a_name_without_anything_to_see_is_refused(raw):
    with pytest.raises(UnusableName):
        clean_name(raw)


def test_a_name_is_kept_whole_or_refused_whole():
    assert clean_name("é" * 60) == "é" * 60
    for raw in ("é" * 61, "x" * 100_000):
        with pytest.raises(UnusableName):
            clean_name(raw)


@given(st.text(max_size=120))
def test_any_name_is_one_visible_line_or_refused_by_name(raw):
    try:
        name = clean_name(raw)
    except UnusableName:
        return
    assert 0 < len(name) <= 60
    assert len(name.splitlines()) == 1
    assert not any(is_invisible(c) for c in name)
    assert clean_name(name) == name
