"""The outward shape of a text."""

import pytest

from .facts import LETTER, cited, evidence, found


def test_shouting_is_noted_from_twenty_letters_on():
    assert "shape_shouting" in found(body="WHY DOES NOBODY ANSWER ME HERE")
    assert "shape_shouting" not in found(body="YES PLEASE")
    assert "shape_shouting" not in found(body=f"{LETTER} THIS ONE SENTENCE IS LOUD")


def test_code_in_capitals_is_not_shouting():
    assert "shape_shouting" not in found(body="try ```SELECT COUNT(*) FROM COMMENTS WHERE STATUS``` instead please")


def test_scripts_without_capitals_do_not_shout():
    assert "shape_shouting" not in found(body="这家赌场很好" * 9)


def test_one_sign_many_times_is_cited():
    body = "this is sooooooooooo good"
    signal = found(body=body)["shape_repeated"]
    assert cited(evidence(body=body), signal.spans[0]) == "ooooooooooo"
    assert signal.weight < found(body="!" * 40 + LETTER)["shape_repeated"].weight


@pytest.mark.parametrize("rule", ["-" * 60, "=" * 60, "....................", "| --- |" * 9, "1000000000000", " " * 60])
def test_rules_tables_and_numbers_are_not_floods(rule):
    assert "shape_repeated" not in found(body=f"{LETTER}\n\n{rule}\n")


def test_a_flood_of_emoji_is_noted_and_a_few_are_not():
    assert "shape_emoji" in found(body="win 🎉🎉💰💰🔥🔥❤️❤️ now")
    assert "shape_emoji" not in found(body=f"{LETTER} 🎉🎉💰💰🔥🔥❤️❤️")
    assert "shape_emoji" not in found(body="thank you 🎉👍🏽")


def test_towers_of_marks_are_cited():
    body = "he\u0301\u0302\u0303\u0304\u0305llo"
    signal = found(body=body)["shape_towers"]
    assert cited(evidence(body=body), signal.spans[0]) == "\u0301\u0302\u0303\u0304\u0305"
    assert "shape_towers" not in found(body="Tiếng Việt, ệ")


def test_punctuation_alone_is_noted_and_emoji_alone_weigh_less():
    assert found(body="?!...")["shape_no_words"].weight == 2
    assert found(body="👍")["shape_no_words"].weight == 0.5
    assert "shape_no_words" not in found(body="ok")


def test_an_empty_body_breaks_nothing():
    assert found(body="")["shape_no_words"].spans == ()


def test_two_words_and_a_website_are_noted():
    signal = found(body="Nice post", website="https://shop.example/")["shape_short_with_website"]
    assert [span.field for span in signal.spans] == ["website"]
    assert "shape_short_with_website" not in found(body="Nice post")
    assert "shape_short_with_website" not in found(website="https://reader.example/")
