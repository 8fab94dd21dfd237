"""What the classifier sees of a comment is a plain function of its evidence, small, and stored without loss."""

import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from moderation.classifier.extraction import FINDING, KINDS, hashed
from moderation.classifier.features import SPACE, Features, Group, UnreadableFeatures
from moderation.classifier.learner import Learner
from moderation.classifier.prior import nothing
from moderation.filters.evidence import Evidence
from tests.moderation.classified import look, random_prior, surrounded
from tests.moderation.facts import PLAIN, evidence, words

ROOT = Path(__file__).parents[2]


@given(surrounded)
@settings(max_examples=150)
def test_what_is_stored_is_what_was_seen(comment: Evidence) -> None:
    features = look(comment, comment=7).features
    assert Features.unpack(features.pack()) == features
    without = replace(features, traces=None)
    assert Features.unpack(without.pack()) == without


@given(surrounded)
@settings(max_examples=150)
def test_numbers_ascend_are_there_once_and_lie_in_the_space(comment: Evidence) -> None:
    for group in look(comment).features.groups:
        assert group.value > 0
        assert group.ids == tuple(sorted(set(group.ids)))
        assert group.ids[0] >= 0
        assert group.ids[-1] < SPACE


def test_a_million_names_have_numbers_in_the_space_but_zero() -> None:
    numbers = {hashed("words", str(at)) for at in range(1_000_000)}
    assert (min(numbers), max(numbers)) == (1, SPACE - 1)


@given(surrounded)
@settings(max_examples=60)
def test_the_same_evidence_gives_the_same_bytes_also_when_it_was_stored(comment: Evidence) -> None:
    first = look(comment).features.pack()
    assert look(comment).features.pack() == first
    assert look(Evidence.from_json(comment.as_json())).features.pack() == first


@pytest.mark.parametrize("seed", ["1", "271828"])
def test_the_bytes_do_not_depend_on_pythons_hashing(seed: str) -> None:
    program = (
        "from tests.moderation.classified import look; from tests.moderation.facts import evidence;"
        "e = evidence(website='https://shop.example/a', body='Buy c a s i n o at https://shop.example/b?c, cаѕino');"
        "print(look(e).features.pack().hex())"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
        text=True,
    )
    here = evidence(website="https://shop.example/a", body="Buy c a s i n o at https://shop.example/b?c, caѕino")
    assert told.stdout.strip() == look(here).features.pack().hex()


def test_groups_stand_in_the_order_of_the_table() -> None:
    order = ["always", *(kind.name for kind in KINDS), "findings"]
    found = [group.name for group in look(evidence(website="https://shop.example")).features.groups]
    assert found == sorted(found, key=order.index)
    assert {"always", "words", "pairs", "letters", "name", "addresses", "layout", "findings"} <= set(found)


def test_a_long_text_weighs_no_more_than_a_short_one() -> None:
    for body in (PLAIN.body, PLAIN.body * 8 + " and other words to the end of it"):
        words = next(group for group in look(evidence(body=body)).features.groups if group.name == "words")
        assert words.value * len(words.ids) ** 0.5 == pytest.approx(3.0, rel=1e-6)


def test_what_moderators_ordered_is_no_feature() -> None:
    ruled = look(evidence(rules=words("index", "table")))
    assert any(signal.code == "rule_hold" for signal in ruled.signals)
    assert ruled.features == look(PLAIN).features


def test_what_a_finding_assumes_counts_only_where_no_data_taught_about_it() -> None:
    told = evidence(body="Letters in disguise: cаsino, cаsino. A " + "https://a.example/ " * 9)
    plain, learner = look(told), Learner(random_prior())
    known = {"links_many", "history_new", "shape_lookalikes"}
    assert known <= {signal.code for signal in plain.signals}
    assert plain.features.findings == tuple((signal.code, signal.weight) for signal in plain.signals)

    def assumed(of: Learner) -> float:
        return of.score(plain.features) - sum(weight for _, weight in of.parts(plain.features))

    left = sum(signal.weight for signal in plain.signals if signal.code not in known)
    assert assumed(learner) == pytest.approx(left)
    assert assumed(Learner(nothing())) == pytest.approx(sum(signal.weight for signal in plain.signals)) != left
    group = next(group for group in plain.features.groups if group.name == "findings")
    assert (group.value, len(group.ids)) == (FINDING, len({signal.code for signal in plain.signals}))


@given(st.sets(st.integers(0, SPACE - 1), min_size=1))
@example({0})
@example({0xFFFE})
@example({0xFFFF})
@example({0, 0x10000, 0x1FFFF, SPACE - 1})
def test_numbers_of_any_distance_are_stored(numbers: set[int]) -> None:
    features = Features((Group("words", 0.5, tuple(sorted(numbers))), Group("pairs", 0.25, (SPACE - 1,))))
    assert Features.unpack(features.pack()) == features


DAMAGES = {
    "empty": lambda data: b"",
    "another version": lambda data: b"\xff" + data[1:],
    "cut off": lambda data: data[:-3],
    "a group too many": lambda data: data[:1] + bytes([data[1] + 1]) + data[2:],
    "a group too few": lambda data: data[:1] + bytes([data[1] - 1]) + data[2:],
    "one byte in the groups": lambda data: data[:-40] + bytes([data[-40] ^ 1]) + data[-39:],
    "nothing but traces": lambda data: data[:150],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_bytes_that_are_no_features_are_refused(damage) -> None:
    with pytest.raises(UnreadableFeatures):
        Features.unpack(damage(look(PLAIN).features.pack()))


def test_a_number_beyond_the_space_is_refused() -> None:
    with pytest.raises(UnreadableFeatures):
        Features.unpack(Features((Group("words", 0.5, (7, SPACE)),)).pack())


@given(st.binary(max_size=300))
def test_no_bytes_end_in_another_error(noise: bytes) -> None:
    for data in (noise, b"\x01\x02" + bytes(10) + zlib.compress(noise)):
        try:
            Features.unpack(data)
        except UnreadableFeatures:
            continue


def test_a_long_letter_takes_less_than_two_bytes_for_each_thing_seen() -> None:
    random = Random(1)
    words = ["".join(random.choices("etaoinshrdlu", k=random.randrange(2, 9))) for _ in range(400)]
    features = look(evidence(body=" ".join(words))).features
    seen = sum(len(group.ids) for group in features.groups)
    assert seen > 2000
    assert len(features.pack()) < 1.9 * seen
