"""The reasons add up to the score, whatever the comment and whatever was taught; each span cites what its part says."""

from itertools import count
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.confusables import is_invisible
from moderation.classifier.explain import LEAST_CITED, ORDINARY, judge
from moderation.classifier.extraction import KINDS, hashed, of_seen
from moderation.classifier.learner import Learner
from moderation.filters.evidence import Evidence, Signal
from moderation.filters.learned import ORDERED, Learned, weigh
from tests.moderation.classified import look, random_prior, surrounded
from tests.moderation.facts import PLAIN, cited

SEEDS = st.integers(1, 4)
LESSONS = st.lists(st.tuples(surrounded, st.booleans()), max_size=4)


def taught(seed: int, lessons: list[tuple[Evidence, bool]]) -> Learner:
    learner = Learner(random_prior(seed))
    for comment, spam in lessons:
        learner.learn(look(comment, learner).features, spam)
    return learner


@given(surrounded, SEEDS, LESSONS, st.booleans())
@settings(max_examples=120, deadline=None)
def test_all_weights_but_those_of_orders_are_the_score(comment, seed, lessons, learn_itself) -> None:
    learner = taught(seed, lessons)
    if learn_itself:
        learner.learn(look(comment, learner).features, True)
    seen = look(comment, learner)
    weighed = weigh(seen.signals, seen.judged(learner))
    whole = fsum(signal.weight for signal in weighed if signal.family not in ORDERED)
    assert whole == pytest.approx(learner.score(seen.features) - ORDINARY, abs=1e-9, rel=0)


def test_two_findings_on_one_number_are_counted_once_as_the_score_does() -> None:
    codes: dict[int, str] = {}
    for at in count():
        one, number = f"links_{at}", hashed("finding", f"links_{at}")
        if number in codes:
            break
        codes[number] = one
    seen, learner = look(PLAIN).seen, Learner(random_prior())
    signals = [Signal(code, 0.5, "a finding") for code in (codes[number], one, one)]
    features = of_seen(seen, signals)
    weighed = weigh(signals, judge(seen, features, signals, learner, 1))
    assert fsum(one.weight for one in weighed) == pytest.approx(learner.score(features) - ORDINARY, abs=1e-9)


@given(surrounded, SEEDS)
@settings(max_examples=60, deadline=None)
def test_orders_keep_what_their_filter_says(comment, seed) -> None:
    learner = Learner(random_prior(seed))
    seen = look(comment, learner)
    ordered = [signal for signal in seen.signals if signal.family in ORDERED]
    after = [signal for signal in weigh(seen.signals, seen.judged(learner)) if signal.family in ORDERED]
    assert after == ordered


@given(surrounded, SEEDS, LESSONS)
@settings(max_examples=120, deadline=None)
def test_spans_lie_in_their_field_and_cite_what_is_said(comment, seed, lessons) -> None:
    learner = taught(seed, lessons)
    seen = look(comment, learner)
    for part in seen.judged(learner).parts:
        assert part.says
        for span in part.spans:
            assert 0 <= span.start < span.end <= len(getattr(comment, span.field))
        if part.code == "learned_wording":
            pieces = dict.fromkeys(cited(comment, span)[:40] for span in part.spans)
            shown = ["".join(sign for sign in piece if not is_invisible(sign)) for piece in pieces]
            assert part.says.partition(": ")[2] == ", ".join(f"“{piece}”" for piece in dict.fromkeys(shown))
        if part.code == "learned_author":
            assert {cited(comment, span) for span in part.spans} <= {comment.name}
        if abs(part.weight) < LEAST_CITED:
            assert part.spans == ()


@given(surrounded, SEEDS)
@settings(max_examples=60, deadline=None)
def test_each_part_comes_once_under_the_name_that_the_table_gives(comment, seed) -> None:
    learner = Learner(random_prior(seed))
    codes = [part.code for part in look(comment, learner).judged(learner).parts]
    assert len(codes) == len(set(codes))
    assert set(codes) <= {f"learned_{kind.part}" for kind in KINDS} | {"learned_site"}


@given(surrounded, SEEDS)
@settings(max_examples=60, deadline=None)
def test_the_judgement_is_stored_and_read_again(comment, seed) -> None:
    learner = Learner(random_prior(seed))
    found = look(comment, learner).judged(learner)
    assert Learned.from_json(found.as_json()) == found
