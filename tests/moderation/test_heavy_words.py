"""The words and domains that weigh most: candidates from judged texts, weights from the model."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Post
from moderation import heavy_words
from moderation.classifier.extraction import hashed
from moderation.classifier.features import Features, Group
from moderation.classifier.learner import Learner
from moderation.classifier.prior import nothing
from tests import cast
from tests.moderation.judged import judged

pytestmark = pytest.mark.django_db


def learner(words: dict[str, float] | None = None, hosts: dict[str, float] | None = None) -> Learner:
    """A model whose prior knows these words and hosts and nothing else."""
    prior = nothing()
    weights = prior.weights[:]
    for kind, known in (("words", words or {}), ("addresses", hosts or {})):
        for what, weight in known.items():
            weights[hashed(kind, f"host {what}" if kind == "addresses" else what)] = weight
    return Learner(replace(prior, weights=weights))


def said(post: Post, body: str, spam: bool, website: str = "", status: str = "published") -> None:
    judged(cast.comment(post, status, body=body, website=website), spam)


def test_the_heaviest_each_way_with_the_comments_they_stood_in(post: Post) -> None:
    said(post, "Cheap watches, cheap CHEAP watches", True)
    said(post, "cheap bells, indeed", False)
    said(post, "indeed watches", True)
    found = heavy_words.read(learner({"cheap": 1.5, "watches": 0.75, "indeed": -0.5, "bells": -3.0}))
    assert found.texts == 3
    assert [(one.what, one.weight, one.spam, one.fine) for one in found.words_spam] == [
        ("cheap", 1.5, 1, 1),
        ("watches", 0.75, 2, 0),
    ]
    assert [(one.what, one.spam, one.fine) for one in found.words_fine] == [("indeed", 1, 1)], "bells stood in one only"
    assert [one.length for one in found.words_spam] == [1000.0, 500.0]


def test_disguised_words_are_those_they_stand_for(post: Post) -> None:
    said(post, "c a s i n o for you", True)
    said(post, "саsinо for me", True)
    assert [one.what for one in heavy_words.read(learner({"casino": 1.0})).words_spam] == ["casino"]


def test_a_domain_counts_from_one_comment_on_in_links_and_websites(post: Post) -> None:
    said(post, "Look at https://www.gold.example/a and https://gold.example/b", True)
    said(post, "Fine.", False, website="https://home.example/")
    found = heavy_words.read(learner(hosts={"gold.example": 2.0, "home.example": -1.0}))
    assert [(one.what, one.spam, one.fine) for one in found.hosts_spam] == [("gold.example", 1, 0)]
    assert [(one.what, one.spam, one.fine) for one in found.hosts_fine] == [("home.example", 0, 1)]


def test_what_the_site_added_is_told_apart(post: Post) -> None:
    said(post, "cheap", True)
    said(post, "cheap", True)
    taught = learner({"cheap": 1.0})
    taught.learn(Features((Group("words", 1.0, (hashed("words", "cheap"),)),)), True)
    (one,) = heavy_words.read(taught).words_spam
    assert one.taught > 0
    assert one.weight == pytest.approx(1.0 + one.taught)


def test_texts_that_are_gone_taken_back_or_of_archives_are_not_looked_at(post: Post) -> None:
    said(post, "", True, status="erased")
    judged(cast.comment(post, body="cheap"), True, live=False)
    judged(cast.comment(post, body="cheap"), True, source="archive", archive="old", row_digest="x")
    assert heavy_words.read(learner({"cheap": 1.0})).texts == 0


def test_lists_are_bounded_and_cost_one_query(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"w{'abcdefghijklmnopqrstuvwxyz'[number]}" for number in range(20)]
    for _ in range(3):
        said(post, " ".join(words), True)
    model = learner(dict.fromkeys(words, 1.0))
    with CaptureQueriesContext(connection) as captured:
        assert len(heavy_words.read(model).words_spam) == heavy_words.MOST_SHOWN
    assert len(captured) == 1
    monkeypatch.setattr(heavy_words, "MOST_TEXTS", 2)
    monkeypatch.setattr(heavy_words, "MOST_CHARS", 5)
    found = heavy_words.read(model)
    assert (found.texts, [one.what for one in found.words_spam]) == (2, ["wa", "wb"])
