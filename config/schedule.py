"""What runs in the background and how often: one table. Every line calls one domain function with the moment.

A task only triggers: what is to be done stands in our own tables, so a task that is lost, late or run twice at once
loses nothing and repeats nothing.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Schedule, Task

log = logging.getLogger(__name__)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Job:
    """`calls` is the dotted path of a function that takes `now`, and `seconds` where it may use up so many."""

    name: str
    calls: str
    every: timedelta
    seconds: float | None = None


JOBS = (
    Job("send notices", "comments.outbox.send_due", MINUTE, seconds=40),
    Job("moderators' digest", "moderation.digest.enqueue", MINUTE),
    Job("learn", "moderation.learning.learn", MINUTE, seconds=40),
    Job("continue batches", "moderation.batches.continue_all", MINUTE, seconds=40),
    Job("expire", "moderation.retention.expire", DAY),
    Job("forget addresses", "comments.subscriptions.forget", DAY),
    Job("forget failures", "config.schedule.forget_failures", DAY),
)


def install() -> None:
    """Make the database's schedules those of JOBS: adds, corrects and removes; run again it changes nothing."""
    with transaction.atomic():
        for job in JOBS:
            minutes = int(job.every / MINUTE)
            wanted = {"func": "config.schedule.run", "args": repr((job.name,)), "repeats": -1}
            wanted |= {"schedule_type": Schedule.MINUTES, "minutes": minutes}
            if not Schedule.objects.filter(name=job.name).exists():
                Schedule.objects.create(name=job.name, next_run=timezone.now(), **wanted)
            elif not Schedule.objects.filter(name=job.name, **wanted).exists():
                Schedule.objects.filter(name=job.name).update(**wanted)
        Schedule.objects.filter(func="config.schedule.run").exclude(name__in=[job.name for job in JOBS]).delete()


def forget_failures(now: datetime) -> int:
    """Delete what the library keeps of tasks that failed more than a week ago; the log has said it all."""
    return Task.objects.filter(stopped__lt=now - KEPT).delete()[0]


def run(name: str) -> str:
    """Do one job; called by the worker. Returns what came of it in words, for its log."""
    job = next((job for job in JOBS if job.name == name), None)
    if job is None:
        return "there is no such job any more"
    call: Callable = import_string(job.calls)
    limits = {} if job.seconds is None else {"seconds": job.seconds}
    return str(call(timezone.now(), **limits))
