"""Text as filters judge it can be cited in the text as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.confusables import SAME_SHAPE
from comments.normalise import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("VIAGRA", "viagra"),
        ("vіаgrа", "viagra"),
        ("v\u200bi\u00ada\u2060gra", "viagra"),
        ("víágrà", "viagra"),
        ("v\u0336i\u0336agra", "viagra"),
        ("vi\u0345agra", "viagra"),
        ("viᾳgra", "viagra"),
        ("ｖｉａｇｒａ", "viagra"),
        ("𝓿𝓲𝓪𝓰𝓻𝓪", "viagra"),
        ("ﬁne print", "fine print"),
        ("100 €", "100 €"),
        ("a\u00a0b\tc\nd", "a b c\nd"),
        ("한국어", "한국어"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_disguises_are_taken_off(text, folded):
    assert fold(text).text == folded


def test_a_match_is_cited_with_its_disguise():
    text = "buy v\u200bіаg\u0301ra\u200b now"
    folded = fold(text)
    start = folded.text.index("viagra")
    first, last = folded.span(start, start + len("viagra"))
    assert text[first:last] == "v\u200bіаg\u0301ra\u200b"


def test_a_match_at_the_end_is_cited_to_the_end():
    folded = fold("xﬁ\u0301")
    assert folded.span(1, 3) == (1, 3)
    assert folded.span(3, 3) == (3, 3)


@given(st.text())
def test_every_folded_character_has_its_origin(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(folded.origin)
    assert all(0 <= index < len(text) for index in folded.origin)
    assert folded.length == len(text)


def test_look_alikes_stand_for_plain_letters_only():
    for shape, letter in SAME_SHAPE.items():
        assert letter.isascii()
        assert letter.isalpha()
        assert not shape.isascii()


def test_plain_text_folds_at_once_to_what_it_folds_to_letter_by_letter() -> None:
    for code in range(128):
        alone, beside = fold(chr(code)), fold(f"{chr(code)}é")
        assert beside.text == f"{alone.text}e"
        assert beside.origin == (*alone.origin, 1)
