"""Automation steps back to holding by itself when it may err too often, and a person lets it act again."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from moderation import automation, checks, screening
from moderation.actors import person
from moderation.decisions import decide
from moderation.models import Automation, AutomationChange, Check, Review
from moderation.verdict import Verdict, stand_back
from tests import cast
from tests.moderation.automatic import always, answered, drawn, settled

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LETTER = "Thank you, that made the second half of the article clear to me, and the table too."
# Each of these would be published by itself, and none is like another.
OTHERS = (
    "I had the same question last week, and your second example answers it better than the manual does.",
    "Is there a reason why you count from the end? Mine breaks when the list is empty.",
    "We did this at work for two years. It held up well until somebody changed the clock.",
    "Small mistake in the third paragraph: it should say before, not after.",
    "My grandmother kept bees, so this brought a lot back. Lovely photographs.",
)
PUBLISH, REFUSE, UNSURE = "publish", "refuse", "unsure"


@pytest.fixture(autouse=True)
def a_short_trial(settings) -> None:
    always(settings)
    settings.AUTOMATION_TRIAL_CHECKS = 23  # the shortest that a limit of 15 % allows


def state(side: str = "publish") -> Automation:
    return automation.state_of(side)


def weighed(side: str = "publish") -> Automation:
    automation.weigh(side, NOW)
    return state(side)


def test_as_long_as_it_errs_seldom_it_goes_on(post: Post) -> None:
    settled(post, "publish", [PUBLISH] * 40)
    assert (weighed().stepped_back, weighed().on_trial) == (False, False)
    assert not AutomationChange.objects.exists()


def test_publishing_steps_back_when_the_upper_bound_passes_the_limit(post: Post, moderator: User) -> None:
    answered(post, moderator, "approve", [PUBLISH] * 20 + [REFUSE] * 2)
    assert not state().stepped_back, "two of 22 tell nothing yet: it is on trial"
    answered(post, moderator, "approve", [PUBLISH])
    assert state().stepped_back
    change = AutomationChange.objects.get()
    assert (change.side, change.stepped_back, change.by, change.by_name) == ("publish", True, None, "system")
    assert change.why.replace("\N{NO-BREAK SPACE}", " ") == (
        "of the last 23 that were checked, 2 should not have been published: between 1 and 28 %, and the limit of this "
        "site is 15 %"
    )
    assert not state("spam").stepped_back, "each side stands for itself"


def test_filing_as_spam_steps_back_when_people_would_have_published_it(post: Post, moderator: User) -> None:
    answered(post, moderator, "spam", [REFUSE] * 21 + [PUBLISH] * 2)
    assert state("spam").stepped_back
    assert "2 should have been published" in state("spam").reason


def test_each_side_has_its_own_limit(post: Post, settings) -> None:
    settings.AUTOMATION_FALSE_SPAM_LIMIT = 0.4
    settled(post, "spam", [REFUSE] * 21 + [PUBLISH] * 2)
    settled(post, "publish", [PUBLISH] * 21 + [REFUSE] * 2)
    assert not weighed("spam").stepped_back
    assert weighed("publish").stepped_back


def test_on_trial_it_stops_at_once_if_it_surely_errs_more_often_than_the_limit(post: Post, moderator: User) -> None:
    answered(post, moderator, "approve", [REFUSE] * 2)
    assert state().stepped_back, "the lower bound of 2 of 2 is 16 %"


def test_a_trial_is_never_so_short_that_a_clean_record_fails(post: Post, settings) -> None:
    settings.AUTOMATION_TRIAL_CHECKS = 1
    settled(post, "publish", [PUBLISH] * 22)
    assert weighed().on_trial
    assert not weighed().stepped_back
    settled(post, "publish", [PUBLISH])
    assert (weighed().on_trial, weighed().stepped_back) == (False, False)


def test_who_cannot_tell_counts_for_neither(post: Post) -> None:
    settled(post, "publish", [PUBLISH] * 10 + [UNSURE] * 30 + [REFUSE])
    seen = automation.measured(state())
    assert (seen.right, seen.wrong, seen.unsure, seen.counted) == (10, 1, 30, 11)


def test_what_people_took_back_before_the_check_counts_for_the_limit_and_not_for_the_rate(post: Post) -> None:
    settled(post, "publish", [PUBLISH] * 22 + ["overturned"] * 2 + ["withdrawn", "decided", "erased"] * 5)
    seen = automation.measured(state())
    assert (seen.answered, seen.wrong, seen.overturned, seen.counted) == (22, 0, 2, 24)
    assert seen.interval.high < automation.limit_of("publish") + 0.01 < seen.cautious.high
    assert weighed().stepped_back


def test_taking_a_drawn_comment_off_the_page_weighs_it_too(post: Post, moderator: User) -> None:
    settled(post, "publish", [PUBLISH] * 22 + [REFUSE])
    check = drawn(post)
    decide(check.comment_id, "spam", seen=2, actor=person(moderator))
    assert state().stepped_back


def test_only_the_latest_checks_count(post: Post, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automation, "WINDOW", 25)
    settled(post, "publish", [REFUSE] * 20, NOW - timedelta(days=9))
    settled(post, "publish", [PUBLISH] * 25, NOW)
    with CaptureQueriesContext(connection) as asked:
        seen = automation.measured(state())
    assert (seen.right, seen.wrong) == (25, 0)
    assert len(asked) == 2, "one for the state, one for the checks"
    assert "LIMIT 100" in asked[1]["sql"]


def screened(post: Post, now: datetime | None = None, **changes: object) -> Review:
    comment = cast.comment(post, "pending", **{"body": LETTER, "seconds_on_form": 60, **changes})
    return screening.screen(comment.pk)


def test_stepped_back_means_that_what_it_would_have_done_waits_and_says_so(
    post: Post, editor: User, settings, author: User
) -> None:
    settings.COMMENTS_MODERATION_MODE = "open"
    assert screened(post).outcome == "publish"
    automation.step_back("publish", editor, "I saw three adverts", datetime(2026, 5, 3, 12, tzinfo=NOW.tzinfo))
    review = screened(post, body=OTHERS[0])
    says = "automation stepped back on 3 May 2026: it would have published this, and a person decides instead"
    assert (review.outcome, review.withheld, review.why[0]) == ("hold", "publish", says)
    assert review.facts["stepped_back"] == {"publish": says}
    assert Comment.objects.get(pk=review.comment_id).status == "pending"
    staff = screened(post, body="From the author of the post.", user=author)
    assert (staff.outcome, staff.withheld, staff.facts["stepped_back"]) == ("publish", "", {})


def test_the_recorded_fact_gives_the_recorded_outcome_again() -> None:
    said = {"publish": "automation stepped back"}
    judged = Verdict("publish", 1.0, ("nothing suspicious",))
    assert stand_back(judged, said) == Verdict("hold", 1.0, ("automation stepped back", "nothing suspicious"))
    for untouched in (Verdict("spam", 11.0, ()), Verdict("hold", 4.0, ("links",))):
        assert stand_back(untouched, said) is untouched
    assert stand_back(judged, {}) is judged


def test_a_person_lets_it_act_again_and_the_count_begins_anew(post: Post, moderator: User, editor: User) -> None:
    answered(post, moderator, "approve", [REFUSE] * 2, NOW - timedelta(hours=1))
    drawn_before = drawn(post, now=NOW - timedelta(minutes=1))
    automation.resume("publish", editor, "the rule that let them through is gone", NOW)
    after = state()
    assert (after.stepped_back, after.on_trial, after.since) == (False, True, NOW)
    checks.answer(drawn_before.pk, moderator, "refuse", NOW + timedelta(minutes=1))
    assert automation.measured(state()).counted == 0, "it was drawn before the machine was resumed"
    says = list(AutomationChange.objects.order_by("pk").values_list("stepped_back", "by_name", "why"))
    assert says[1] == (False, "Editor", "the rule that let them through is gone")


def test_what_is_so_already_is_said(editor: User) -> None:
    with pytest.raises(automation.AlreadySo):
        automation.resume("publish", editor, "why", NOW)
    automation.step_back("publish", editor, "why", NOW)
    with pytest.raises(automation.AlreadySo):
        automation.step_back("publish", editor, "why", NOW)
    assert AutomationChange.objects.count() == 1


def test_the_way_back_is_shown_by_what_people_decide(post: Post, moderator: User, editor: User, settings) -> None:
    settings.COMMENTS_MODERATION_MODE = "open"
    automation.step_back("publish", editor, "why", NOW - timedelta(hours=1))
    for body, action in zip(OTHERS, ["approve"] * 3 + ["spam", ""], strict=True):
        review = screened(post, body=body)
        if action:
            decide(review.comment_id, action, seen=1, actor=person(moderator))
    then = automation.would_have(state())
    assert (then.right, then.decided) == (3, 4)


def test_its_history_cannot_be_rewritten(editor: User) -> None:
    automation.step_back("publish", editor, "why", NOW)
    for change in (lambda rows: rows.update(why="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(AutomationChange.objects.all())
    assert AutomationChange.objects.get().why == "why"


def test_a_check_says_whether_the_person_would_have_done_the_opposite() -> None:
    for machine, wrong in (("publish", "refuse"), ("spam", "publish")):
        for said in Check.Answer:
            assert Check(machine=machine, answer=said).wrong == (said == wrong)
