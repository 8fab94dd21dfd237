"""Moderators get one mail about all that waits, at most every four hours, and rarer while nobody acts on it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post, User
from comments import outbox
from comments.models import Comment, Notice
from moderation import digest
from moderation.actors import person
from moderation.decisions import decide
from moderation.models import DeskMail, LedgerHead
from tests import cast
from tests.post_office import Office

pytestmark = pytest.mark.django_db
START = timezone.now()


@pytest.fixture
def waiting(post: Post, moderator: User, office: Office, settings) -> Comment:
    """One comment that has waited since yesterday."""
    settings.NOTIFY_AUTHORS = False
    return cast.comment(post, "pending", body="See https://a-link.example/x", created_at=START - timedelta(hours=30))


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def sent_by(hours: int, step: int = 1) -> list[int]:
    """The hours at which a digest was put into the outbox, looking every `step` hours."""
    return [hour for hour in range(0, hours, step) if digest.enqueue(at(hour))]


def test_it_says_how_much_waits_how_long_and_what_is_urgent(waiting: Comment, moderator: User, office: Office) -> None:
    for _ in range(7):
        cast.comment(waiting.post, "pending", created_at=START - timedelta(hours=1))
    Comment.objects.filter(pk=cast.comment(waiting.post).pk).update(open_reports=2)
    decide(waiting.pk, "approve", seen=1, actor=person(moderator), now=START)
    decide(waiting.pk, "hold", seen=2, actor=person(moderator), now=START)
    digest.enqueue(at(0))
    outbox.send_due(at(0))
    (mail,) = office.to(moderator.email)
    text = mail.get_content()
    assert mail["Subject"] == "8 comments wait – Gatepost"
    assert "- 1 comment is reported" in text
    assert "The oldest has waited 30 h." in text
    assert text.count("/moderation/mail/") == 5 + 1, "five links to decide, one to this mail's settings"
    assert "[link to a-link[.]example]" in text
    assert "https://a-link" not in text
    assert LedgerHead.objects.get().digest in text


def test_a_flood_makes_numbers_and_no_mails(waiting: Comment, office: Office) -> None:
    for hour in range(24):
        cast.comment(waiting.post, "pending", created_at=at(hour))
        digest.enqueue(at(hour))
    assert Notice.objects.count() == 1


def test_it_comes_rarer_while_nobody_acts_and_daily_again_after(waiting: Comment, moderator: User) -> None:
    assert sent_by(24 * 20, 6) == [0, 24, 72, 168, 336]
    decide(waiting.pk, "approve", seen=1, actor=person(moderator), now=at(480))
    cast.comment(waiting.post, "pending", created_at=at(480))
    assert [hour for hour in range(480, 560, 6) if digest.enqueue(at(hour))] == [480, 504, 552]


def test_when_something_waits_for_too_long_at_most_every_four_hours(waiting: Comment, moderator: User) -> None:
    DeskMail.objects.create(user=moderator, interval="waiting", hours=40)
    found = []
    for hour in range(20):
        if digest.enqueue(at(hour)):
            found.append(hour)
        decide(
            cast.comment(waiting.post, "pending").pk, "spam", seen=1, actor=person(moderator), now=at(hour + 0.5)
        )  # somebody acts, so only the cap holds
    assert found == [10, 14, 18]


def test_nothing_waits_nothing_comes_and_what_is_done_meanwhile_is_not_sent(waiting, moderator, office) -> None:
    digest.enqueue(at(0))
    decide(waiting.pk, "spam", seen=1, actor=person(moderator), now=START)
    outbox.send_due(at(0))
    assert office.mails == []
    assert sent_by(96) == []


def test_it_goes_to_moderators_who_want_it_and_may_moderate_when_it_is_sent(waiting, moderator, author, office) -> None:
    off, gone = cast.person("off", "Moderators"), cast.person("gone", "Moderators")
    cast.person("no-address", "Moderators", email="")
    DeskMail.objects.create(user=off, interval="off")
    assert digest.enqueue(at(0)) == 2
    gone.groups.clear()
    outbox.send_due(at(0))
    assert [mail["To"] for mail in office.mails] == [moderator.email]


def test_a_moderator_sets_it_on_the_desk(as_moderator: Client, moderator: User) -> None:
    address = reverse("moderation:mail")
    assert as_moderator.get(address).status_code == 200
    assert as_moderator.post(address, {"interval": "waiting", "hours": "6", "ignored": "5"}).status_code == 302
    wish = DeskMail.objects.get(user=moderator)
    assert (wish.interval, wish.hours, wish.ignored) == ("waiting", 6, 0)
    for wrong in ({"interval": "hourly", "hours": "6"}, {"interval": "off", "hours": "0"}, {}):
        assert as_moderator.post(address, wrong).status_code == 422


def test_no_more_queries_for_more_that_waits(waiting, moderator, django_assert_max_num_queries) -> None:
    for _ in range(30):
        cast.comment(waiting.post, "pending")
    with django_assert_max_num_queries(16):
        digest.enqueue(at(0))
    with django_assert_max_num_queries(16):
        assert digest.digest(Notice.objects.select_related("user").get(), at(0)) is not None
