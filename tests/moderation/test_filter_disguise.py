"""Letters in disguise: found and cited, and honest letters of other scripts left alone."""

import pytest

from .facts import LETTER, cited, evidence, found


def pieces(body, code):
    signal = found(body=body).get(code)
    return [cited(evidence(body=body), span) for span in signal.spans] if signal else []


@pytest.mark.parametrize("word", ["cаsinо", "рayраl", "Οnline", "ехреrt", "сосо", "доxoдность"])
def test_words_with_look_alike_letters_are_cited(word):
    assert pieces(f"{LETTER} The {word} here", "shape_lookalikes") == [word]


@pytest.mark.parametrize(
    "honest",
    [
        "Das Mädchen aß Brötchen in Łódź, garçon, İstanbul, Đà Nẵng",
        "Всё хорошо, спасибо за статью об индексах, окно и тут",
        "Καλημέρα σε όλους, τι κάνετε;",
        "5 μs and Δx and 3 µm, kΩ",
        "наш API'шка и VPNом, PDFка, по HTTPному",
        "ＡＰＩの説明はとても良い",
        "API를 사용합니다",
        "हिन्दी में लिखा",
        "مرحبا بكم في المدونة",
        "The word окно means window, and книга means book",
    ],
)
def test_honest_words_of_many_scripts_are_no_disguise(honest):
    assert {code for code in found(body=honest) if code.startswith("shape")} == set()


def test_two_look_alike_words_weigh_more_than_one():
    assert found(body="a cаsinо here")["shape_lookalikes"].weight == 2
    assert found(body="a cаsinо for рayраl")["shape_lookalikes"].weight == 3


def test_ornamental_alphabets_are_cited():
    assert pieces("play at 𝐓𝐎𝐓𝐎 𝟕𝟕 today", "shape_ornaments") == ["𝐓𝐎𝐓𝐎", "𝟕𝟕"]
    assert pieces("for all x in 𝔽", "shape_ornaments") == []


def test_invisible_characters_inside_words_are_cited():
    assert pieces("ca\u200bsi\u2060no", "shape_invisible") == ["\u200b", "\u2060"]
    assert pieces("turn \u202edrawkcab", "shape_invisible") == ["\u202e"]
    assert pieces("x\U000e0041\U000e0042", "shape_invisible") == ["\U000e0041\U000e0042"]


@pytest.mark.parametrize(
    "honest",
    [
        "👩\u200d👩\u200d👧 family",
        "می\u200cخواهم",
        "क्\u200dष",
        "flag 🏴\U000e0067\U000e0062\U000e007f",
        "\ufeffstart",
    ],
)
def test_invisible_characters_that_writing_needs_are_fine(honest):
    assert not pieces(honest, "shape_invisible")


def test_soft_hyphens_say_little():
    assert found(body="in\u00adter\u00adest\u00ading")["shape_soft_hyphens"].weight == 0.5


def test_spaced_out_words_are_cited():
    assert pieces("my c a s i n o today", "shape_spaced_out") == ["c a s i n o"]


@pytest.mark.parametrize("honest", ["choose a, b, c, d, e or f", "x=y^2=z^2", "1 2 3 4 5 6", "U.S.A.", "%Y%m%d%H%M"])
def test_lists_formulas_and_abbreviations_are_not_spaced_out_words(honest):
    assert not pieces(honest, "shape_spaced_out")


def test_a_disguised_name_is_cited_in_the_name():
    assert found(name="Аdmin Рaypal")["shape_lookalikes"].spans[0].field == "name"
