"""Patterns are RE2's, matched against folded text, cited where they stand in the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.filters.patterns import PatternRefused, check, compiled
from moderation.filters.rules import SPAM

from .facts import cited, evidence, found, texts, words


def hits(pattern: str, body: str, **facts: str) -> list[str]:
    whole = evidence(body=body, rules=words(pattern, kind="pattern"), **facts)
    signal = found(body=body, rules=words(pattern, kind="pattern"), **facts).get("rule_hold")
    return [cited(whole, span) for span in signal.spans] if signal else []


@pytest.mark.parametrize(
    ("pattern", "body", "cites"),
    [
        ("casin(o|a)s?", "One Casino, two CASINAS", ["Casino", "CASINAS"]),
        (r"\bwin\w*", "twin winners win", ["winners", "win"]),
        ("casino", "cаsinо, ca\u200bsi\u00adno and 𝐂𝐚𝐬𝐢𝐧𝐨", ["cаsinо", "ca\u200bsi\u00adno", "𝐂𝐚𝐬𝐢𝐧𝐨"]),
        ("ÉTÉ", "un ete, un été", ["ete", "été"]),
        ("[é-ë]t", "et êt ẽt", ["et", "êt", "ẽt"]),
        ("gro(ß|s)er", "GROSSER großer", ["GROSSER", "großer"]),
        ("[а-я]{3}", "дом dom", ["дом"]),
        ("дом", "ДОМ", ["ДОМ"]),
        (r"\Qñ.\E", "mañana n. ", ["n."]),
        ("[0-9]{3,} ?(usd|eur)", "1000 EUR or 99 USD", ["1000 EUR"]),
        ("ﬃ", "oﬃce office", ["ﬃ", "ffi"]),
        ("one.two", "one\ntwo one two", ["one two"]),
    ],
)
def test_it_is_found_through_disguises_and_cited_as_typed(pattern: str, body: str, cites: list[str]) -> None:
    assert hits(pattern, body) == cites


def test_name_and_website_are_searched_too() -> None:
    assert hits("shop", "nothing", name="Shopper", website="https://a-shop.example/") == ["Shop", "shop"]


def test_it_files_as_spam_when_it_says_so_and_names_its_rule() -> None:
    signal = found(body="casino", rules=words("nothing", "casino", kind="pattern", effect="spam"))[SPAM]
    assert signal.rule == 2
    assert signal.says == "blocklist pattern “casino” (rule 2)"


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        (r"(a)\1", r"Referring back to a group is not possible in these patterns (invalid escape sequence: \1)."),
        ("(?=x)", "Looking ahead or behind is not possible in these patterns (invalid perl operator: (?=)."),
        ("(?<!x)y", "Looking ahead or behind"),
        ("[a", "This is not a pattern: missing ]: [a."),
        ("(a", "missing )"),
        ("a**", "bad repetition operator"),
        ("a{2000}", "invalid repetition size"),
        ("a\\", "trailing \\"),
        (r"\pL{1000}", "too large"),
        (".{1000}", "does too much at each character"),
        ("x" * 201, "at most 200 characters"),
        ("a\ud800", "half a character"),
        ("", "matches where there is nothing"),
        (".*", "matches where there is nothing"),
        ("(casino)?", "matches where there is nothing"),
        (r"\b", "matches where there is nothing"),
        (r"\B|x", "matches where there is nothing"),
        ("^|x", "matches where there is nothing"),
        ("(?m)$", "matches where there is nothing"),
        (".", "matches any text"),
        (r"\S+", "matches any text"),
        ("[^a]", "matches any text"),
    ],
)
def test_what_cannot_be_or_would_hit_everything_is_refused_in_words(pattern: str, says: str) -> None:
    with pytest.raises(PatternRefused) as refused:
        check(pattern)
    assert says in str(refused.value)


@pytest.mark.parametrize("pattern", ["(a+)+$", r"(\w+\s?)*viagra", r"\pL{1}x", "a|b", "(?i)x", r"\p{Cyrillic}{2}"])
def test_ordinary_patterns_pass(pattern: str) -> None:
    check(pattern)


@given(st.text(max_size=30))
def test_any_text_is_a_pattern_or_refused_in_words(pattern: str) -> None:
    try:
        check(pattern)
    except PatternRefused as refused:
        assert str(refused).endswith(".")
    else:
        assert not compiled(pattern).search("")


@given(texts, texts)
def test_what_it_cites_lies_in_the_text(body: str, name: str) -> None:
    whole = evidence(body=body, name=name, rules=words("[a-c]+", r"\W{2}", "no", kind="pattern"))
    for signal in found(body=body, name=name, rules=whole.rules).values():
        assert all(cited(whole, span) for span in signal.spans)
