"""A name that could be taken for one of the staff's is reserved."""

import pytest

from comments.names import ALWAYS_RESERVED, is_reserved, skeleton

ADMINS = [
    "Аdmin", "admın", "ad\u00admin", "ａｄｍｉｎ", "adm1n", "a d m i n", "Admin", "ADMIN", "AdmIn", "adrnin", "ádmïn",
    "a.d-m_i~n", "аdмin", "αdmin", "ᴀᴅᴍɪɴ", "𝐚𝐝𝐦𝐢𝐧", "Ⓐⓓⓜⓘⓝ", "🅐🅓🅜🅘🅝", "🇦🇩🇲🇮🇳", "adm!n", "adm|n", "4dmin",
    "ad\u200bmin", "a\u0336d\u0336m\u0336i\u0336n\u0336", "admіn", "ΑDMIΝ", "ad\u202emin", "admln", "@admin", "[admin]",
]  # fmt: skip


@pytest.mark.parametrize("name", ADMINS)
def test_every_disguise_of_admin_has_one_skeleton(name):
    assert skeleton(name) == skeleton("admin")
    assert is_reserved(name, [])


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [("rnoderator", "moderator"), ("m0derat0r", "moderator"), ("Mоdеrаtоr", "moderator"), ("r00t", "root"),
     ("$taff", "staff"), ("systern", "system"), ("gatep0st", "gatepost"), ("ed!tor", "editor")],
)  # fmt: skip
def test_other_words_are_seen_through_too(disguised, plain):
    assert skeleton(disguised) == skeleton(plain)


def test_a_letter_hidden_in_an_at_sign_is_seen():
    assert is_reserved("@dmin", [])


@pytest.mark.parametrize("word", ALWAYS_RESERVED)
def test_words_of_office_are_always_reserved(word):
    assert is_reserved(word.upper(), [])


def test_names_of_the_staff_are_reserved():
    assert is_reserved("Wi11ow Vance", ["Willow Vance"])
    assert is_reserved("vvillow vance", ["Willow Vance"])


@pytest.mark.parametrize("name", ["Adam", "A reader", "Модест", "李小龍", "Nadine", "!!!", "😀", "Edith", "Ruth"])
def test_honest_names_are_free(name):
    assert not is_reserved(name, ["Willow Vance", "", "..."])
