"""Fingerprints: stable for ever, blind to disguise."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from moderation.fingerprint import BANDS, BINS, digest, minhash

from .facts import LETTER, texts

ADVERT = (
    "I make four hundred a day from home with this simple system, and you can as well. Write to the address "
    "in my profile and ask for the free guide before Friday."
)
STORED_BANDS = (1906725169, 1697708158, 1692082185, 1084609758, 2130785177, 2085347986, 2032321589, 706373079)
STORED_SIGNATURE = (
    "11ca9a7ebb588f5ee8c8e1165dedcdd4a89bf30915054e06dc870200e482ab21"
    "6d779b7e10a87139cacd0a1c3f014bc5a14ac56ce6835e7e6910107aa3b02190"
)
STORED_DIGEST = "bdbb445130576df96f35e3b9a1205ac2"


def test_fingerprints_are_the_same_in_every_process_and_version():
    # They are stored: whoever changes these numbers must also make every stored fingerprint anew.
    assert minhash(LETTER) == (STORED_BANDS, STORED_SIGNATURE)
    assert digest(LETTER) == STORED_DIGEST


def test_the_seed_of_python_hashes_does_not_matter():
    root = Path(__file__).parents[2]
    program = f"from moderation.fingerprint import minhash; print(minhash({LETTER!r}))"
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
    assert seen == {f"{minhash(LETTER)}\n"}


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
    assert minhash(changed) == minhash(ADVERT)
    assert digest(changed) == digest(ADVERT)


def test_words_spaced_out_do_not_change_a_minhash():
    assert minhash(ADVERT.replace("simple", "s i m p l e").replace("guide", "g.u.i.d.e")) == minhash(ADVERT)


def test_eight_words_are_enough_and_seven_are_not():
    assert minhash("one two three four five six seven") is None
    assert minhash("one two three four five six seven eight")
    assert minhash("o n e t w o t h r e e") is None
    assert minhash("👍 !!! ... ??? --- ... ,,, ;;; :::") is None


def test_texts_without_words_are_told_apart_by_their_signs():
    assert digest("👍") != digest("👎")
    assert digest("👍 👍") == digest("👍👍")


@given(texts)
def test_a_fingerprint_fits_its_columns(text):
    assert len(digest(text)) == 32
    found = minhash(text + " and with these further words it is long enough to compare")
    assert len(found.bands) == BANDS
    assert all(0 <= band < 2**31 for band in found.bands)
    assert len(bytes.fromhex(found.signature)) == BINS
