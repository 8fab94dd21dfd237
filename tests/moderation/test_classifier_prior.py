"""The frozen prior: small, stored in steps, read back or refused; and the one that ships is there."""

import json
from array import array
from dataclasses import replace
from random import Random

import pytest

from moderation.classifier import prior
from moderation.classifier.features import SPACE
from moderation.classifier.learner import Learner
from moderation.classifier.prior import MOST_BYTES, Prior, UnreadablePrior, nothing, term_number
from tests.moderation.classified import look, random_prior
from tests.moderation.facts import PLAIN


def full() -> Prior:
    weights = random_prior(3).weights
    rare = {term_number(f"term{at}"): Random(at).uniform(0, 9) for at in range(500)}
    return Prior(weights, rare, 9.25, frozenset({"links_many", "name_host"}), {"words": 0.5}, {"comments": 3})


def test_weights_come_back_within_half_a_step() -> None:
    given = full()
    again = Prior.from_bytes(given.to_bytes())
    step = max(map(abs, given.weights)) / 127
    assert max(abs(one - other) for one, other in zip(given.weights, again.weights, strict=True)) <= step * 0.501
    assert again.rarities.keys() == given.rarities.keys()
    assert all(abs(again.rarities[term] - given.rarities[term]) <= 0.0251 for term in given.rarities)
    assert (again.rarest, again.findings, again.about) == (given.rarest, given.findings, given.about)


def test_what_was_read_is_stored_as_the_same_bytes() -> None:
    once = Prior.from_bytes(full().to_bytes())
    assert once.to_bytes() == full().to_bytes()
    assert Prior.from_bytes(once.to_bytes()).digest == once.digest


def test_the_digest_tells_priors_apart_by_what_a_score_depends_on() -> None:
    given = full()
    assert replace(given, about={}).digest == given.digest
    weights = array("f", given.weights)
    weights[5] += 1
    others = [
        replace(given, weights=weights),
        replace(given, rarest=1.0),
        replace(given, rarities={}),
        replace(given, findings=frozenset()),
    ]
    assert len({given.digest, *(other.digest for other in others)}) == 5


def test_unknown_terms_are_as_rare_as_any() -> None:
    given = full()
    assert given.rarity("nowhere") == 9.25
    assert given.rarity("term1") == given.rarities[term_number("term1")]


def test_even_a_prior_without_a_zero_is_small() -> None:
    """One signed byte for each feature is all that there can be."""
    assert len(full().to_bytes()) < SPACE + 5000 < MOST_BYTES


def test_a_prior_that_knows_nothing_scores_nothing() -> None:
    learner = Learner(nothing())
    features = look(PLAIN).features
    assert learner.score(features) == sum(weight for _, weight in features.findings)
    assert Prior.from_bytes(nothing().to_bytes()).digest == nothing().digest


def altered_head(data: bytes, **changes: object) -> bytes:
    line, _, packed = data.partition(b"\n")
    return json.dumps(json.loads(line) | changes).encode() + b"\n" + packed


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"no prior",
        lambda data: data[:-9],
        lambda data: data.partition(b"\n")[0],
        lambda data: b"[]" + data[data.index(b"\n") :],
        lambda data: altered_head(data, features=0),
        lambda data: altered_head(data, step="much"),
        lambda data: altered_head(data, findings=None),
    ],
)
def test_a_file_that_is_no_prior_is_refused(damage) -> None:
    with pytest.raises(UnreadablePrior):
        Prior.from_bytes(damage(full().to_bytes()))


def test_the_prior_that_ships_is_there_is_small_and_knows_something() -> None:
    assert prior.FILE.exists(), f"{prior.FILE.name} is missing: manage.py build_prior makes it"
    assert prior.FILE.stat().st_size <= MOST_BYTES == 300_000
    shipped = prior.shipped()
    assert len(shipped.weights) == SPACE
    assert sum(1 for weight in shipped.weights if weight) > 1000
    assert shipped.rarities
    assert shipped.findings
    assert shipped.about
