"""The queue's order follows what is known: ranked by the screening, by reports and by decisions, and never needed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from comments.models.comment import by_age
from moderation import decisions, ranking, screening
from moderation.actors import person, system
from tests import cast
from tests.moderation.desk import reviewed

pytestmark = pytest.mark.django_db


def listed(client: Client, query: str = "") -> list[int]:
    return [row.comment.pk for row in client.get(f"/moderation/?{query}").context["queue"].items]


def urgency_of(comment: Comment) -> float:
    return Comment.objects.values_list("urgency", flat=True).get(pk=comment.pk)


def test_harm_goes_before_age_until_age_has_caught_up(as_moderator: Client, post: Post) -> None:
    now = timezone.now()
    calm, wild, ancient = (
        cast.comment(post, "pending", created_at=now - timedelta(hours=hours)) for hours in (3, 1, 24 * 9)
    )
    for comment, score in ((calm, 0.0), (wild, 9.5), (ancient, 0.0)):
        reviewed(comment, score=score)
        ranking.refresh(comment.pk, now)
    assert listed(as_moderator) == [ancient.pk, wild.pk, calm.pk]
    assert listed(as_moderator, "order=oldest") == [calm.pk, wild.pk, ancient.pk], "in the order they were stored"


def test_reports_bring_a_published_comment_into_the_queue_and_take_it_out(as_moderator: Client, post: Post) -> None:
    now = timezone.now()
    waiting = cast.comment(post, "pending")
    good = cast.comment(post, created_at=now - timedelta(days=300))
    ranking.refresh(good.pk, now, open_reports=3, weight=2.5, reasons=["threat"])
    assert listed(as_moderator) == [good.pk, waiting.pk]
    row = as_moderator.get("/moderation/").context["queue"].items[0]
    assert row.why[:2] == ("reported by 3", "public now")
    assert not any("waiting" in each for each in row.why), "nobody knows from the comment since when"
    ranking.refresh(good.pk, now, open_reports=0)
    assert listed(as_moderator) == [waiting.pk]


def test_an_old_comment_that_was_reported_just_now_does_not_count_its_years(post: Post) -> None:
    now = timezone.now()
    old, new = (cast.comment(post, created_at=now - timedelta(days=days)) for days in (900, 0))
    for comment in (old, new):
        ranking.refresh(comment.pk, now, open_reports=1)
    assert urgency_of(old) == urgency_of(new)
    ranking.refresh(old.pk, now, open_reports=1, since=now - timedelta(hours=24))
    assert urgency_of(old) == pytest.approx(urgency_of(new) + 2)


def test_the_screening_ranks_what_waits(post: Post, as_moderator: Client) -> None:
    comment = cast.comment(post, "pending", body="Buy at https://gold.example/ https://gold.example/b now now now")
    before = urgency_of(comment)
    screening.screen(comment.pk)
    assert urgency_of(comment) != before


def test_a_ranking_that_breaks_leaves_the_screening_whole_and_the_order_by_age(
    post: Post, as_moderator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    first, second = cast.comment(post, "pending"), cast.comment(post, "pending")
    monkeypatch.setattr("moderation.urgency.weight", broken)
    assert screening.screen(second.pk).outcome == "hold"
    screening.screen(first.pk)
    assert listed(as_moderator) == [first.pk, second.pk]


def test_what_was_never_screened_nor_ranked_is_listed(as_moderator: Client, post: Post) -> None:
    comment = cast.comment(post, "pending", urgency=by_age(timezone.now() + timedelta(days=1)))
    assert listed(as_moderator) == [comment.pk]


def test_what_is_held_again_waits_from_that_moment_on(moderator: User, post: Post) -> None:
    now = timezone.now()
    old = cast.comment(post, created_at=now - timedelta(days=300))
    decisions.decide(old.pk, "hold", seen=1, actor=person(moderator), now=now)
    new = cast.comment(post, "pending", created_at=now)
    ranking.refresh(new.pk, now)
    assert urgency_of(old) == pytest.approx(urgency_of(new))
    ranking.refresh(old.pk, now + timedelta(hours=1))
    assert urgency_of(old) == pytest.approx(urgency_of(new)), "and keeps that when it is ranked again"


def test_an_approval_by_the_policy_ranks_nothing(post: Post) -> None:
    comment = cast.comment(post, "pending")
    before = urgency_of(comment)
    decisions.decide(comment.pk, "approve", seen=1, actor=system("policy-1"))
    assert urgency_of(comment) == before
