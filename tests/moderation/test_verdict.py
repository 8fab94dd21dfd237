"""The policy, line by line."""

import pytest

from moderation.filters.evidence import Signal
from moderation.likelihood import in_100
from moderation.verdict import MODES, POLICY, THRESHOLDS, UnknownMode, judge, probability_of, suspicion_at

NEW = Signal("history_new", 0, "first comment from this browser")
MILD = Signal("links_few", 1, "1 link in 20 words")
LINKS = Signal("links_many", 5, "6 links in 20 words")
WAVE = Signal("alike_wave", 4, "the same wording as 3 comments of other senders")
BBCODE = Signal("markup_bbcode", 3, "links in forum markup")
GOOD = Signal("history_good", -2, "5 comments approved before")
TRAP = Signal("form_honeypot", 10, "a field that people cannot see was filled")
HOLD_RULE = Signal("rule_hold", 3, "blocklist word “casino” (rule 1)")
SPAM_RULE = Signal("rule_spam", 10, "blocklist word “casino” (rule 2)")


def outcome(*signals, mode="open", trusted=False, staff=False):
    return judge(signals, mode=mode, trusted=trusted, staff=staff).outcome


@pytest.mark.parametrize(
    ("mode", "stranger", "trusted", "staff"),
    [
        ("open", "publish", "publish", "publish"),
        ("hold_new", "hold", "publish", "publish"),
        ("hold_all", "hold", "hold", "publish"),
        ("closed", "hold", "hold", "hold"),
    ],
)
def test_what_each_mode_does_with_a_harmless_comment(mode, stranger, trusted, staff):
    assert outcome(MILD, mode=mode) == stranger
    assert outcome(MILD, mode=mode, trusted=True) == trusted
    assert outcome(MILD, mode=mode, staff=True) == staff


@pytest.mark.parametrize("mode", MODES)
def test_a_suspicious_comment_is_never_published_for_anyone_but_staff(mode):
    assert outcome(WAVE, mode=mode) == "hold"
    assert outcome(WAVE, mode=mode, trusted=True) == "hold"


def test_a_good_history_outweighs_a_mild_finding():
    assert outcome(BBCODE) == "hold"
    assert outcome(BBCODE, GOOD) == "publish"


@pytest.mark.parametrize(
    "signal", [HOLD_RULE, SPAM_RULE, TRAP, Signal("form_instant", 4, "at once"), Signal("form_time_missing", 3, "none")]
)
def test_no_history_outweighs_a_rule_or_a_form_that_no_person_sent(signal):
    assert outcome(signal, GOOD, GOOD, GOOD, GOOD, GOOD, GOOD, trusted=True) == "hold"


def test_spam_takes_a_score_that_is_right_in_more_than_nineteen_of_twenty():
    line = THRESHOLDS["spam"]
    assert probability_of(line) == pytest.approx(0.95, abs=0.001)
    assert outcome(Signal("learned_wording", line - 0.01, "worded like spam")) == "hold"
    assert outcome(Signal("learned_wording", line, "worded like spam")) == "spam"
    assert outcome(LINKS, WAVE) == "spam"


@pytest.mark.parametrize(
    ("strictness", "hold", "spam"), [("strict", 0.06, 0.98), ("normal", 0.15, 0.95), ("relaxed", 0.30, 0.95)]
)
def test_the_setting_moves_the_lines_and_nothing_else(strictness, hold, spam):
    def of(probability, **given):
        signal = Signal("learned_wording", suspicion_at(probability), "worded like spam")
        facts = {"mode": "open", "trusted": False, "staff": False, **given}
        return judge([signal], strictness=strictness, **facts).outcome

    assert [of(hold - 0.01), of(hold + 0.01), of(spam - 0.005), of(spam + 0.005)] == ["publish", "hold", "hold", "spam"]
    assert of(0.99, trusted=True) == "hold"
    assert of(0.01, mode="hold_new") == "hold"


def test_who_repeats_the_post_beside_a_link_waits_however_good_it_looks():
    copied = Signal("relevance_copied", -5, "repeats 20 words of the post")
    assert outcome(copied) == "hold"
    assert outcome(copied, trusted=True) == "publish"


def why(*signals: Signal) -> tuple[str, ...]:
    made = judge(signals, mode="open", trusted=False, staff=False)
    return tuple(says.replace("\N{NO-BREAK SPACE}", " ") for says in made.why)


def test_who_takes_up_the_post_is_looked_at_before_anything_is_filed():
    speaks = Signal("relevance_takes_up", 0, "speaks of this post")
    sure = Signal("learned_wording", 9, "worded like spam")
    assert outcome(sure) == "spam"
    assert outcome(sure, speaks) == "hold"
    assert outcome(TRAP, speaks) == "spam"


def test_what_may_be_an_answer_is_filed_by_a_higher_line():
    answers = Signal("answers_here", 0, "may be an answer")
    between = Signal("learned_wording", suspicion_at(0.96), "worded like spam")
    sure = Signal("learned_wording", suspicion_at(0.975), "worded like spam")
    assert (outcome(between), outcome(between, answers)) == ("spam", "hold")
    assert (outcome(sure), outcome(sure, answers)) == ("spam", "spam")
    assert outcome(TRAP, answers) == "spam"


def test_the_reasons_name_the_line_that_decided():
    answers = Signal("answers_here", 0, "may be an answer")
    sure, between = (Signal("learned_wording", suspicion_at(p), "worded like spam") for p in (0.975, 0.96))
    assert why(sure) == ("worded like spam", "97 in 100 like this are spam; it is filed as spam from 95 in 100 up")
    assert why(sure, answers) == (
        "worded like spam",
        "97 in 100 like this are spam; it is filed as spam from 97 in 100 up",
    )
    held = ("worded like spam", "96 in 100 like this are spam; a person looks from 15 in 100 up")
    assert why(between, answers) == (*held, "may be an answer: filed only from 97 in 100 up")
    speaks = Signal("relevance_takes_up", 0, "speaks of this post")
    assert why(between, speaks) == (*held, "speaks of this post: never filed unseen")
    below = Signal("learned_wording", suspicion_at(0.9), "worded like spam")
    assert why(below, answers, speaks) == (
        "worded like spam",
        "90 in 100 like this are spam; a person looks from 15 in 100 up",
    )


def test_an_unknown_strictness_is_an_error_and_publishes_nothing():
    with pytest.raises(UnknownMode, match="lax"):
        judge([], mode="open", trusted=True, staff=True, strictness="lax")


def test_a_long_text_about_something_else_waits_unless_its_sender_is_known():
    stray = Signal("relevance_none", THRESHOLDS["stray"], "says nothing about this post")
    assert outcome(stray) == "hold"
    assert outcome(stray, Signal("learned_wording", -0.1, "worded like comments that people publish")) == "publish"
    assert outcome(stray, trusted=True) == outcome(stray, staff=True) == "publish"


def test_a_spam_rule_or_the_trap_is_enough():
    assert outcome(SPAM_RULE) == "spam"
    assert outcome(TRAP) == "spam"
    assert outcome(SPAM_RULE, GOOD) == "hold"


def test_ten_hold_rules_are_still_for_a_person():
    assert outcome(*[HOLD_RULE] * 10) == "hold"


def test_staff_publish_unless_a_rule_hits():
    assert outcome(LINKS, WAVE, TRAP, mode="hold_all", staff=True) == "publish"
    assert outcome(HOLD_RULE, staff=True) == "hold"
    assert outcome(SPAM_RULE, TRAP, staff=True) == "hold"


@pytest.mark.parametrize("mode", ["", "OPEN", "hold", None])
def test_an_unknown_mode_is_an_error_and_publishes_nothing(mode):
    with pytest.raises(UnknownMode):
        judge([], mode=mode, trusted=True, staff=True)


def test_a_stranger_is_told_to_wait_in_plain_words():
    verdict = judge([NEW], mode="hold_new", trusted=False, staff=False)
    assert verdict.why == ("first comment from this browser: held for a person",)
    assert verdict.score == 0


def test_the_reasons_name_the_heaviest_finding_first():
    verdict = judge([MILD, WAVE, GOOD], mode="open", trusted=False, staff=False)
    assert verdict.outcome == "hold"
    assert verdict.why == (
        WAVE.says,
        MILD.says,
        f"{in_100(0.15)} like this are spam; a person looks from {in_100(0.15)} up",
    )


def test_the_policy_has_a_name():
    assert POLICY == "policy-5"


def test_what_lies_just_under_the_line_reads_as_lying_under_it():
    almost = Signal("learned_wording", suspicion_at(0.1496), "worded like spam")
    (*_, says) = judge([almost], mode="open", trusted=False, staff=False).why
    assert says.replace("\N{NO-BREAK SPACE}", " ") == "14.9 in 100 like this are spam; a person looks from 15 in 100 up"
