"""What a moderator reads: whether a comment speaks of its post, and what people here decided about the like."""

from array import array
from dataclasses import replace
from random import Random

import pytest

from moderation.classifier import addresses, surroundings
from moderation.classifier.extraction import hashed
from moderation.classifier.features import SPACE
from moderation.classifier.labelled import Row, Site
from moderation.classifier.learner import Learner, probability
from moderation.classifier.memory import SiteMemory
from moderation.classifier.prior import nothing
from moderation.classifier.seen import Seen
from moderation.filters.context import Context, Memory
from moderation.filters.evidence import Evidence, Signal
from moderation.filters.reading import Reading
from tests.moderation import invented_blog
from tests.moderation.classified import Look, look, random_prior, tiny_prior
from tests.moderation.facts import cited, evidence


def part(comment: Evidence, learner: Learner, name: str) -> Signal:
    """What one part says of a comment."""
    return next(p for p in look(comment, learner).judged(learner).parts if p.code == f"learned_{name}")


def largest(topic: int, post: int) -> tuple[float, list[str]]:
    """The probability of a letter about a topic under a post, and the three parts that weigh most for it."""
    learner, site = Learner(tiny_prior()), Site(invented_blog.POSTS, tiny_prior())
    body = invented_blog.says(topic, Random(99))
    row = Row("1", "Reader", "", invented_blog.POSTS[f"post-{post}"][0], body, False, f"post-{post}", False)
    seen = site.look(row, SiteMemory())
    read = Look(Seen(seen.evidence, Reading(seen.evidence)), list(seen.signals), seen.features)
    p = probability(learner.score(seen.features))
    sign = 1 if p > 0.5 else -1
    heaviest = sorted(read.judged(learner).parts, key=lambda one: -sign * one.weight)[:3]
    return p, [one.says for one in heaviest]


@pytest.mark.parametrize("topic", range(4))
def test_a_letter_about_something_else_says_nothing_about_this_post(topic: int) -> None:
    p, says = largest(topic, post=topic + 1)
    assert p > 0.5
    assert "says nothing about this post" in says


@pytest.mark.parametrize("topic", range(4))
def test_a_letter_about_the_post_gives_no_such_reason(topic: int) -> None:
    p, says = largest(topic, post=topic)
    assert p < 0.5
    assert not any("about this post" in said for said in says)


def test_what_speaks_for_a_letter_is_that_it_speaks_of_the_post() -> None:
    learner, site = Learner(tiny_prior()), Site(invented_blog.POSTS, tiny_prior())
    learner.prior = replace(learner.prior, usual={})  # against nothing, not against letters that all keep to the point
    row = Row("1", "Reader", "", "", invented_blog.says(1, Random(99)), False, "post-1", False)
    seen = site.look(row, SiteMemory())
    read = Look(Seen(seen.evidence, Reading(seen.evidence)), list(seen.signals), seen.features)
    relevance = next(one for one in read.judged(learner).parts if one.code == "learned_relevance")
    assert relevance.weight < 0
    assert relevance.says == "speaks of this post"


def known(times: int, spam: bool, **facts: object) -> Learner:
    """A learner that was told so often about a comment with these facts; each of another sender, in other words."""
    learner = Learner(random_prior())
    for at in range(times):
        told = {"name": f"Sender {at}", "body": f"text number {'abcdef'[at] * 5}", **facts}
        learner.memory.remember(look(evidence(**told), comment=at + 1).features.traces, spam)
    return learner


def with_weight(learner: Learner, sign: int) -> Learner:
    """The learner with the same weight for everything: what it says depends on the comment alone."""
    learner._weights = type(learner._weights)("f", [sign * 0.5] * len(learner._weights))
    return learner


def test_a_domain_that_was_refused_is_named_with_its_count_and_cited() -> None:
    learner = with_weight(known(4, True, website="https://www.shop.example/a"), 1)
    comment = evidence(body="Look at https://shop.example/b and https://other.example/c", website="")
    found = part(comment, learner, "memory")
    assert found.says == "domain shop.example in 4 comments that you refused"
    assert [cited(comment, span) for span in found.spans] == ["https://shop.example/b"]


def test_a_domain_that_was_published_is_named_too() -> None:
    learner = with_weight(known(1, False, website="https://shop.example/a"), -1)
    comment = evidence(website="https://shop.example/")
    found = part(comment, learner, "memory")
    assert found.says == "domain shop.example in 1 comment that you published"
    assert [cited(comment, span) for span in found.spans] == ["https://shop.example/"]


def test_the_very_text_a_name_and_a_sister_domain_are_named() -> None:
    learner = with_weight(known(2, True, body="the same text in each of them"), 1)
    assert part(evidence(body="The SAME text, in each of them!"), learner, "memory").says == (
        "this very text in 2 comments that you refused"
    )
    learner = with_weight(known(3, True, name="Casino Joe"), 1)
    assert part(evidence(name="Casino Joe"), learner, "memory").says == (
        "the name “Casino Joe” on 3 comments that you refused"
    )
    learner = with_weight(known(3, True, website="https://spamshop.example"), 1)
    assert part(evidence(website="https://spamshop.invalid"), learner, "memory").says == (
        "a domain like spamshop in 3 comments that you refused"
    )


def test_a_domain_of_which_nobody_decided_is_called_so() -> None:
    found = part(evidence(website="https://new.example"), with_weight(known(1, True), 1), "memory")
    assert found.says == "a domain that nobody here has decided about"
    assert found.spans == ()


def test_a_text_like_a_refused_one_names_the_day() -> None:
    learner = with_weight(Learner(random_prior()), 1)
    memory = Memory(like_spam=0.6, like_ham=0.1, nearest=7, nearest_on="3 May 2026", site_spam=9, site_ham=1)
    seen = look(evidence(context=Context(memory=memory)))
    says = {one.code: one.says for one in seen.judged(learner).parts}
    assert says["learned_likeness"] == "like a comment that you refused on 3 May 2026"
    assert says["learned_site"] == "of 10 comments that you decided about, you refused 9"
    undated = look(evidence(context=Context(memory=replace(memory, nearest_on=""))))
    says = {one.code: one.says for one in undated.judged(learner).parts}
    assert says["learned_likeness"] == "like a comment that you refused"


def test_the_words_that_weigh_most_are_cited_as_they_were_typed_and_none_that_speaks_against() -> None:
    weights = array("f", bytes(4 * SPACE))
    for word, weight in (("casino", 3.0), ("bonus", 2.0), ("index", -2.0)):
        weights[hashed("words", word)] = weight
    learner = Learner(replace(nothing(), weights=weights))
    comment = evidence(body="The index of our cаsinо: the b.o.n.u.s for all, and a casino again")
    found = part(comment, learner, "wording")
    assert found.says == "worded like spam: “cаsinо”, “b.o.n.u.s”"
    assert [cited(comment, span) for span in found.spans] == ["cаsinо", "b.o.n.u.s"]
    weights[hashed("words", "index")] = -9.0
    learner = Learner(replace(nothing(), weights=weights))
    assert part(comment, learner, "wording").says == "worded like comments that people publish: “index”"


def test_a_typed_name_that_people_published_speaks_for_nobody() -> None:
    learner = known(3, False, name="Known Reader")
    borrowed, stranger = (look(evidence(name=name), learner).seen for name in ("Known Reader", "Somebody Else"))
    assert borrowed.evidence.context.memory.name.ham == 3
    assert surroundings.memory(borrowed) == surroundings.memory(stranger)
    assert surroundings.memory(look(evidence(name="Joe"), known(1, True, name="Joe")).seen) == ["name in spam 1"]


def test_a_link_that_everybody_likes_does_not_speak_for_the_one_beside_it() -> None:
    learner = known(5, False, website="https://liked.example/a")
    alone, beside = (
        look(evidence(website="", body=f"See {links}"), learner).seen.evidence.context.memory
        for links in ("https://liked.example/b", "https://liked.example/b and https://unknown.invalid/c")
    )
    assert alone.host.ham == 5
    assert beside.host is None


def test_spam_that_links_to_what_everybody_likes_does_not_turn_the_filter_against_it() -> None:
    learner = known(5, False, website="https://liked.example/a")
    for at in range(3):
        told = evidence(name=f"Seller {at}", body=f"buy {at}", website="https://liked.example/a")
        learner.memory.remember(look(told).features.traces, True)
    assert look(evidence(website="https://liked.example/"), learner).seen.evidence.context.memory.host.spam == 3
    assert "host in spam 0" not in surroundings.memory(look(evidence(website="https://liked.example/"), learner).seen)


def test_hosts_that_everybody_shares_do_not_dilute_what_another_host_weighs() -> None:
    shared = "https://github.com/a https://en.wikipedia.org/wiki/B"
    one, with_shared = (
        look(evidence(website="", body=text)).seen for text in ("https://a.example", f"https://a.example {shared}")
    )
    assert addresses.parts(with_shared) == addresses.parts(one)
    assert "host github.com" in addresses.parts(look(evidence(website="", body=shared)).seen)
