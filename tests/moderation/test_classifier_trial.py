"""A trial counts what became of each comment, and its figures are what a hand would reckon."""

from array import array
from dataclasses import replace

import pytest

from moderation.classifier import trial
from moderation.classifier.extraction import hashed
from moderation.classifier.features import SPACE
from moderation.classifier.labelled import Row
from moderation.classifier.learner import Learner
from moderation.classifier.prior import Prior, nothing
from moderation.classifier.trial import FIRST, WITHIN, Count, Lines, Outcome, area, calibration_error
from moderation.trial_figures import COLUMNS, Figures, figures, mean, table
from tests.moderation import invented_blog
from tests.moderation.classified import tiny_prior

LINES = Lines(hold=0.15, spam=0.95, answer=0.98, stray=0.04)
SCORES = {"goodword": -6.0, "midword": 0.0, "badword": 12.0}


def fixed() -> Prior:
    """A prior for which one word says it all."""
    weights = array("f", bytes(4 * SPACE))
    for word, weight in SCORES.items():
        weights[hashed("whole", word)] = weight / 2
    everything = frozenset(f"{code}" for code in ("history_new", "shape_no_words", "links_few"))
    return replace(nothing(), weights=weights, findings=everything)


def rows(*told: tuple[str, bool]) -> list[Row]:
    return [
        Row(str(at), f"Reader {at}", "", "Title", body, spam, "post", False) for at, (body, spam) in enumerate(told)
    ]


class Unteachable(Learner):
    """A learner on which lessons have no effect, so that each comment's probability is known beforehand."""

    taught_lessons: list[bool] = []

    def learn(self, features, spam: bool) -> None:
        self.taught_lessons.append(spam)


@pytest.fixture
def unteachable(monkeypatch) -> list[bool]:
    monkeypatch.setattr(trial, "Learner", Unteachable)
    monkeypatch.setattr(Unteachable, "taught_lessons", [])
    return Unteachable.taught_lessons


def test_each_fate_is_counted(unteachable, monkeypatch) -> None:
    monkeypatch.setattr(trial, "AUDITED", 0.0)
    told = rows(
        ("goodword", False),
        ("goodword", True),
        ("midword", False),
        ("midword", False),
        ("midword", True),
        ("badword", True),
        ("badword", True),
        ("badword", False),
    )
    found = trial.run(told, {}, fixed(), LINES)
    assert found.whole == Count(comments=8, spam=4, leaked=1, held_ham=2, lost_ham=1, decisions=3)
    assert found.first == found.whole
    assert [spam for _, spam in found.judged] == [row.spam for row in told]
    assert len(found.milliseconds) == 8
    assert found.model_bytes > 0


def test_what_is_audited_is_a_decision_and_not_lost(unteachable, monkeypatch) -> None:
    monkeypatch.setattr(trial, "AUDITED", 1.0)
    found = trial.run(rows(("badword", False), ("badword", True)), {}, fixed(), LINES)
    assert found.whole == Count(comments=2, spam=1, leaked=0, held_ham=0, lost_ham=0, decisions=2)


def test_only_what_was_decided_is_learned_and_within_the_next_comments(unteachable, monkeypatch) -> None:
    monkeypatch.setattr(trial, "AUDITED", 0.0)
    silent = [("goodword", False)] * (WITHIN + 1)
    trial.run(rows(("midword", True), ("goodword", True), ("badword", False), *silent), {}, fixed(), LINES)
    assert unteachable == [True]
    unteachable.clear()
    trial.run(rows(("midword", True)), {}, fixed(), LINES)
    assert unteachable == []


def test_the_first_comments_are_counted_apart(unteachable) -> None:
    found = trial.run(rows(*[("midword", False)] * (FIRST + 5)), {}, fixed(), LINES)
    assert (found.first.comments, found.first.held_ham) == (FIRST, FIRST)
    assert (found.whole.comments, found.whole.held_ham) == (FIRST + 5, FIRST + 5)


def test_a_blog_is_tried_alike_for_one_seed_and_each_comment_is_told() -> None:
    told = []
    comments = invented_blog.rows(60, seed=3)

    def go(seed: int) -> Outcome:
        return trial.run(
            comments,
            invented_blog.POSTS,
            tiny_prior(),
            LINES,
            seed=seed,
            tell=told.append,
        )

    one, again = go(1), go(1)
    assert (one.whole, one.judged) == (again.whole, again.judged)
    assert told == [*range(1, 61), *range(1, 61)]
    assert 0 < one.whole.decisions < 60


def test_the_filter_learns_on_the_way() -> None:
    comments = invented_blog.rows(300, seed=3)
    found = trial.run(comments, invented_blog.POSTS, nothing(), LINES)
    early, late = found.judged[:60], found.judged[-60:]
    assert area(late) > 0.9 > area(early)


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        ([(0.9, True), (0.1, False)], 1.0),
        ([(0.1, True), (0.9, False)], 0.0),
        ([(0.5, True), (0.5, False)], 0.5),
        ([(0.8, True), (0.6, False), (0.4, True), (0.2, False)], 0.75),
        ([(0.8, True), (0.8, False), (0.8, False), (0.1, False)], (0.5 + 0.5 + 1) / 3),
        ([(0.9, True)], None),
        ([], None),
    ],
)
def test_the_area_is_the_part_of_pairs_in_the_right_order(judged, expected) -> None:
    assert area(judged) == (pytest.approx(expected) if expected is not None else None)


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        ([(0.0, False), (1.0, True)], 0.0),
        ([(0.9, False)], 0.9),
        ([(0.25, True), (0.25, False), (0.25, False), (0.25, False)], 0.0),
        # |0.75 * 2 - 1| in one bin and |0.2 * 2 - 2| in the other, of four
        ([(0.75, True), (0.75, False), (0.2, True), (0.2, True)], (0.5 + 1.6) / 4),
        ([], None),
    ],
)
def test_the_calibration_error_is_the_mean_distance_of_ten_bins(judged, expected) -> None:
    assert calibration_error(judged) == (pytest.approx(expected) if expected is not None else None)


def outcome(judged: list[tuple[float, bool]], **counts: int) -> Outcome:
    return Outcome(Count(**counts), Count(**counts), judged, [float(at) for at in range(1, 201)], 12_500)


def test_figures_are_for_a_thousand_comments() -> None:
    judged = [(0.9, True)] * 300 + [(0.1, False)] * 100
    counts = {"comments": 400, "spam": 300, "leaked": 2, "held_ham": 8, "lost_ham": 1, "decisions": 50}
    found = figures(outcome(judged, **counts))
    assert (found.leaked, found.held, found.lost, found.decisions) == (5.0, 20.0, 2.5, 125.0)
    assert (found.first_leaked, found.first_held, found.first_decisions) == (2, 8, 50)
    assert (found.area, found.calibration) == (1.0, pytest.approx(0.1))
    assert (found.mean_ms, found.p99_ms, found.model_kb) == (100.5, 198.0, 12.5)


def test_what_one_label_alone_leaves_undefined_is_no_figure_and_a_dash() -> None:
    only_ham = figures(outcome([(0.1, False)] * 3, comments=3))
    only_spam = figures(outcome([(0.1, True)] * 3, comments=3, spam=3, leaked=3))
    assert (only_ham.leaked, only_ham.first_leaked, only_ham.area, only_ham.calibration) == (None,) * 4
    assert (only_spam.held, only_spam.lost, only_spam.first_held, only_spam.area) == (None,) * 4
    assert (only_ham.held, only_spam.leaked) == (0.0, 1000.0)
    lines = table([("ham", only_ham), ("spam", only_spam)]).splitlines()
    assert lines[2].split()[:4] == ["ham", "3", "0", "-"]
    assert lines[3].split()[:6] == ["spam", "3", "3", "1,000.0", "-", "-"]


def test_the_mean_is_of_those_that_have_the_figure() -> None:
    names = [column.figure for column in COLUMNS]
    one = Figures(**dict.fromkeys(names, 1.0))
    two = replace(Figures(**dict.fromkeys(names, 4.0)), leaked=None)
    both = mean([one, two])
    assert (both.leaked, both.held) == (1.0, 2.5)
    assert mean([replace(one, area=None)]).area is None


def test_every_figure_has_a_column() -> None:
    assert [column.figure for column in COLUMNS] == list(Figures.__slots__)
