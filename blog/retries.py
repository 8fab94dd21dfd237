"""Trying a transaction again that the database broke off only because another one was in its way."""

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection

TRIES = 3
PAUSE = 0.05  # seconds at most; two that fell over each other shall not do it in step again
#: serialization_failure and deadlock_detected of PostgreSQL. SQLite waits for its turn instead, for its timeout.
IN_THE_WAY = frozenset({"40001", "40P01"})

P, R = ParamSpec("P"), TypeVar("R")


def retried(act: Callable[P, R]) -> Callable[P, R]:
    """Do the act again when the database chose it as the victim of a deadlock, three times in all.

    For an act that is one whole transaction of its own: within another one the error is passed on, because that
    other one is broken as well.
    """

    @functools.wraps(act)
    def again(*args: P.args, **kwargs: P.kwargs) -> R:
        for left in range(TRIES - 1, -1, -1):
            try:
                return act(*args, **kwargs)
            except OperationalError as error:
                if not left or connection.in_atomic_block or not _in_the_way(error):
                    raise
                time.sleep(random.uniform(0, PAUSE))  # noqa: S311 - no secret
        raise AssertionError("unreachable")

    return again


def _in_the_way(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", None) in IN_THE_WAY
