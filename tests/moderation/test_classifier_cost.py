"""What a hostile comment costs the classifier is bounded: counted in steps, not in time."""

import sys
from collections.abc import Callable
from random import Random
from string import ascii_lowercase

import pytest

from moderation.classifier import memory
from moderation.classifier.learner import Learner
from moderation.classifier.memory import MOST_HAM, MOST_SPAM, SiteMemory
from moderation.classifier.relevance import Profile
from moderation.classifier.seen import MOST_WORDS
from moderation.filters.reading import TextReading
from tests.moderation.classified import blank, look, random_prior, traced
from tests.moderation.facts import evidence

FORM = 5000  # the most characters that the form takes
MOST_FEATURES = MOST_WORDS * 2 + 2000 + 400 + 150
HOSTILE = (
    "a ",
    "ab c. ",
    "word{} ",
    "http://a{}.example/b{} ",
    "v1agra{} ",
    "c a s i n o  ",
    "ca\u200bsin\u0456 ",
    "e\u0301\u0301\u0301",
    "赌场",
    "a@b.",
    "+1 (2) 3-4.",
    "𝐂𝐚𝐬𝐢𝐧𝐨 ",
    "[url=http://a.example]x[/url]",
)


def filled(piece: str, length: int = FORM) -> str:
    """A text of this length of a piece that is numbered where it asks for it."""
    text, at = "", 0
    while len(text) < length:
        text += piece.replace("{}", str(at))
        at += 1
    return text[:length]


def calls(act: Callable[[], object]) -> int:
    """How many functions are called while something is done, Python's and C's."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_features_are_no_more_than_the_caps(piece: str) -> None:
    groups = look(evidence(name=filled(piece, 80), body=filled(piece))).features.groups
    assert sum(len(group.ids) for group in groups) <= MOST_FEATURES


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_is_at_most_little_more_than_twice_the_work(piece: str) -> None:
    learner = Learner(random_prior())

    def work(length: int) -> Callable[[], object]:
        return lambda: look(evidence(body=filled(piece, length))).judged(learner)

    work(FORM)()  # what is worked out once in a process is there
    assert calls(work(FORM)) < 2.4 * calls(work(FORM // 2))


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_comment_beyond_all_limits_costs_what_the_caps_allow(piece: str) -> None:
    seen = look(evidence(body=filled(piece, 4 * FORM))).seen
    assert len(seen.words) <= MOST_WORDS
    assert len(seen.places) == len(seen.words)


def test_a_new_text_is_compared_with_a_bounded_number_of_old_ones(monkeypatch) -> None:
    site, compared = SiteMemory(), 0
    _, traces = traced(evidence())
    for at in range(2 * (MOST_SPAM + MOST_HAM)):
        site.remember(traces, spam=bool(at % 2))

    def counting(one: int, other: int) -> float:
        nonlocal compared
        compared += 1
        return 0.0

    monkeypatch.setattr(memory, "likeness", counting)
    seen, traces = traced(evidence())
    site.recall(traces, seen)
    assert compared == MOST_SPAM + MOST_HAM


def different(words: int, begin: str = "", end: str = " ") -> str:
    """A text of words of which none is like another."""
    random = Random(1)
    return "".join(f"{begin}{''.join(random.choices(ascii_lowercase, k=9))}{end}" for _ in range(words))


@pytest.mark.parametrize(
    ("body", "group", "most"),
    [
        (different(4000), "words", MOST_WORDS),
        (different(4000), "pairs", MOST_WORDS - 1),
        (different(4000), "letters", 2000),
        (different(60, "http://", ".example/a/b/c "), "addresses", 400),
    ],
)
def test_each_group_has_its_cap(body: str, group: str, most: int) -> None:
    found = next(one for one in look(evidence(body=body)).features.groups if one.name == group)
    assert 0.95 * most < len(found.ids) <= most


def test_a_comment_is_measured_against_its_post_by_a_bounded_number_of_terms() -> None:
    profile = Profile("Title of all", different(3000), lambda term: 4.0)
    assert profile.measure(TextReading("body", different(4000))).rare == 400


def test_a_score_needs_no_more_than_the_features() -> None:
    learner = blank()
    features = look(evidence(body=filled("word{} "))).features
    assert calls(lambda: learner.score(features)) <= 6 * len(features.groups) + 10
