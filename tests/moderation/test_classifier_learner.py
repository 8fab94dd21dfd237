"""A lesson moves the score towards what was said; a state that was stored goes on byte for byte as before."""

import struct
import zlib
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from moderation.classifier.features import SPACE
from moderation.classifier.learner import FORMAT, Learner, UnreadableModel, probability
from moderation.classifier.memory import SiteMemory
from moderation.classifier.prior import nothing
from tests.moderation import invented_blog
from tests.moderation.classified import blank, look, random_prior, surrounded
from tests.moderation.facts import PLAIN, evidence

LESSONS = st.lists(st.tuples(surrounded, st.booleans()), min_size=1, max_size=3)
# Beyond these log-odds a lesson says nothing new, and moves nothing that four bytes could hold.
CERTAIN = 9


@given(surrounded, st.integers(1, 3), st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_lesson_moves_the_probability_towards_what_was_said(comment, seed, spam) -> None:
    learner, features = Learner(random_prior(seed, 0.05)), look(comment).features
    before = learner.score(features)
    assume(abs(before) < CERTAIN)
    learner.learn(features, spam)
    after = learner.score(features)
    assert after > before if spam else after < before
    assert learner.lessons == 1


@given(LESSONS, LESSONS)
@settings(max_examples=10, deadline=None)
def test_a_restored_learner_goes_on_as_if_it_had_never_been_stored(first, then) -> None:
    going_on = Learner(random_prior())
    for comment, spam in first:
        going_on.learn(look(comment).features, spam)
    restored = Learner.from_bytes(going_on.to_bytes(), random_prior())
    assert restored.to_bytes() == going_on.to_bytes()
    for comment, spam in then:
        features = look(comment).features
        assert restored.score(features) == going_on.score(features)
        restored.learn(features, spam)
        going_on.learn(features, spam)
    assert restored.to_bytes() == going_on.to_bytes()


@given(LESSONS)
@settings(max_examples=8, deadline=None)
def test_lessons_that_were_packed_teach_the_same(lessons) -> None:
    one, other = blank(), blank()
    for comment, spam in lessons:
        features = look(comment).features
        one.learn(features, spam)
        other.learn(type(features).unpack(features.pack()), spam)
    assert one.to_bytes() == other.to_bytes()


def test_lessons_change_nothing_in_the_prior() -> None:
    prior = random_prior()
    before, digest = prior.to_bytes(), prior.digest
    learner = Learner(prior)
    for spam in (True, False, True):
        learner.learn(look(PLAIN).features, spam)
    assert prior.to_bytes() == before
    assert prior.digest == digest


def test_what_was_taught_is_the_weight_beyond_the_priors() -> None:
    learner, features = Learner(random_prior()), look(PLAIN).features
    feature = features.groups[1].ids[0]
    assert learner.taught(feature) == 0
    learner.learn(features, True)
    assert learner.taught(feature) > 0
    assert learner.taught(feature) == pytest.approx(learner.weight(feature) - random_prior().weights[feature])


def test_what_was_refused_and_what_was_published_come_apart() -> None:
    learner, random = blank(), Random(1)
    for _ in range(40):
        learner.learn(look(evidence(body=invented_blog.says(1, random))).features, True)
        learner.learn(look(evidence(body=invented_blog.says(2, random))).features, False)
    spam, ham = (learner.score(look(evidence(body=invented_blog.says(at, random))).features) for at in (1, 2))
    assert probability(spam) > 0.8
    assert probability(ham) < 0.2


def test_a_blank_state_is_small() -> None:
    assert len(blank().to_bytes()) < 5000


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"\x00" * 8,
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: bytes([FORMAT + 1]) + data[1:],
        lambda data: data[:9] + b"\xff" + data[10:],
        lambda data: b"no model at all, but a text that is long enough",
    ],
)
def test_bytes_that_are_no_state_are_refused(damage) -> None:
    learner = blank()
    learner.learn(look(PLAIN).features, True)
    with pytest.raises(UnreadableModel):
        Learner.from_bytes(damage(learner.to_bytes()), nothing())


@pytest.mark.parametrize("size", [0, 4 * SPACE, 8 * SPACE + 4])
def test_weights_of_another_space_are_refused(size: int) -> None:
    memory = zlib.compress(SiteMemory().to_bytes())
    state = struct.pack("<BII", FORMAT, 1, len(memory)) + memory + zlib.compress(bytes(size))
    with pytest.raises(UnreadableModel, match=f"{size} bytes of weights"):
        Learner.from_bytes(state, nothing())


@pytest.mark.parametrize(("score", "p"), [(0.0, 0.5), (1e9, 1.0), (-1e9, 0.0), (2.1972246, 0.9)])
def test_probabilities_of_log_odds(score: float, p: float) -> None:
    assert probability(score) == pytest.approx(p)
