"""The blocklist: whole words, through disguises, never inside another word."""

import pytest

from moderation.filters import run

from .facts import cited, evidence, found, words


def hits(body, *texts, kind="word", **facts):
    """The pieces of the body that rules cite, or None when no rule hits."""
    whole = evidence(body=body, rules=words(*texts, kind=kind), **facts)
    signals = [signal for signal in run(whole) if signal.code == "rule_hold"]
    return [cited(whole, span) for signal in signals for span in signal.spans] if signals else None


@pytest.mark.parametrize(
    "disguise",
    [
        "casino",
        "CaSiNo",
        "cаsinо",  # Cyrillic а and о
        "ca\u200bsi\u200dno",
        "ca\u00adsino",
        "𝐜𝐚𝐬𝐢𝐧𝐨",
        "ｃａｓｉｎｏ",
        "cásinö",
        "c a s i n o",
        "c.a.s.i.n.o",
        "c - a - s - i - n - o",
        "C*A*S*I*N*O",
    ],
)
def test_a_word_is_found_in_its_disguises_and_cited_as_typed(disguise):
    assert hits(f"Visit the {disguise}, today", "casino") == [disguise]
    assert hits(f"({disguise})", "casino") == [disguise]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("A class on glass and brass in Sussex", "ass"),
        ("c l a s s", "ass"),
        ("cl\u200bass", "ass"),
        ("Scunthorpe", "cunt"),
        ("Essex", "sex"),
        ("हिन्दी", "हिन"),
        ("the casinos of 1920", "casino"),
    ],
)
def test_a_word_is_never_found_inside_another(body, rule):
    assert hits(body, rule) is None


def test_markdown_and_punctuation_do_not_hide_a_word():
    assert hits("_casino_ **casino** casino's x/casino?", "casino") == ["casino"] * 4


def test_a_phrase_is_its_words_in_order_whatever_stands_between():
    assert hits("BUY,\n now! And now buy.", "buy now", kind="phrase") == ["BUY,\n now"]
    assert hits("b u y  n o w", "buy now", kind="phrase") == ["b u y  n o w"]


def test_words_that_wide_gaps_part_are_two_words():
    assert hits("f r e e   c a s i n o", "casino") == ["c a s i n o"]


@pytest.mark.parametrize(
    "body",
    ["a c.a.s.i.n.o", "I c-a-s-i-n-o, you?", "n.o.w c.a.s.i.n.o", "c.a.s.i.n.o i.s n.o.w", "f_r_e_e a c.a.s.i.n.o"],
)
def test_letters_that_signs_hold_together_are_a_word_beside_other_single_letters(body):
    assert [found.replace("-", ".") for found in hits(body, "casino")] == ["c.a.s.i.n.o"]


def test_letters_held_together_in_both_ways_at_random_are_one_word():
    assert hits("c a.s i n.o", "casino") == ["c a.s i n.o"]


def test_scripts_without_spaces_are_searched_by_character():
    assert hits("这家赌场很好", "赌场") == ["赌场"]


def test_a_rule_without_letters_is_looked_for_as_it_stands():
    assert hits("only 5 $$$ today", "$$$") == ["$$$"]
    assert hits("only 5 $ today", "$$$") is None


def test_a_part_of_what_one_character_folds_to_cites_that_character():
    assert hits("sent ℅ me", "/") == ["℅"]


@pytest.mark.parametrize("empty", ["", "   ", "\u200b"])
def test_an_empty_rule_hits_nothing(empty):
    assert hits("any text at all", empty) is None


def test_words_are_looked_for_in_name_and_website_too():
    rules = words("casino")
    assert found(name="Best Casino", rules=rules)["rule_hold"].spans[0].field == "name"
    assert found(website="https://my-casino.example/", rules=rules)["rule_hold"].spans[0].field == "website"


@pytest.mark.parametrize("effect", ["hold", "spam"])
def test_the_effect_of_the_rule_is_in_the_code_and_an_order_is_no_evidence(effect):
    assert found(body="casino", rules=words("casino", effect=effect))[f"rule_{effect}"].weight == 0


def test_each_rule_that_hits_says_so_once():
    signals = run(evidence(body="casino " * 50, rules=words("casino", "poker", "casino casino")))
    assert [signal.says for signal in signals if signal.code == "rule_hold"] == [
        "blocklist word “casino” (rule 1)",
        "blocklist word “casino casino” (rule 3)",
    ]
