"""The prior is the optimum for its data, the same bytes each time, and tells an invented blog's spam from its ham."""

from collections import defaultdict
from dataclasses import replace
from math import exp, log
from random import Random

import pytest

from moderation import priors
from moderation.classifier import building
from moderation.classifier.building import Source, fit, rarities
from moderation.classifier.features import Features, Group
from moderation.classifier.labelled import Site
from moderation.classifier.learner import Learner
from moderation.classifier.memory import SiteMemory
from moderation.classifier.prior import Prior, term_number
from moderation.classifier.trial import area
from tests.moderation import invented_blog
from tests.moderation.classified import tiny_prior

Example = tuple[Features, float, bool, float]


def quiet(_done: int) -> None:
    """Tell nobody."""


class Silent:
    """Stands for a bar."""

    def __init__(self, what: str, total: int) -> None:
        self.what, self.total = what, total

    def __enter__(self):
        return quiet

    def __exit__(self, *_: object) -> None:
        pass


def made(*sources: Source) -> bytes:
    return priors.make(sources, invented_blog.POSTS, Silent).to_bytes()


def blog(name: str, many: int = 60, kind: str = "blog", seed: int = 1) -> Source:
    return Source(name, kind, invented_blog.rows(many, seed))


def test_it_separates_comments_that_it_never_saw() -> None:
    prior = tiny_prior()
    site, learner, judged = Site(invented_blog.POSTS, prior), Learner(prior), []
    for row in invented_blog.rows(150, seed=1234):
        judged.append((learner.score(site.look(row, SiteMemory()).features), row.spam))
    assert area(judged) > 0.97


def test_the_same_data_give_the_same_bytes_in_whatever_order() -> None:
    one, two = blog("one"), blog("two", seed=2, kind="other")
    first = made(one, two)
    assert made(one, two) == first
    assert made(two, one) == first
    assert made(one) != first


def test_the_file_says_what_it_was_made_of_and_no_date() -> None:
    about = Prior.from_bytes(made(blog("one"), blog("two", 40, "other"))).about
    spam = [sum(row.spam for row in invented_blog.rows(many)) for many in (60, 40)]
    assert about == {
        "comments": 100,
        "spam": sum(spam),
        "sources": [
            {"name": "one", "kind": "blog", "comments": 60, "spam": spam[0]},
            {"name": "two", "kind": "other", "comments": 40, "spam": spam[1]},
        ],
    }


def test_no_word_of_the_data_is_in_the_file() -> None:
    line = made(blog("one")).partition(b"\n")[0]
    assert not any(word.encode() in line for topic in invented_blog.TOPICS for word in topic)


def test_what_is_no_blog_counts_less() -> None:
    """The same comments called the other way round: the blog's word outweighs the other's."""
    rows = invented_blog.rows(80)
    turned = [replace(row, spam=not row.spam) for row in rows]
    prior = priors.make([Source("blog", "blog", rows), Source("other", "other", turned)], invented_blog.POSTS, Silent)
    site, learner = Site(invented_blog.POSTS, prior), Learner(prior)
    judged = [(learner.score(site.look(row, SiteMemory()).features), row.spam) for row in rows]
    assert area(judged) > 0.8


def test_a_finding_counts_as_taught_once_the_data_has_it_often() -> None:
    few = replace(invented_blog.rows(1)[0], body="BUY NOW BUY NOW AND EARN WITH ALL OF THIS TODAY", spam=True)
    rare, often = ([*invented_blog.rows(60), *[few] * many] for many in (5, building.ENOUGH_FINDINGS))
    priors_of = [priors.make([Source("one", "blog", rows)], {}, Silent) for rows in (rare, often)]
    assert ["shape_shouting" in prior.findings for prior in priors_of] == [False, True]


def random_examples(many: int = 40) -> list[Example]:
    random, examples = Random(5), []
    for at in range(many):
        spam = bool(at % 2)
        ids = tuple(sorted({random.randrange(1, 12) + 6 * (spam and random.random() < 0.7) for _ in range(5)}))
        groups = (Group("always", 1.0, (0,)), Group("words", 0.75, ids))
        examples.append((Features(groups), random.choice((0.0, 0.0, 1.5)), spam, random.uniform(0.2, 2.0)))
    return examples


@pytest.mark.parametrize(("epochs", "slope"), [(building.EPOCHS, 0.01), (100, 1e-5)])
def test_fitting_ends_where_no_weight_could_be_better(epochs: int, slope: float, monkeypatch) -> None:
    """At the optimum of |w|²/2 + sum of weight * log(1 + exp(-sign * score)) its gradient is zero."""
    monkeypatch.setattr(building, "EPOCHS", epochs)
    examples = random_examples()
    weights = fit(examples, quiet)
    gradient = defaultdict(float, {feature: weight for feature, weight in enumerate(weights) if weight})
    for features, assumed, spam, weight in examples:
        score = assumed + sum(weights[at] * group.value for group in features.groups for at in group.ids)
        pull = weight * (1 / (1 + exp(-score)) - spam)
        for group in features.groups:
            for feature in group.ids:
                gradient[feature] += pull * group.value
    assert max(map(abs, gradient.values())) < slope
    assert max(map(abs, weights)) > 0.1


def test_fitting_takes_what_is_assumed_as_given() -> None:
    group = (Group("words", 1.0, (3,)),)
    alone = fit([(Features(group), 0.0, True, 1.0)], quiet)[3]
    assured = fit([(Features(group), 4.0, True, 1.0)], quiet)[3]
    assert alone > 3 * assured > 0


def test_fitting_tells_each_round() -> None:
    told: list[int] = []
    fit(random_examples(4), told.append)
    assert told == list(range(1, building.EPOCHS + 1))


def test_rarity_is_the_logarithm_of_texts_for_one_that_has_the_term() -> None:
    table, rarest = rarities(["apple pear", "apple apple", "apple quince", "fig"])
    assert table[term_number("apple")] == pytest.approx(log(5 / 4))
    assert table[term_number("fig")] == pytest.approx(log(5 / 2))
    assert rarest == pytest.approx(log(5 / 1.5))
