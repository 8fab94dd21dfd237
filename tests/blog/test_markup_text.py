"""HTML back to words, and words to a summary."""

import pytest

from blog.markup import plain_text, render, summarise


def test_words_of_blocks_stay_apart_and_words_in_tags_together():
    html = render("# One\nt**w**o &amp; &lt;b>\n\n- x\n- y\n\n|a|b|\n|-|-|\n|1|2|")
    assert plain_text(html) == "One two & <b> x y a b 1 2"


def test_attributes_are_not_words():
    assert plain_text(render('[a](/x "b > c")')) == "a"


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("", ""),
        ("one two", "one two"),
        ("one two three", "one two three"),
        ("one two, three, four", "one two, three…"),
        ("one  two\nthree. four", "one two three…"),
    ],
)
def test_a_summary_is_the_first_words(text, summary):
    assert summarise(text, words=3) == summary


def test_a_text_without_spaces_is_cut():
    assert summarise("漢" * 1000, words=3) == "漢" * 24 + "…"


def test_a_letter_is_not_parted_from_its_marks():
    assert summarise("x" * 23 + "e\u0301" + "y", words=3) == "x" * 23 + "…"
