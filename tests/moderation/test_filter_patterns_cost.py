"""No pattern that can be written, and no text that can be sent, takes long; the limits leave room for slow machines."""

import pytest

from moderation.filters import run
from moderation.filters.evidence import RuleFact
from moderation.filters.patterns import check
from moderation.rulebook import MOST_PATTERNS

from .facts import LETTER, evidence
from .test_filter_rules_cost import MANY, seconds

#: What brings other engines to a stand, and what fills RE2's memory of states.
HARD = (
    "(a+)+$",
    r"(\w+\s?)*viagra",
    r"(\w+\s?)*\bviagra",
    "(x+x+)+y",
    "(a|aa)+$",
    "(.*a){20}z",
    "(?:a?){60}a{60}z",
    "a.{100}b.{80}c",
    "[ab]*a[ab]{60}c",
    r"\pL\w{0,20}z",
    "[^x]*x[^x]*x[^x]*q$",
)
TEXTS = ("a", "aab ", "ab", "x", "д", "a\n", "\u0301", "😀", LETTER)


@pytest.mark.parametrize("pattern", HARD)
def test_a_hard_pattern_on_ten_kilobytes(pattern: str) -> None:
    check(pattern)
    rule = (RuleFact(1, "pattern", pattern, "hold"),)
    for piece in TEXTS:
        body = (piece * 10_000)[:10_000]
        assert seconds(lambda body=body: run(evidence(body=body, rules=rule))) < 0.5, piece


def test_as_many_patterns_as_there_may_be_beside_ten_thousand_words() -> None:
    patterns = tuple(
        RuleFact(20_000 + number, "pattern", rf"{HARD[number % len(HARD)]}|q{number}\d", "hold")
        for number in range(MOST_PATTERNS)
    )
    assert seconds(lambda: run(evidence(body=LETTER * 6, rules=MANY + patterns))) < 1.0
