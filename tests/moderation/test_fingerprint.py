"""Fingerprints: stable for ever, near for texts that are near."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.fingerprint import bands, digest, distance, enough, simhash

from .facts import LETTER, texts

numbers = st.integers(0, 2**64 - 1)
ADVERT = (
    "I make four hundred a day from home with this simple system, and you can as well. Write to the address "
    "in my profile and ask for the free guide before Friday."
)
STORED_SIMHASH = 0x11D76C8EBA8EA394
STORED_DIGEST = "bdbb445130576df96f35e3b9a1205ac2"


def test_fingerprints_are_the_same_in_every_process_and_version():
    # They are stored: whoever changes these numbers must also make every stored fingerprint anew.
    assert simhash(LETTER) == STORED_SIMHASH
    assert digest(LETTER) == STORED_DIGEST


def test_the_seed_of_python_hashes_does_not_matter():
    root = Path(__file__).parents[2]
    program = f"from moderation.fingerprint import simhash; print(simhash({LETTER!r}))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert seen == {f"{simhash(LETTER)}\n"}


@pytest.mark.parametrize(
    "changed",
    [
        ADVERT.upper(),
        ADVERT.replace(" ", "\n"),
        ADVERT.replace("a", "а"),
        "\u200b".join(ADVERT),
        ADVERT.replace(",", "...").replace(".", "!!"),
    ],
)
def test_disguise_does_not_change_a_fingerprint(changed):
    assert simhash(changed) == simhash(ADVERT)
    assert digest(changed) == digest(ADVERT)


@pytest.mark.parametrize("old, new", [("four", "five"), ("Friday", "Sunday"), ("ask for", "get"), ("free ", "")])
def test_a_changed_word_changes_few_bits(old, new):
    changed = ADVERT.replace(old, new)
    assert 0 < distance(simhash(changed), simhash(ADVERT)) <= 12
    assert digest(changed) != digest(ADVERT)


def test_different_texts_are_far_apart():
    assert distance(simhash(LETTER), simhash(ADVERT)) > 16


def test_five_words_are_enough_and_four_are_not():
    assert not enough("one two three four")
    assert enough("one two three four five")
    assert not enough("👍 !!! ... ??? --- ...")


def test_texts_without_words_are_told_apart_by_their_signs():
    assert simhash("👍") == simhash("") == 0
    assert digest("👍") != digest("👎")
    assert digest("👍 👍") == digest("👍👍")


@given(texts)
def test_a_fingerprint_fits_its_column(text):
    assert 0 <= simhash(text) < 2**64
    assert len(digest(text)) == 32
    assert simhash(text) == simhash(text)


@given(numbers)
def test_the_bands_are_the_whole_fingerprint(value):
    parts = bands(value)
    assert all(0 <= part < 2**16 for part in parts)
    assert int("".join(f"{part:016b}" for part in parts), 2) == value


@given(numbers, st.sets(st.integers(0, 63), max_size=3))
def test_three_changed_bits_always_leave_a_band_to_be_found_by(value, bits):
    other = value
    for bit in bits:
        other ^= 1 << bit
    assert distance(value, other) == len(bits)
    assert any(one == two for one, two in zip(bands(value), bands(other), strict=True))
