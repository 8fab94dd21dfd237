"""Evidence and its parts refuse to be something else."""

import pytest

from moderation.filters.evidence import (
    Alike,
    Evidence,
    RuleFact,
    SenderFacts,
    Signal,
    Span,
    UnreadableEvidence,
)

from .facts import PLAIN


@pytest.mark.parametrize("place", [("body", 3, 3), ("body", 4, 3), ("body", -1, 3), ("email", 0, 3)])
def test_a_span_is_never_empty_nor_outside_the_typed_fields(place):
    with pytest.raises(UnreadableEvidence):
        Span(*place)


def test_a_weight_is_a_number():
    with pytest.raises(UnreadableEvidence):
        Signal("links_many", float("nan"), "many links")


@pytest.mark.parametrize(("kind", "effect"), [("regex", "hold"), ("word", "reject")])
def test_a_rule_has_a_known_kind_and_effect(kind, effect):
    with pytest.raises(UnreadableEvidence):
        RuleFact(1, kind, "casino", effect)


@pytest.mark.parametrize("likeness", [-0.1, 1.1, 6, float("nan")])
def test_a_likeness_is_a_share(likeness):
    with pytest.raises(UnreadableEvidence):
        Alike(1, "spam", False, False, likeness, True)


@pytest.mark.parametrize("data", [None, [], {}, {"version": 0}, {**PLAIN.as_json(), "version": 99}])
def test_evidence_of_another_version_is_refused(data):
    with pytest.raises(UnreadableEvidence):
        Evidence.from_json(data)


def test_evidence_with_a_missing_field_is_refused():
    data = PLAIN.as_json()
    del data["honeypot"]
    with pytest.raises(UnreadableEvidence):
        Evidence.from_json(data)


@pytest.mark.parametrize("part", [Span, Signal, RuleFact, SenderFacts, Alike])
@pytest.mark.parametrize("data", [None, 7, [], {}, ["body"]])
def test_a_misshapen_part_is_refused(part, data):
    with pytest.raises(UnreadableEvidence):
        part.from_json(data)
