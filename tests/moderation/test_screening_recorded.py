"""Every screening leaves a Review that says what was found, where in the text, and what came of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Post
from comments.models import Comment
from moderation.models import Decision, Rule
from moderation.screening import screen
from moderation.verdict import POLICY
from tests.comments.submissions import LETTER, draft, edit, send

SPAM = "Visit https://one.example/a and https://two.example/b or https://three.example/c for c a s i n o wins!!!"


def spans_lie_in_the_text(comment: Comment) -> int:
    """Check every span of the comment's newest review; return how many there are."""
    review = comment.reviews.latest("pk")
    body = comment.revisions.get(number=review.revision).body
    texts = {"body": body, "name": comment.name, "website": comment.website}
    spans = [span for signal in review.signals.all() for span in signal.spans]
    assert all(0 <= start < end <= len(texts[field]) for field, start, end in spans)
    return len(spans)


def test_a_screening_stores_its_verdict_its_signals_and_its_facts(post: Post) -> None:
    Rule.objects.create(kind="word", text="casino", effect="hold")
    comment = send(post, SPAM)
    review = comment.reviews.get()
    assert (review.revision, review.policy, review.mode, review.trusted) == (1, POLICY, "hold_new", False)
    assert review.outcome == "hold"
    assert review.why
    assert review.score == pytest.approx(sum(signal.weight for signal in review.signals.all()), abs=0.01)
    assert "rule_hold" in {signal.code for signal in review.signals.all()}
    assert review.error == ""
    assert spans_lie_in_the_text(comment) > 2


def test_the_facts_hold_no_text_that_erasure_would_have_to_find(post: Post) -> None:
    typed = {"name": "Someone Special", "email": "someone@mail.example", "website": "https://special.example/"}
    review = send(post, LETTER, typed=typed).reviews.get()
    stored = str(review.facts)
    assert not any(text in stored for text in [*typed.values(), LETTER])
    assert review.facts["seconds_on_form"] == 90.0


def test_the_rule_that_hit_is_cited_where_it_stands(post: Post) -> None:
    Rule.objects.create(kind="word", text="index", effect="hold")
    Rule.objects.create(kind="word", text="tables", effect="hold", state="retired")
    signals = send(post).reviews.get().signals.filter(code__startswith="rule")
    assert [LETTER[start:end] for signal in signals for _, start, end in signal.spans] == ["index"]


def test_the_machines_decision_carries_the_signals(post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(mode="open")
    post.refresh_from_db()
    comment = send(post)
    decision = Decision.objects.get()
    assert (decision.actor_kind, decision.actor_name, decision.actor) == ("system", POLICY, None)
    found = comment.reviews.get().signals.order_by("pk")
    assert decision.signals == [[one.code, round(one.weight, 4)] for one in found]


def test_sure_spam_is_filed_and_never_rejected(post: Post) -> None:
    Rule.objects.create(kind="domain", text="one.example", effect="spam")
    comment = send(post, SPAM, honeypot=True)
    assert comment.status == "spam"
    decision = Decision.objects.get()
    assert (decision.action, decision.actor_kind) == ("spam", "system")


def test_an_edit_is_judged_by_its_new_text_and_its_spans_lie_in_that(post: Post) -> None:
    comment = edit(send(post), SPAM)
    reviews = list(comment.reviews.order_by("pk"))
    assert [review.revision for review in reviews] == [1, 2]
    assert reviews[1].score > reviews[0].score
    assert spans_lie_in_the_text(comment) > 2
    better = edit(comment, LETTER)
    assert better.reviews.latest("pk").score == reviews[0].score


def test_a_waiting_edit_of_a_public_comment_is_the_text_that_is_judged(post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(mode="open")
    post.refresh_from_db()
    comment = edit(send(post), SPAM)
    assert (comment.body, comment.proposed_revision) == (LETTER, 2)
    assert comment.reviews.latest("pk").revision == 2
    assert spans_lie_in_the_text(comment) > 2


def test_a_screening_costs_the_same_queries_however_much_it_finds(post: Post) -> None:
    first, costs = send(post, key="first"), []
    for number in (0, 3, 60):
        Rule.objects.bulk_create(Rule(text=f"word{number}-{each}") for each in range(number))
        for each in range(number):
            send(post, f"{LETTER} {each}", key=f"{number}-{each}", sender=first.sender)
        with CaptureQueriesContext(connection) as queries:
            review = screen(first.pk)
        costs.append(len(queries))
        assert (review.signals.filter(code__startswith="alike").exists()) is bool(number)
    # What is alike goes to a card: a few queries more, one for what people refused there, and two where more is alike
    # than is read at once.
    assert costs[0] < costs[1] <= costs[2] <= costs[1] + 2 <= 32, costs


def test_nothing_of_a_draft_is_changed_by_the_screening(post: Post) -> None:
    comment = send(post, SPAM)
    typed = draft(SPAM)
    assert (comment.name, comment.body, comment.html) == (typed.name, typed.body, typed.html)
