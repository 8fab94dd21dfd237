"""The sender's history, by proven identity only."""

import pytest

from moderation.filters.evidence import MANY, SenderFacts

from .facts import found


def weights(known=True, published=0, refused=0, spam=0, pending=0):
    signals = found(sender=SenderFacts(known, published, refused, spam, pending))
    return {code: signal.weight for code, signal in signals.items() if signal.family == "history"}


def test_a_stranger_is_new_and_nothing_else():
    assert weights(known=False) == {"history_new": 0}


def test_a_typed_name_earns_no_history():
    assert weights(known=False, published=50, spam=3) == {"history_new": 0}


@pytest.mark.parametrize(("published", "weight"), [(1, -1), (2, -1), (3, -2), (500, -2)])
def test_approvals_reassure_within_bounds(published, weight):
    assert weights(published=published) == {"history_good": weight}


def test_spam_outweighs_every_approval():
    assert weights(published=500, spam=1) == {"history_spam": 4}
    assert weights(spam=90) == {"history_spam": 6}


def test_refusals_weigh_less_in_a_long_good_history():
    assert weights(refused=2) == {"history_refused": 2}
    assert weights(refused=2, published=20) == {"history_refused": 1, "history_good": -2}


def test_many_waiting_comments_are_noted():
    assert "history_waiting" in weights(pending=3)
    assert weights(pending=2) == {"history_undecided": 0}


@pytest.mark.parametrize(
    ("count", "says"),
    [(1, "1 comment "), (MANY - 1, f"{MANY - 1} comments "), (MANY, f"more than {MANY - 1} comments ")],
)
def test_what_is_counted_no_further_says_so(count, says):
    signals = found(sender=SenderFacts(True, count, 0, 0, 0))
    assert signals["history_good"].says.startswith(says)
