"""The mail server is broken, slow, refuses or hangs up: mail is late, never lost, never sent in the clear."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from blog.models import Post, User
from comments import outbox
from comments.models import Address, Notice
from moderation.actors import person
from moderation.decisions import decide
from tests.post_office import OK, Office, free_port, open_office, slowly, subscribed

pytestmark = pytest.mark.django_db
NOW = timezone.now() + timedelta(hours=1)


@pytest.fixture
def waiting(post: Post, moderator: User, office: Office, settings: Settings) -> Notice:
    """One notice that is due: what was decided about a comment."""
    settings.NOTIFY_AUTHORS = False
    comment = subscribed(post)
    decide(comment.pk, "reject", seen=1, actor=person(moderator), reason="off_topic")
    return Notice.objects.get()


def after(minutes: float) -> outbox.Sent:
    return outbox.send_due(NOW + timedelta(minutes=minutes))


def test_mail_is_sent_once(waiting: Notice, office: Office) -> None:
    assert after(0) == outbox.Sent(sent=1)
    assert after(60) == outbox.Sent()
    assert office.mails[0]["Message-ID"] == waiting.message_id
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts, waiting.sent_at) == ("sent", 1, NOW)


def test_a_server_that_is_not_there_delays_with_growing_pauses(waiting: Notice, office: Office, settings) -> None:
    settings.EMAIL_PORT, up = free_port(), office.port
    tried = [minute for minute in range(60) if after(minute).later]
    assert tried == [0, 1, 3, 7, 15, 31]
    settings.EMAIL_PORT = up
    assert after(3 * 24 * 60).sent == 1
    assert len(office.mails) == 1


def test_a_server_that_is_down_is_met_by_one_row_a_run(waiting: Notice, post, moderator, office, settings) -> None:
    settings.EMAIL_PORT = free_port()
    for number in range(3):
        comment = subscribed(post, f"r{number}@readers.example", key=str(number))
        decide(comment.pk, "reject", seen=1, actor=person(moderator), reason="off_topic")
    assert after(0).later == 1
    assert Notice.objects.filter(attempts=0).count() == 3


def test_a_slow_server_gets_the_mail_later(waiting: Notice, office: Office, settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    office.at_rcpt = slowly(0.6)
    assert after(0).later == 1
    waiting.refresh_from_db()
    assert "timed out" in waiting.error
    office.at_rcpt = lambda asked: OK
    settings.EMAIL_TIMEOUT = 5
    assert after(5).sent == 1
    assert len(office.mails) == 1


def test_an_address_that_says_later_is_tried_again_for_a_week(waiting: Notice, office: Office) -> None:
    office.at_rcpt = lambda asked: "451 Try again later" if asked < 2 else OK
    assert [after(minute).sent for minute in (0, 1, 3)] == [0, 0, 1]
    assert len(office.mails) == 1


def test_and_not_for_longer(waiting: Notice, office: Office) -> None:
    office.at_rcpt = lambda asked: "451 Try again later"
    assert after(6 * 24 * 60).later == 1
    assert after(8 * 24 * 60).failed == 1
    assert not Address.objects.get().stopped, "a server that is full says nothing against the address yet"


def test_an_address_that_does_not_exist_gets_no_more_mail_after_three(waiting, post, moderator, office) -> None:
    office.at_rcpt = lambda asked: "550 No such person"
    assert after(0).failed == 1
    for number in range(3):
        comment = subscribed(post, key=str(number))
        decide(comment.pk, "reject", seen=1, actor=person(moderator), reason="off_topic")
        after(number)
    assert Address.objects.get().stopped == "refused"
    assert office.asked["rcpt"] == 3
    assert Notice.objects.filter(state="cancelled").count() == 1


def test_one_that_is_refused_does_not_hold_up_the_next(waiting: Notice, post, moderator, office: Office) -> None:
    second = subscribed(post, "second@readers.example", key="second")
    decide(second.pk, "reject", seen=1, actor=person(moderator), reason="off_topic")
    office.at_rcpt = lambda asked: "550 No such person" if asked == 0 else OK
    assert after(0) == outbox.Sent(sent=1, failed=1)
    assert office.mails[0]["To"] == "second@readers.example"


def test_hung_up_on_after_the_text_it_is_sent_again_as_the_same_mail(waiting: Notice, office: Office) -> None:
    office.hang_up = True
    assert after(0).later == 1
    office.hang_up = False
    assert after(1).sent == 1
    assert {mail["Message-ID"] for mail in office.mails} == {waiting.message_id}, "whoever got both shows one"


@pytest.mark.parametrize("offered", [False, True])
def test_without_starttls_nothing_leaves_in_the_clear(waiting, office, settings: Settings, offered: bool) -> None:
    settings.EMAIL_USE_TLS = True
    with open_office(require_starttls=offered) as clear:
        settings.EMAIL_PORT = clear.port
        assert after(0).later == 1
        assert after(1).later == 1
        assert clear.raw == []
    waiting.refresh_from_db()
    assert waiting.state == "due"
    assert "STARTTLS" in waiting.error
