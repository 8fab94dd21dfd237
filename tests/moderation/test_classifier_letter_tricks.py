"""A text in disguise is read as what it says, and the disguise itself is seen."""

from random import Random

import pytest

from moderation.classifier.layout import tricks
from tests.moderation.classified import look
from tests.moderation.facts import LETTER, evidence
from tests.moderation.letter_tricks import TRICKS, dressed_up

SEEDS = range(20)
# Of the different words of the plain text, the part that must be read again. What is left: a digit that stands for
# two letters, neighbours that were both pulled apart.
AGAIN = {"homoglyphs": 0.98, "zero-width": 1.0, "spaced-out": 0.9, "leet": 0.8, "combining marks": 1.0}
A_FEW = 0.2
SIGNS = {
    "homoglyphs": "look-alikes",
    "zero-width": "invisible",
    "spaced-out": "spaced out",
    "leet": "leet",
}


def read(body: str) -> set[str]:
    return set(look(evidence(body=body)).seen.words)


@pytest.mark.parametrize("trick", TRICKS)
def test_a_few_words_in_disguise_are_read_as_what_they_are(trick: str) -> None:
    plain, kept = read(LETTER), 0
    for seed in SEEDS:
        dressed = dressed_up(LETTER, trick, Random(seed), words=A_FEW)
        assert dressed != LETTER
        kept += len(plain & read(dressed))
    assert kept >= AGAIN[trick] * len(SEEDS) * len(plain)


@pytest.mark.parametrize("trick", TRICKS)
def test_the_disguise_hides_the_words_from_whoever_reads_letter_by_letter(trick: str) -> None:
    plain = set(LETTER.lower().replace(".", "").replace(",", "").split())
    dressed = dressed_up(LETTER, trick, Random(1), words=1.0).lower().split()
    assert len(plain & set(dressed)) < 0.4 * len(plain)


@pytest.mark.parametrize(("trick", "sign"), SIGNS.items())
def test_the_trick_is_a_feature(trick: str, sign: str) -> None:
    found = tricks(look(evidence(body=dressed_up(LETTER, trick, Random(1)))).seen)
    assert any(told.startswith(sign) for told in found), found
    assert tricks(look(evidence(body=LETTER)).seen) == []


@pytest.mark.parametrize("trick", TRICKS)
def test_addresses_stay_what_they_are(trick: str) -> None:
    dressed = dressed_up("Read https://shop.example/winning or www.shop.example", trick, Random(1), words=1.0)
    assert "https://shop.example/winning" in dressed
    assert "www.shop.example" in dressed


@pytest.mark.parametrize("trick", TRICKS)
def test_the_same_seed_plays_the_same_trick(trick: str) -> None:
    assert dressed_up(LETTER, trick, Random(5)) == dressed_up(LETTER, trick, Random(5))
    assert dressed_up(LETTER, trick, Random(5)) != dressed_up(LETTER, trick, Random(6))
