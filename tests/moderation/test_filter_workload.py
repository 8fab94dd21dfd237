"""What other lines would have done is what the policy itself does by them."""

from math import fsum

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from blog.models import Post
from moderation import filter_workload, verdict
from moderation import screened as reading
from moderation.classifier.trial import Lines
from moderation.filter_workload import outcome, settings_beside, tries, what_if
from moderation.filters.finding import Signal
from moderation.screened import DECISIVE, Screened
from moderation.strictness import STRICTNESS
from moderation.verdict import MODES
from tests.moderation.facts import signals
from tests.moderation.judged import score_of, screened

NOW = timezone.now()
NORMAL = STRICTNESS["normal"]


def one(p: float, spam: bool | None = None, **changes: object) -> Screened:
    given = {"mode": "open", "trusted": False, "staff": False, **changes}
    return Screened(1, 1, 1, score_of(p), at=NOW, spam=spam, **given)


#: Every code that the policy names, so that one it comes to ask about is asked about here.
NAMED = sorted({value for name, value in vars(verdict).items() if name.isupper() and isinstance(value, str)})
named = some.builds(
    Signal, some.sampled_from(NAMED), some.floats(-5, 9).map(lambda weight: round(weight, 1)), some.just("")
)


@given(
    some.lists(some.one_of(signals, named), max_size=6),
    some.sampled_from(MODES),
    some.booleans(),
    some.booleans(),
    some.sampled_from(sorted(STRICTNESS)),
)
def test_it_is_the_verdict_of_the_policy(found: list, mode: str, trusted: bool, staff: bool, word: str) -> None:
    made = verdict.judge(found, mode=mode, trusted=trusted, staff=staff, strictness=word)
    codes = frozenset(signal.code for signal in found if signal.code in DECISIVE)
    recorded = Screened(1, 1, 1, made.score, mode, trusted, staff, NOW, codes)
    assert outcome(recorded, STRICTNESS[word]) == made.outcome
    assert fsum(signal.weight for signal in found if signal.family != "rule") == pytest.approx(made.score, abs=0.01)


@pytest.mark.parametrize("trusted", [False, True])
@pytest.mark.parametrize("code", NAMED)
def test_what_decides_beside_the_score_decides_here_too(code: str, trusted: bool) -> None:
    made = verdict.judge([Signal(code, 0.0, "")], mode="open", trusted=trusted, staff=False)
    alone = one(0.009, trusted=trusted, codes=DECISIVE & {code})
    assert outcome(alone, NORMAL) == made.outcome


def test_a_mode_that_is_no_more_holds() -> None:
    assert outcome(one(0.01, mode="lottery"), NORMAL) == "hold"


def test_a_range_of_lines_has_the_setting_among_them_and_counts_work_and_mistakes() -> None:
    comments = [one(0.05, True), one(0.12, False), one(0.25, False), one(0.25), one(0.97, True), one(0.97, False)]
    found = tries(comments, Lines(hold=0.11, spam=0.95, answer=0.98, stray=0.04))
    assert [row.hold_percent for row in found] == ["2", "4", "6", "10", "11", "15", "20", "30", "40", "50"]
    assert [row.hold_percent for row in found if row.current] == ["11"]
    row = found[4]
    assert (row.published, row.held, row.filed, row.leaked, row.held_fine, row.filed_fine) == (1, 3, 2, 1, 2, 1)
    assert [row.held for row in found] == [4, 4, 3, 3, 3, 2, 2, 0, 0, 0]
    assert all(row.published + row.held + row.filed == len(comments) for row in found)


def test_a_line_above_the_one_to_file_from_is_none() -> None:
    assert [row.hold_percent for row in tries([], Lines(hold=0.15, spam=0.25, answer=0.98, stray=0.04))] == [
        "2",
        "4",
        "6",
        "10",
        "15",
        "20",
    ]


def test_the_settings_stand_side_by_side() -> None:
    rows = settings_beside([one(0.1), one(0.2), one(0.96), one(0.99)], "relaxed")
    assert [(row.word, row.current, row.published, row.held, row.filed) for row in rows] == [
        ("strict", False, 0, 3, 1),
        ("normal", False, 1, 1, 2),
        ("relaxed", True, 2, 0, 2),
    ]


@pytest.mark.django_db
def test_what_would_change_is_counted_and_shown_what_people_judged_first(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filter_workload, "MOST_EXAMPLES", 2)
    judged = screened(post, 0.1, False, text={"name": "Ada", "body": "Many\n\nwords " * 40})
    rows = [screened(post, 0.1), screened(post, 0.97), screened(post, 0.5)]
    found = what_if(reading.recent(30, timezone.now()).screenings, "normal", "strict")
    assert found.changed == 3
    assert found.moves == [("published", "held", 2), ("filed as spam", "held", 1)]
    assert [example.comment for example in found.examples] == [judged.comment_id, rows[1].comment_id]
    first = found.examples[0]
    assert (first.name, first.now, first.then, first.said) == ("Ada", "published", "held", "found it fine")
    assert len(first.excerpt) <= filter_workload.EXCERPT_CHARS
    assert "\n" not in first.excerpt


@pytest.mark.django_db
def test_a_trusted_sender_is_spared_the_wait_of_newcomers_and_not_the_scan(post: Post) -> None:
    screened(post, 0.2, trusted=True)
    screened(post, 0.97, trusted=True)
    found = what_if(reading.recent(30, timezone.now()).screenings, "normal", "relaxed")
    assert found.moves == [("held", "published", 1)]
