"""The filter's record: mistakes by week and by the lines, and whether its probabilities came true."""

from datetime import UTC, datetime, timedelta

import pytest

from moderation.classifier.trial import Lines
from moderation.filter_record import EDGES, KINDS, calibration, kind_of, record
from moderation.plots import HEIGHT, WIDTH
from moderation.screened import Screened
from moderation.strictness import STRICTNESS
from tests.moderation.judged import score_of

NORMAL = STRICTNESS["normal"]
MONDAY = datetime(2026, 6, 1, 12, tzinfo=UTC)


def one(p: float, spam: bool, days: float = 0) -> Screened:
    return Screened(1, 1, 1, score_of(p), "open", False, False, MONDAY + timedelta(days=days), spam=spam)


@pytest.mark.parametrize(
    ("p", "spam", "kind"),
    [
        (0.14, True, "leaked"),
        (0.16, True, "caught"),
        (0.99, True, "caught"),
        (0.14, False, "passed"),
        (0.16, False, "held"),
        (0.94, False, "held"),
        (0.96, False, "lost"),
    ],
)
def test_each_judged_comment_is_of_one_kind(p: float, spam: bool, kind: str) -> None:
    assert kind_of(one(p, spam), NORMAL) == kind


def test_the_lines_are_those_of_the_setting() -> None:
    assert [kind_of(one(0.2, False), lines) for lines in STRICTNESS.values()] == ["held", "held", "passed"]


def test_weeks_begin_on_monday_and_none_is_left_out() -> None:
    found = record([one(0.1, True), one(0.5, False, 6), one(0.5, True, 7 * 3)], NORMAL)
    assert [monday.isoformat() for monday, _ in found.weeks] == ["2026-06-01", "2026-06-08", "2026-06-15", "2026-06-22"]
    names = [css for css, _ in KINDS]
    assert [dict(zip(names, counts, strict=True)) for _, counts in found.weeks] == [
        {"leaked": 1, "lost": 0, "held": 1, "caught": 0, "passed": 0},
        dict.fromkeys(names, 0),
        dict.fromkeys(names, 0),
        {"leaked": 0, "lost": 0, "held": 0, "caught": 1, "passed": 0},
    ]
    assert {total.css: total.number for total in found.totals} == {
        "leaked": 1, "lost": 0, "held": 1, "caught": 1, "passed": 0,
    }  # fmt: skip


def test_it_says_how_many_of_how_many_with_the_interval() -> None:
    judged = [one(0.1, True)] + [one(0.9, True)] * 19 + [one(0.2, False)] * 2 + [one(0.01, False)] * 8
    says = [text.replace("\N{NO-BREAK SPACE}", " ") for text in record(judged, NORMAL).says]
    assert says == [
        "Of 20 that people refused, its score alone would have published 1, 5 % (between 0.1 and 25 %).",
        "Of 10 that people found fine, it would have held 2, 20 % (between 3 and 56 %) and filed none as spam.",
    ]


def test_without_a_judged_comment_it_says_nothing() -> None:
    found = record([], NORMAL)
    assert (found.judged, found.weeks, found.says, found.stacks.bars) == (0, [], [], [])
    assert calibration([]).error == ""
    assert all(bin.reach is None for bin in calibration([]).bins)


def test_each_bin_has_what_was_said_and_what_came_true() -> None:
    bins = {bin.label: bin for bin in calibration([one(0.2, True), one(0.2, False), one(0.2, False)]).bins}
    assert len(bins) == len(EDGES) - 1
    found = bins["15 to 30"]
    assert (found.number, found.spam) == (3, 1)
    assert found.expected.startswith("20")
    assert found.share.startswith("33")
    assert (bins["0 to 2"].number, bins["0 to 2"].share) == (0, "")


def test_the_lowest_and_the_highest_probability_have_a_bin_and_stay_in_the_plot() -> None:
    extreme = [
        Screened(1, 1, 1, score, "open", False, False, MONDAY, spam=spam) for score, spam in ((-99, False), (99, True))
    ]
    first, *_, last = calibration(extreme).bins
    assert (first.number, last.number, first.spam, last.spam) == (1, 1, 0, 1)
    for bin in (first, last):
        assert 0 < bin.reach.left < bin.reach.x < bin.reach.right < WIDTH
        assert 0 <= bin.reach.high <= bin.reach.point <= bin.reach.low <= HEIGHT
    assert first.reach.point == HEIGHT
    assert last.reach.point == 0


def test_the_error_is_the_mean_distance() -> None:
    assert calibration([one(0.35, True)] * 7 + [one(0.35, False)] * 13).error == "0.0"
    assert calibration([one(0.35, True)] * 20).error == "65.0"


def test_lines_at_any_place_are_taken_as_they_are() -> None:
    assert kind_of(one(0.5, True), Lines(hold=0.6, spam=0.7, answer=0.98, stray=0.04)) == "leaked"
