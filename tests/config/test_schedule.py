"""The table of background jobs: every line resolves, the database's schedules follow it, a job only triggers."""

import inspect
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.conf import Conf
from django_q.models import OrmQ, Schedule, Task
from django_q.scheduler import scheduler
from django_q.signing import SignedPackage

from config import schedule
from config.broker import broker_of

pytestmark = pytest.mark.django_db
NAMES = [job.name for job in schedule.JOBS]


@pytest.mark.parametrize("job", schedule.JOBS, ids=NAMES)
def test_every_job_is_a_function_of_the_moment(job: schedule.Job) -> None:
    parameters = list(inspect.signature(import_string(job.calls)).parameters)
    assert parameters[0] == "now"
    assert job.seconds is None or "seconds" in parameters


def test_a_job_runs_and_says_what_came_of_it() -> None:
    assert schedule.run("send notices") == "Sent(sent=0, cancelled=0, failed=0, later=0)"
    assert schedule.run("a job of an older version") == "there is no such job any more"


def test_the_schedules_are_made_once_corrected_and_removed() -> None:
    schedule.install()
    first = list(Schedule.objects.order_by("pk").values())
    schedule.install()
    assert list(Schedule.objects.order_by("pk").values()) == first
    assert [row["name"] for row in first] == NAMES
    Schedule.objects.filter(name="expire").update(minutes=1)
    Schedule.objects.create(name="an old job", func="config.schedule.run", args="('an old job',)")
    Schedule.objects.create(name="somebody's own", func="print")
    schedule.install()
    assert Schedule.objects.get(name="expire").minutes == 24 * 60
    assert set(Schedule.objects.values_list("name", flat=True)) == {*NAMES, "somebody's own"}


@pytest.mark.django_db(transaction=True)  # it closes connections
def test_what_is_due_is_queued_once_for_each_job() -> None:
    schedule.install()
    scheduler()
    scheduler()
    queued = [SignedPackage.loads(row.payload) for row in OrmQ.objects.order_by("pk")]
    assert [task["args"] for task in queued] == [(name,) for name in NAMES]
    assert {task["func"] for task in queued} == {"config.schedule.run"}
    assert not Task.objects.exists()


def test_a_task_is_handed_out_again_only_after_it_was_stopped() -> None:
    assert Conf.TIMEOUT < Conf.RETRY
    assert (Conf.ACK_FAILURES, Conf.CATCH_UP, Conf.ORM) == (True, False, "default")


def test_a_broker_that_is_not_known_is_said_at_start() -> None:
    assert broker_of("") == {"orm": "default"}
    assert broker_of("sqs://eu-central-1") == {"sqs": {"aws_region": "eu-central-1"}}
    with pytest.raises(ImproperlyConfigured, match="begins with 'amqp'"):
        broker_of("amqp://somewhere")


def test_what_failed_is_kept_for_a_week_and_what_succeeded_not_at_all() -> None:
    now = timezone.now()
    for number, days in enumerate((1, 6, 8)):
        moment = now - timedelta(days=days)
        Task.objects.create(id=str(number), name="x", func="x", started=moment, stopped=moment, success=False)
    assert schedule.forget_failures(now) == 1
    assert Conf.SAVE_LIMIT == -1
