"""Which screenings the filter's page counts, and what people said of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post
from moderation import screened as reading
from moderation.models import Lesson, Review
from tests.moderation.desk import reviewed
from tests.moderation.judged import judged, score_of, screened

pytestmark = pytest.mark.django_db


def of_people() -> list[tuple[int, bool | None]]:
    return [(one.review, one.spam) for one in reading.judged(timezone.now())]


def of_late(days: int = 30) -> list[tuple[int, bool | None]]:
    return [(one.review, one.spam) for one in reading.recent(days, timezone.now()).screenings]


def test_what_people_judged_counts_as_it_was_screened_before_that(post: Post) -> None:
    first = screened(post, 0.4, True)
    reviewed(first.comment, outcome="spam", score=9.0, policy="policy-3")  # screened anew since
    second = screened(post, 0.01, False)
    screened(post, 0.5)
    assert of_people() == [(second.pk, False), (first.pk, True)]
    assert reading.judged(timezone.now())[1].p == pytest.approx(0.4, abs=1e-4)


def test_what_was_taken_back_counts_as_unjudged_and_an_archive_says_nothing(post: Post) -> None:
    taken_back, archived = screened(post, 0.4, True), screened(post, 0.4)
    Lesson.objects.update(live=False)
    judged(archived.comment, False, source="archive", archive="old", row_digest="x")
    assert of_people() == []
    assert of_late() == [(archived.pk, None), (taken_back.pk, None)]


def test_a_word_about_another_text_is_no_word_about_this_one(post: Post) -> None:
    review = screened(post, 0.4)
    judged(review.comment, True, revision=2)
    assert of_people() == []
    assert of_late() == [(review.pk, None)]


def test_broken_screenings_and_those_of_former_policies_have_no_probability(post: Post) -> None:
    screened(post, 0.4, True, error="ValueError: x")
    for policy in ("policy-1", "policy-2"):
        screened(post, 0.4, True, policy=policy)
    assert of_people() == of_late() == []


def test_of_one_text_only_the_newest_screening_counts_of_late(post: Post) -> None:
    first = screened(post, 0.4, days=2)
    again = reviewed(first.comment, outcome="hold", score=score_of(0.2), policy="policy-3")
    edited = Review.objects.create(comment=first.comment, revision=2, policy="policy-3", mode="open", outcome="hold")
    assert of_late() == [(edited.pk, None), (again.pk, None)]


def test_only_the_time_that_was_asked_for_counts(post: Post) -> None:
    old, older = screened(post, 0.4, True, days=31), screened(post, 0.4, True, days=7 * reading.WEEKS + 1)
    new = screened(post, 0.4, True, days=29)
    assert of_late() == [(new.pk, True)]
    assert of_late(90) == [(new.pk, True), (old.pk, True)]
    assert of_people() == [(new.pk, True), (old.pk, True)]
    assert older.pk not in dict(of_people())


def test_it_knows_what_decides_beside_the_score(post: Post) -> None:
    signals = [("rule_hold", 3.0, "a word", []), ("learned_wording", 1.0, "so", []), ("history_good", -1.0, "", [])]
    review = screened(post, 0.1, mode="hold_new", trusted=True, signals=signals, facts={"staff": True})
    one = reading.recent(30, timezone.now()).screenings[0]
    assert (one.review, one.mode, one.trusted, one.staff) == (review.pk, "hold_new", True, True)
    assert one.codes == {"rule_hold", "history_good"}


@pytest.mark.parametrize(
    ("relevance", "answers"),
    [
        ({"whole": True, "cosine": 0.2, "thread": None}, True),
        ({"whole": False, "cosine": 0.2, "thread": 3}, False),
        ({"whole": False, "cosine": 0.0, "thread": 4}, True),
        (None, False),
    ],
)
def test_what_was_screened_before_answers_had_a_line_is_read_by_what_the_filters_were_told(
    post: Post, relevance: dict | None, answers: bool
) -> None:
    facts = {"staff": False, "context": {"relevance": relevance}}
    screened(post, 0.96, policy="policy-3", facts=facts)
    screened(post, 0.96, policy="policy-4", facts=facts)
    newer, older = reading.recent(30, timezone.now()).screenings
    assert older.codes == ({"answers_here"} if answers else frozenset())
    assert newer.codes == frozenset(), "its findings say all"


def test_lists_end_where_they_say_and_cost_the_same(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            reading.judged(timezone.now())
            reading.recent(30, timezone.now())
        return len(captured)

    screened(post, 0.4, True)
    assert cost() == 5
    rows = [screened(post, 0.4, True, days=20 - number).pk for number in range(12)]
    assert cost() == 5
    monkeypatch.setattr(reading, "MOST_JUDGED", 5)
    monkeypatch.setattr(reading, "MOST_RECENT", 7)
    assert [review for review, _ in of_people()] == rows[:-6:-1]
    newest = reading.recent(30, timezone.now())
    assert [one.review for one in newest.screenings] == rows[:-8:-1]
    assert newest.cut
    assert not reading.recent(3, timezone.now() - timedelta(days=0)).cut, "the time ends before the list does"
