"""Reports as a weapon: who floods a good comment, from one place, by new browsers, or time and again, gains nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from blog.models import Post, User
from comments.models import Comment
from moderation.models import Decision, Report
from tests import cast
from tests.moderation.complaints import report, sender, states
from tests.moderation.desk import status_of

pytestmark = pytest.mark.django_db
MANY = 300


@pytest.fixture(autouse=True)
def no_limits(settings: Settings) -> None:
    """The weights must hold even where the door's limits would not."""
    settings.COMMENTS_FLOOD_LIMITS = dict.fromkeys(site.COMMENTS_FLOOD_LIMITS, (100_000, 0.001))


def browsers(number: int, address: str = "203.0.113.{}") -> Iterator[Client]:
    """New browsers, one after another, without a cookie, each at an address made from its number."""
    for each in range(number):
        yield Client(REMOTE_ADDR=address.format(each % 250))


def send(client: Client, comment: Comment, **changes: str) -> int:
    return client.post(f"/comments/{comment.pk}/report/", {"reason": "spam", "body": "", **changes}).status_code


def test_hundreds_of_reports_from_one_network_are_one(post: Post) -> None:
    comment = cast.comment(post)
    assert {send(client, comment) for client in browsers(MANY)} == {303}
    assert status_of(comment) == "published"
    assert Report.objects.count() == 1
    assert not Decision.objects.exists()


def test_one_ipv6_network_is_one_too(post: Post) -> None:
    comment = cast.comment(post)
    for client in browsers(40, "2001:db8:0:1:{}::1"):
        send(client, comment)
    assert Report.objects.count() == 1


def test_new_browsers_in_many_networks_do_not_hold(post: Post) -> None:
    comment = cast.comment(post)
    for client in browsers(60, "2001:db8:0:{}::1"):
        assert send(client, comment) == 303
    assert Report.objects.count() == 60
    assert status_of(comment) == "published"
    comment.refresh_from_db()
    assert comment.open_reports == 60


def test_old_browsers_in_two_networks_do_not_hold(post: Post) -> None:
    comment = cast.comment(post)
    for number in range(MANY):
        report(comment, sender(), network=f"681:{number % 2}")
    assert status_of(comment) == "published"


def test_few_networks_with_bad_records_do_not_hold(post: Post) -> None:
    comment, other = cast.comment(post), cast.comment(post)
    for network in range(6):
        report(comment, sender(wrong=8), network=f"681:{network}")
    assert Report.objects.filter(comment=comment).count() == 6
    assert max(Report.objects.filter(comment=comment).values_list("weight", flat=True)) <= 0.2
    assert status_of(comment) == "published"
    assert status_of(other) == "published"


def test_fifty_new_reports_after_a_dismissal_do_not_hold(post: Post, as_moderator: Client) -> None:
    comment = cast.comment(post)
    now = timezone.now()
    first = report(comment, now=now - timedelta(hours=1))
    dismissed = as_moderator.post(
        f"/moderation/reports/{comment.pk}/dismissals/", {"seen": comment.version, "last": first.pk}
    )
    assert dismissed.status_code == 303
    for _ in range(50):
        report(comment, sender(right=5), now=now)
    assert status_of(comment) == "published"
    assert states(comment) == ["dismissed"] + ["open"] * 50


def test_a_wrong_report_costs_the_reporter_weight(post: Post, moderator: User, as_moderator: Client) -> None:
    liar = sender()
    weights = []
    for _ in range(4):
        comment = cast.comment(post)
        made = report(comment, liar)
        weights.append(made.weight)
        as_moderator.post(f"/moderation/reports/{comment.pk}/dismissals/", {"seen": 1, "last": made.pk})
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] < 0.5


def test_a_reader_can_not_earn_a_record_by_repeating(post: Post) -> None:
    comment, browser = cast.comment(post), sender()
    assert report(comment, browser) is not None
    assert [report(comment, browser) for _ in range(20)] == [None] * 20


def test_the_door_stops_a_flood_before_the_weights_do(post: Post, settings: Settings) -> None:
    settings.COMMENTS_FLOOD_LIMITS = {**site.COMMENTS_FLOOD_LIMITS, "report_network": (6, 120)}
    comments = [cast.comment(post) for _ in range(8)]
    codes = [send(client, comment) for client, comment in zip(browsers(8), comments, strict=True)]
    assert codes == [303] * 6 + [429] * 2
