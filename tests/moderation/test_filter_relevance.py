"""A long text that shares with its post no more than any two texts do, and a text that takes its post up."""

from dataclasses import replace

import pytest

from moderation.classifier.relevance import Profile
from moderation.filters.context import Context, Relevance
from moderation.filters.reading import TextReading
from moderation.filters.relevance import ANSWERS, COPIED, OFF_TOPIC, TAKES_UP
from tests.moderation.facts import evidence, found

LONG = "The letter speaks at length of something that nobody asked about. " * 8
STRAY = Relevance(
    whole=True, cosine=0.02, rare=40, shared=2, weight=0.05, cover=0.1, title=0, titled=3, quotes=0,
    topical=20, touched=1, headed=0,
)  # fmt: skip


def finds(body: str = LONG, **facts: object) -> bool:
    return OFF_TOPIC in found(body=body, context=Context(relevance=replace(STRAY, **facts)))


@pytest.mark.parametrize(("touched", "says"), [(0, "none"), (1, "only 1")])
def test_it_says_so_and_cites_nothing_since_all_of_the_text_is_meant(touched: int, says: str) -> None:
    signal = found(body=LONG, context=Context(relevance=replace(STRAY, touched=touched)))[OFF_TOPIC]
    assert signal.says == f"says nothing about this post: of its 20 rarer words {says} stand there"
    assert signal.spans == ()


def test_of_a_post_of_which_only_the_title_is_known_nothing_is_said() -> None:
    assert not finds(whole=False)
    assert OFF_TOPIC not in found(body=LONG)
    assert evidence().context.relevance is None


def test_a_short_text_needs_none_of_the_posts_words() -> None:
    assert not finds("Thank you very much, I had not thought of it that way before, and I will tell my brother.")


@pytest.mark.parametrize(
    ("topical", "most"),
    [(12, 1), (20, 1), (30, 3), (48, 7), (100, 16)],  # the more words, the more of them any two texts share
)
def test_a_text_may_share_with_its_post_what_chance_gives(topical: int, most: int) -> None:
    assert finds(topical=topical, touched=most)
    assert not finds(topical=topical, touched=most + 1)


def test_too_few_words_that_name_a_topic_say_nothing() -> None:
    assert not finds(topical=11, touched=0)


def test_a_word_of_the_title_speaks_of_the_post_where_others_of_the_post_keep_it_company() -> None:
    assert finds(topical=40, touched=2, headed=1), "the title's word was put in, and nothing else is the post's"
    assert not finds(topical=40, touched=3, headed=1)


@pytest.mark.parametrize(
    ("title", "cosine", "takes_up"), [(2, 0.1, True), (3, 0.4, True), (1, 0.4, False), (2, 0.09, False)]
)
def test_two_words_of_the_title_and_a_likeness_take_the_post_up(title: int, cosine: float, takes_up: bool) -> None:
    context = Context(relevance=replace(STRAY, title=title, cosine=cosine, headed=1))
    signals = found(body="Short, and to the point.", context=context)
    assert (TAKES_UP in signals) is takes_up
    if takes_up:
        assert signals[TAKES_UP].says == f"speaks of this post: takes up {title} words of its title"


@pytest.mark.parametrize(
    ("copied", "body", "website", "finds_it"),
    [
        (12, "See https://shop.example/", "", True),
        (12, "Words.", "https://shop.example/", True),
        (40, "An honest quotation, and what I think of it.", "", False),
        (11, "See https://shop.example/", "", False),
    ],
)
def test_who_repeats_the_post_and_leads_elsewhere_is_told(copied: int, body: str, website: str, finds_it: bool) -> None:
    signals = found(body=body, website=website, context=Context(relevance=replace(STRAY, copied=copied)))
    assert (COPIED in signals) is finds_it
    if finds_it:
        assert signals[COPIED].says == "repeats 12 words of the post, and leads elsewhere"


def test_what_is_copied_is_the_longest_stretch_that_stands_so_in_the_post() -> None:
    profile = Profile("Title", "one two three four five six seven eight nine ten eleven", lambda term: 5.0)
    copied = [
        profile.measure(TextReading("body", text)).copied
        for text in ("three four five", "one two and then six seven eight nine", "two one four three", "nothing of it")
    ]
    assert copied == [3, 4, 0, 0]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"thread": 4}, "4 of its rarer words stand in the comments here"),
        ({"thread": 4, "whole": False}, "4 of its rarer words stand in the comments here"),
        ({"thread": 3, "cosine": 0.11}, "its words are like those of the post"),
        ({"thread": 3, "cosine": 0.1}, ""),
        ({"thread": None, "cosine": 0.4, "whole": False}, ""),
    ],
)
def test_what_may_be_an_answer_is_told_and_weighs_nothing(facts: dict, says: str) -> None:
    signals = found(body=LONG, context=Context(relevance=replace(STRAY, **facts)))
    assert (ANSWERS in signals) is bool(says)
    if says:
        assert (signals[ANSWERS].says, signals[ANSWERS].weight) == (f"may be an answer: {says}", 0)
