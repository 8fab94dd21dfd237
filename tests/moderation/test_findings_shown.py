"""Of many findings the desk shows those that weigh most and those that must be seen; nothing is lost from the sum."""

import re
from math import fsum, isclose

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from moderation import findings
from moderation.actors import system
from moderation.decisions import decide
from moderation.models import Review, Signal
from tests import cast
from tests.moderation.desk import html, reviewed

PARTS = (
    ("learned_wording", 2.25, "worded like spam: “buy”", [["body", 0, 3]]),
    ("learned_relevance", 1.9, "says nothing about this post", []),
    ("learned_addresses", -1.2, "leads nowhere", []),
    ("learned_layout", 0.6, "laid out like spam", [["body", 4, 7]]),
    ("learned_likeness", 0.04, "like a comment that you refused", [["body", 0, 11]]),
    ("links_few", 0.2, "1 link", [["body", 8, 11]]),
    ("learned_site", 0.41, "of 40 comments that you decided about, 12 were spam", []),
)
SCORE = round(sum(weight for _, weight, _, _ in PARTS), 2)


def signal(code: str, weight: float, says: str = "", spans: object = ()) -> Signal:
    return Signal(code=code, weight=weight, says=says or code, spans=list(spans))


def of(*signals: Signal, outcome: str = "hold", score: float = 0.0) -> findings.Findings:
    return findings.of_review(Review(outcome=outcome, score=score), signals)


def codes(found: tuple[findings.Finding, ...]) -> list[str]:
    return [finding.code for finding in found]


def test_the_three_heaviest_are_shown_what_leads_to_the_verdict_first() -> None:
    signals = [signal("a_1", 1.0), signal("b_1", -3.0), signal("c_1", 2.0), signal("d_1", 0.5), signal("e_1", -0.1)]
    held, published = of(*signals), of(*signals, outcome="publish")
    assert codes(held.shown) == ["c_1", "a_1", "b_1"]
    assert codes(published.shown) == ["b_1", "c_1", "a_1"]
    assert codes(held.smaller) == ["d_1", "e_1"]
    assert held.rest_says == "and 2 smaller ones, together +0.4"


def test_what_moderators_must_see_is_shown_however_little_it_weighs() -> None:
    heavy = [signal(f"learned_{n}", 5.0 - n) for n in range(4)]
    must = [signal("history_spam", -0.1), *(signal(code, 0.0) for code in sorted(findings.HOLDING))]
    found = of(*heavy, *must, signal("form_odd", 0.01), signal("history_new", 0.0))
    assert set(codes(found.shown[: len(findings.HOLDING)])) == findings.HOLDING, "what holds by itself comes first"
    assert {"rule_hold", "history_hold_always", "form_instant"} < findings.HOLDING
    assert set(codes(found.shown)) == {*codes(tuple(heavy[:3])), *codes(tuple(must))}
    assert codes(found.smaller) == ["learned_3", "form_odd", "history_new"]


@pytest.mark.parametrize(
    ("left", "says"),
    [
        ([], ""),
        ([0.44], "and 1 smaller one, +0.4"),
        ([0.3, -0.6], "and 2 smaller ones, together −0.3"),
        ([0.3, -0.3], "and 2 smaller ones, together 0"),
        ([0.0], "and 1 that weighs nothing"),
        ([0.0, 0.0], "and 2 that weigh nothing"),
    ],
)
def test_the_rest_is_one_line(left: list[float], says: str) -> None:
    signals = [signal("x_1", 5.0)] * 3 + [signal("y_1", weight) for weight in left]
    assert of(*signals).rest_says == says


@given(some.lists(some.tuples(some.sampled_from(["a_1", "learned_site", "rule_hold", "form_x"]), some.floats(-5, 5))))
def test_every_finding_is_shown_or_summed_but_where_the_sum_begins(made: list[tuple[str, float]]) -> None:
    found = of(*(signal(code, weight) for code, weight in made))
    begins = [weight for code, weight in made if code == "learned_site"]
    there = [*(finding.weight for finding in found.shown), found.together, *begins]
    assert isclose(fsum(there), fsum(weight for _, weight in made), abs_tol=1e-9)
    assert len(found.shown) + len(found.smaller) + len(begins) == len(made)
    chosen = [abs(finding.weight) for finding in found.shown if finding.code == "a_1"]
    assert max([abs(finding.weight) for finding in found.smaller if finding.code == "a_1"], default=0) <= min(
        chosen, default=5
    )


@pytest.mark.parametrize(
    ("score", "says"),
    [
        (4.2, "it comes to 4.2: 37 in 100 like this are spam."),
        (-3.0, "it comes to −3: fewer than 1 in 100 like this are spam."),
        (-0.04, "it comes to 0: fewer than 1 in 100 like this are spam."),
    ],
)
def test_they_add_up_to_a_probability_in_words(score: float, says: str) -> None:
    signals = [signal("learned_wording", 1.0), signal("learned_site", 0.4, "12 were spam")]
    begins, rules = "Counted from 0.4 (12 were spam), ", signal("rule_hold", 3.0)
    assert of(*signals, score=score).adds_up.replace("\N{NO-BREAK SPACE}", " ") == begins + says
    ordered = of(*signals, rules, score=score).adds_up.replace("\N{NO-BREAK SPACE}", " ")
    assert ordered == begins + says.replace("it comes", "rules aside, it comes")
    alone = of(signals[0], score=score).adds_up.replace("\N{NO-BREAK SPACE}", " ")
    assert alone == says.replace("it comes", "It comes")


def test_a_screening_of_before_the_filter_learned_means_no_probability() -> None:
    assert of(signal("links_many", 5.0), score=5.0).adds_up == ""
    assert of().adds_up == ""


@pytest.mark.parametrize(
    ("weight", "says"),
    [
        (9.0, "decisive"),
        (3.0, "strong"),
        (1.0, "moderate"),
        (0.4, "slight"),
        (0.04, "next to nothing"),
        (-0.04, "next to nothing"),
        (-0.5, "slightly reassuring"),
        (-1.5, "reassuring"),
        (-3.0, "strongly reassuring"),
        (0.0, "to know"),
    ],
)
def test_a_weight_in_words(weight: float, says: str) -> None:
    assert findings.strength(weight) == says


@pytest.mark.django_db
def test_the_text_cites_what_the_list_shows_and_nothing_else(as_moderator: Client, post) -> None:
    comment = cast.comment(post, "pending", body="buy the pil")
    reviewed(comment, *PARTS, score=SCORE, policy="policy-3")
    page = html(as_moderator.get("/moderation/"))
    shown, _, rest = page.partition('<ol class="findings">')[2].partition("</ol>")
    numbers = re.findall(r'class="number( cites)?" aria-hidden="true">(\d*)<', shown)
    assert numbers == [(" cites", "1"), ("", ""), ("", "")]
    assert '<mark title="worded like spam: “buy”">buy</mark><sup class="cite">' in page
    assert page.count("<mark") == 1, "smaller ones cite nothing"
    assert "Says nothing about this post" in shown
    assert '<span class="weight">moderate, +1.9</span>' in shown
    summary = re.search(r"<summary>(and [^<]*)</summary>", rest)
    assert summary[1] == "and 3 smaller ones, together +0.8"
    assert "it comes to 4.2: 37" in page


@pytest.mark.django_db
def test_every_page_about_the_comment_shows_the_same(as_moderator: Client, post) -> None:
    comment = cast.comment(post, "pending", body="buy the pil")
    review = reviewed(comment, *PARTS, score=SCORE, policy="policy-3")
    said = [(code, weight) for code, weight, _, _ in PARTS]
    made = decide(comment.pk, "spam", seen=1, actor=system("policy-3"), signals=said, review=review.pk)
    for address in (f"/moderation/comments/{comment.pk}/", f"/moderation/decisions/{made.pk}/"):
        page = html(as_moderator.get(address))
        assert "and 3 smaller ones, together +0.8" in page
        assert "it comes to 4.2: 37" in page
        assert ('class="number cites"' in page) == ("<mark" in page), "a number leads to a mark, or is not there"
    assert "Signals then" not in page, "the screening behind it says the same, in words"


@pytest.mark.django_db
def test_a_decision_without_a_screening_shows_the_signals_that_it_recorded(as_moderator: Client, post) -> None:
    comment = cast.comment(post, "pending", body="buy the pil")
    said = [(code, weight) for code, weight, _, _ in PARTS]
    made = decide(comment.pk, "spam", seen=1, actor=system("policy-3"), signals=said)
    page = html(as_moderator.get(f"/moderation/decisions/{made.pk}/"))
    assert "learned_wording <span" in page, "what the decision recorded stands without words"
    assert "; and 3 smaller ones, together +0.8" in page
