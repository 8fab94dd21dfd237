"""Likeness: near for texts that are near, and an honest estimate of how much two texts share."""

import json
import random
from pathlib import Path
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.filters.duplicates import ALIKE
from moderation.fingerprint import likeness, minhash

from .facts import LETTER
from .test_fingerprint import ADVERT

QUEUE = json.loads((Path(__file__).parents[2] / "config/demo/queue.json").read_text())
WAVE = [entry["body"] for entry in QUEUE if entry["kind"] == "wave"]
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def near(one: str, other: str) -> float:
    """How alike two texts are when an index finds the one by the other, else 0."""
    first, second = minhash(one), minhash(other)
    found = any(a == b for a, b in zip(first.bands, second.bands, strict=True))
    return likeness(first.signature, second.signature) if found else 0.0


@pytest.mark.parametrize("old, new", [("four", "five"), ("Friday", "Sunday"), ("ask for", "get"), ("free ", "")])
def test_a_changed_word_leaves_most_of_the_text_alike(old, new):
    assert 0.75 < near(ADVERT, ADVERT.replace(old, new)) < 1


def test_the_same_text_is_alike_in_full_and_another_one_not_at_all():
    assert near(ADVERT, ADVERT) == 1
    assert near(LETTER, ADVERT) < 0.2
    assert likeness(minhash(LETTER).signature, minhash(ADVERT).signature) < 0.2


def test_every_advert_of_a_real_wave_is_found_by_another_one():
    # One to two of ten words differ in each, and one has its letters spaced out.
    assert len(WAVE) == 8
    alike = [sum(near(one, other) >= ALIKE for other in WAVE if other is not one) for one in WAVE]
    assert min(alike) >= 3


def test_two_different_comments_of_the_demo_queue_are_not_alike():
    others = [entry["body"] for entry in QUEUE if entry["kind"] != "wave" and minhash(entry["body"])]
    honest = [WAVE[0], *others]
    assert all(near(one, other) < ALIKE for at, one in enumerate(honest) for other in honest[:at])


@pytest.mark.parametrize("words", [12, 200])
def test_the_estimate_is_right_on_average_for_short_and_long_texts(words):
    chance, errors = random.Random(7), []
    for _ in range(60):
        one = [str(chance.randrange(10**6, 10**7)) for _ in range(words)]
        kept = chance.randrange(words // 3, words)
        other = one[:kept] + [str(chance.randrange(10**6, 10**7)) for _ in range(words - kept)]
        signatures = [minhash(" ".join(text)).signature for text in (one, other)]
        errors.append(likeness(*signatures) - jaccard(" ".join(one), " ".join(other)))
    assert abs(fmean(errors)) < 0.02
    assert fmean(error * error for error in errors) ** 0.5 < 0.09


def jaccard(one: str, other: str) -> float:
    """What the signatures estimate, counted."""
    first, second = ({text[at : at + 4] for at in range(len(text) - 3)} for text in (one, other))
    return len(first & second) / len(first | second)


@given(st.permutations(NUMBERS), st.permutations(NUMBERS))
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    signatures = [minhash(" ".join(words)).signature for words in (one, other)]
    assert 0 <= likeness(*signatures) == likeness(*reversed(signatures)) <= 1
