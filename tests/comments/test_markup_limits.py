"""What is stored of a reader's text, what is refused, and what rendering may cost."""

import sys

import pytest

from comments.markup import MAX_BYTES, MAX_CHARS, MAX_HTML_BYTES, TextTooLong, UnusableText, check, render
from comments.text import MAX_LINES


def test_line_ends_controls_and_gaps_are_made_plain():
    assert check("\r\n a\x00\x1b\x7f\x85 \t\r\nb\u2028c\n\n\n\n\n\nd\ufffe\n") == " a\nb\nc\n\n\nd"


def test_tabs_stay():
    assert check("a\tb") == "a\tb"


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\ufeff", "\u2800", "\u3164", "\u0301", "\x00", "\U000e0041"])
def test_a_text_without_anything_to_see_is_refused(text):
    with pytest.raises(UnusableText):
        check(text)


@pytest.mark.parametrize("text", ["```\n```", ">", "-"])
def test_markup_around_nothing_is_refused_at_rendering(text):
    with pytest.raises(UnusableText):
        render(text)


@pytest.mark.parametrize("text", ["\ud800", "a\udfff"])
def test_half_a_character_is_refused(text):
    with pytest.raises(UnusableText):
        check(text)


@pytest.mark.parametrize("letter", ["a", "é", "\U0001f600"])
def test_a_text_is_kept_whole_or_refused_whole(letter):
    most = min(MAX_CHARS, MAX_BYTES // len(letter.encode()))
    assert check(letter * most) == letter * most
    with pytest.raises(TextTooLong):
        check(letter * (most + 1))


def test_lines_are_limited():
    check("a\n" * MAX_LINES)
    with pytest.raises(TextTooLong):
        check("a\n" * (MAX_LINES + 1))


def test_a_tower_of_marks_is_cut():
    assert check("a" + "\u0301" * 50 + "b") == "a" + "\u0301" * 4 + "b"
    assert check("a" + "\u0301\u200d" * 50).count("\u0301") == 4


def test_markup_between_marks_builds_no_tower():
    assert render("a" + "`\u0301\u0301\u0301\u0301`\u200b" * 20).count("\u0301") <= 4


def test_letters_are_not_reversed():
    assert "\u202e" not in render("\u202eabc `\u202ed`\n\n    \u202ee")


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "![[", "]", "*", "_", "**a", "*a_", "~~", "`", "a`", "<", "<http://", "&", "\\", "> ", "- ", "1. ",
     "- a\n", "> a\n", "a\n\n", "[a](", "[](<", "*[", "[*", "http://", "www.", "((((", ".a.a.a", "a.com,", "a.b/)",
     '"', "\u0301", "\ufdfa", "http://a.example/é "],
)  # fmt: skip
def test_the_work_for_hostile_text_is_bounded(piece):
    """Counts calls of functions, which a loaded machine does not change."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event == "call"

    text = "\n".join((piece * MAX_CHARS)[:MAX_CHARS].split("\n")[: MAX_LINES - 1])[:MAX_CHARS]
    sys.setprofile(count)
    try:
        html = render(text)
    except (TextTooLong, UnusableText):
        html = ""
    finally:
        sys.setprofile(None)
    assert len(html.encode()) <= MAX_HTML_BYTES
    assert calls < 300_000
