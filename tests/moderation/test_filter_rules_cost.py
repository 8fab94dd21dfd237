"""Ten thousand rules and hostile text stay cheap; the limits leave much room for slow machines."""

from time import process_time

import pytest

from moderation.filters import run
from moderation.filters.evidence import RuleFact
from moderation.fingerprint import minhash

from .facts import LETTER, evidence

MANY = tuple(
    RuleFact(number, ("word", "phrase", "domain")[number % 3], f"rule{number} word", "hold") for number in range(10_000)
)


def seconds(act):
    """CPU time of the quicker of two runs; the first one also fills the memory of folded rules."""
    times = []
    for _ in range(2):
        start = process_time()
        act()
        times.append(process_time() - start)
    return min(times)


def test_ten_thousand_rules_cost_little():
    assert seconds(lambda: run(evidence(body=LETTER * 6, rules=MANY))) < 0.1


def test_rules_that_repeat_one_word_do_not_multiply_with_text_that_does():
    rules = tuple(RuleFact(number, "phrase", "a " * (1 + number % 40), "hold") for number in range(1000))
    assert seconds(lambda: run(evidence(body="a " * 5000, rules=rules))) < 0.5


@pytest.mark.parametrize(
    "piece",
    [
        LETTER,
        "a ",
        "a",
        ".",
        "a.co ",
        "http://a.example/ ",
        "http://a@",
        "<a ",
        "<a href ",
        "[url",
        "`",
        "``` ",
        "a\u200b",
        "\u0301",
        "😀",
        "a_",
        "аa",
    ],
)
def test_no_text_of_ten_kilobytes_takes_long(piece):
    body = (piece * 10_000)[:10_000]
    assert seconds(lambda: (run(evidence(body=body, name=body, website=body)), minhash(body))) < 0.5
