"""What holds for every list of signals, in every mode."""

from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from moderation.filters.evidence import Signal
from moderation.verdict import MODES, RULES, SURE_SPAM, THRESHOLDS, judge

from .facts import signals

ORDER = {"publish": 0, "hold": 1, "spam": 2}
lists = st.lists(signals, max_size=6)
modes = st.sampled_from(MODES)


@given(lists, modes, st.booleans())
def test_a_trusted_or_staff_sender_is_never_filed_as_spam(found, mode, staff):
    assert judge(found, mode=mode, trusted=True, staff=staff).outcome != "spam"
    assert judge(found, mode=mode, trusted=staff, staff=True).outcome != "spam"


@given(lists, modes, st.booleans(), st.booleans(), st.data())
def test_more_suspicion_never_makes_the_outcome_milder(found, mode, trusted, staff, data):
    before = judge(found, mode=mode, trusted=trusted, staff=staff)
    more = data.draw(st.floats(0, 20))
    if found and data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(found) - 1))
        changed = [*found[:at], replace(found[at], weight=found[at].weight + more), *found[at + 1 :]]
    else:
        changed = [*found, Signal("classifier_spam", more, "reads like spam")]
    after = judge(changed, mode=mode, trusted=trusted, staff=staff)
    assert after.score >= before.score
    assert ORDER[after.outcome] >= ORDER[before.outcome]


@given(lists, modes, st.booleans(), st.booleans())
def test_the_outcome_is_one_of_three_and_always_has_a_reason(found, mode, trusted, staff):
    verdict = judge(found, mode=mode, trusted=trusted, staff=staff)
    assert verdict.outcome in ORDER
    assert verdict.why
    assert verdict.why == tuple(dict.fromkeys(verdict.why))


@given(lists, modes, st.booleans())
def test_nothing_is_published_over_the_threshold_except_for_staff(found, mode, trusted):
    verdict = judge(found, mode=mode, trusted=trusted, staff=False)
    if verdict.score >= THRESHOLDS["hold"] or mode in ("closed", "hold_all"):
        assert verdict.outcome != "publish"
    if verdict.outcome == "spam" and not any(signal.code in SURE_SPAM for signal in found):
        assert verdict.score >= THRESHOLDS["spam"]


@given(lists, modes)
def test_a_rule_is_never_overlooked(found, mode):
    if any(signal.code in RULES for signal in found):
        for trusted in (False, True):
            for staff in (False, True):
                assert judge(found, mode=mode, trusted=trusted, staff=staff).outcome != "publish"


@given(st.lists(signals, max_size=4), modes, st.booleans())
def test_the_order_of_the_signals_does_not_matter_to_the_outcome(found, mode, trusted):
    verdicts = {
        (verdict.outcome, verdict.score)
        for order in permutations(found)
        for verdict in [judge(order, mode=mode, trusted=trusted, staff=False)]
    }
    assert len(verdicts) == 1
