"""Any number of workers at once, one of them killed at any point: each mail goes once."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from blog.models import Post, User
from comments import outbox
from comments.models import Notice
from moderation.actors import person
from moderation.decisions import decide
from tests.house.sources import ROOT
from tests.post_office import Office, slowly, subscribed
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 30.0


def due(post: Post, moderator: User, how_many: int = 1) -> None:
    """Rows that were due an hour ago."""
    before = timezone.now() - timedelta(hours=1)
    for number in range(how_many):
        comment = subscribed(post, f"r{number}@readers.example", key=str(number))
        decide(comment.pk, "reject", seen=1, actor=person(moderator), reason="off_topic", now=before)


def test_four_workers_at_once_send_each_mail_once(post: Post, moderator: User, office: Office, settings) -> None:
    due(post, moderator, 12)
    now = timezone.now()
    results = together(*[lambda: outbox.send_due(now)] * 4)
    assert sum(done.sent for done in results) == 12
    assert len(office.mails) == len({mail["To"] for mail in office.mails}) == 12
    assert set(Notice.objects.values_list("attempts", flat=True)) == {1}


def worker(office: Office) -> subprocess.Popen:
    """`manage.py send_notices` in a process of its own, on the tests' database and their mail server."""
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        given = os.environ["GATEPOST_TEST_DATABASE_URL"]
        url = given.rpartition("/")[0] + f"/{name}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "GATEPOST_TEST_DATABASE_URL": url,
        "GATEPOST_TEST_EMAIL_URL": f"smtp://127.0.0.1:{office.port}",
    }
    return subprocess.Popen([sys.executable, "manage.py", "send_notices"], cwd=ROOT, env=environment)


def killed_when(reached, process: subprocess.Popen) -> None:
    """Kill the process as soon as it has come to the point."""
    until = time.monotonic() + LONG
    while not reached():
        assert process.poll() is None, "it ended before"
        assert time.monotonic() < until
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait(LONG)


def asked(office: Office, what: str):
    return lambda: office.asked[what] == 1


# Each answers so slowly at its point that the worker waits there.
POINTS = {
    "before the recipient was taken": ("at_rcpt", lambda office: asked(office, "rcpt")),
    "after the text, before the server said yes": ("at_data", lambda office: asked(office, "data")),
    "with the row claimed": (
        "at_rcpt",
        lambda office: lambda: Notice.objects.filter(state="sending").exists(),
    ),
}


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_while_it_sends(post: Post, moderator: User, office: Office, point: str) -> None:
    where, reached = POINTS[point]
    due(post, moderator)
    setattr(office, where, slowly(1.5, "451 nobody is there to read this"))
    killed_when(reached(office), worker(office))
    left = Notice.objects.get()
    assert (left.state, left.attempts) == ("sending", 1)
    office.at_rcpt = office.at_data = lambda asked: "250 OK"
    now = timezone.now()
    assert outbox.send_due(now) == outbox.Sent(), "it may be alive: nobody takes the row from it yet"
    assert outbox.send_due(now + outbox.LEASE).sent == 1
    assert outbox.send_due(now + 3 * outbox.LEASE) == outbox.Sent()
    assert [mail["Message-ID"] for mail in office.mails] == [left.message_id]


def test_a_worker_killed_before_it_claimed_anything_changes_nothing(post, moderator, office: Office) -> None:
    due(post, moderator)
    process = worker(office)
    process.send_signal(signal.SIGKILL)
    process.wait(LONG)
    assert outbox.send_due(timezone.now()).sent == 1
    assert len(office.mails) == 1


def test_a_worker_that_lives_sends_and_says_so(post: Post, moderator: User, office: Office) -> None:
    due(post, moderator, 2)
    assert worker(office).wait(LONG) == 0
    assert len(office.mails) == 2
    assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}
