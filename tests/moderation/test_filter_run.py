"""Properties of the whole run, over any comment that can be written."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from moderation import filters
from moderation.filters import FILTERS, Filter, FilterFailed, run
from moderation.filters.evidence import Evidence, RuleFact, Signal

from .facts import PLAIN, cited, evidences, found


@given(evidences)
@settings(max_examples=300, deadline=None)
def test_every_span_is_a_piece_of_what_was_typed(whole):
    for signal in run(whole):
        for span in signal.spans:
            assert cited(whole, span)
            assert span.end <= len(getattr(whole, span.field))


@given(evidences)
@settings(deadline=None)
def test_the_same_evidence_gives_the_same_signals(whole):
    assert run(whole) == run(whole)


@given(evidences)
@settings(deadline=None)
def test_stored_evidence_is_judged_as_it_was_the_first_time(whole):
    replayed = Evidence.from_json(json.loads(json.dumps(whole.as_json())))
    assert replayed == whole
    assert run(replayed) == run(whole)


@given(evidences)
@settings(deadline=None)
def test_signals_survive_being_stored(whole):
    for signal in run(whole):
        assert Signal.from_json(json.loads(json.dumps(signal.as_json()))) == signal


@given(evidences)
@settings(deadline=None)
def test_a_rule_that_does_not_hit_changes_no_other_signal(whole):
    before = run(whole)
    unrelated = tuple(
        RuleFact(10**7, kind, text, "spam")
        for kind, text in (
            ("word", "qqqzzzqqq"),
            ("phrase", "casino qqqzzzqqq"),
            ("domain", "qqqzzzqqq.example"),
            ("address", "qqqzzzqqq@mail.example"),
        )
    )
    assert run(replace(whole, rules=whole.rules + unrelated)) == before
    assert run(replace(whole, rules=unrelated + whole.rules)) == before


def test_an_ordinary_comment_of_a_stranger_is_only_new():
    assert list(found()) == ["history_new"]
    assert found()["history_new"].weight == 0


def test_no_filter_ends_the_run_early():
    signals = found(honeypot=True, seconds_on_form=0.2, website="http://192.0.2.7/a/b", name="www.shop.example")
    assert {"form_honeypot", "form_instant", "links_ip", "name_web_address", "history_new"} <= set(signals)


def test_a_broken_filter_is_named_and_its_error_kept(monkeypatch):
    def broken(_evidence, _reading):
        raise ZeroDivisionError

    monkeypatch.setattr(filters, "FILTERS", (*FILTERS, Filter("broken", broken)))
    with pytest.raises(FilterFailed) as failure:
        run(PLAIN)
    assert failure.value.name == "broken"
    assert isinstance(failure.value.__cause__, ZeroDivisionError)


def test_codes_are_stable_names_with_a_family():
    for signal in found(honeypot=True, body="http://a.example/ " * 9, website="http://bit.example/a/b").values():
        assert signal.code.isidentifier()
        assert signal.code.islower()
        assert signal.family in {"rule", "links", "markup", "name", "alike", "form", "history", "shape"}
