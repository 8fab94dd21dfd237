"""Several acts at the same moment, each in a thread with a database connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

PATIENCE = 60  # seconds; a thread that waits longer for the others has lost one


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Do every act at once and return what each returned or raised, in their order."""
    return [results[0] for results in in_step([()], *acts)]


def in_step(rounds: Sequence[tuple], *acts: Callable[..., Any]) -> list[list[Any]]:
    """Do every act at once, once a round, with the round's arguments.

    Returns for every act what it returned or raised in each round. Only Exceptions are caught.
    """
    barrier = Barrier(len(acts))

    def run(act: Callable[..., Any]) -> list[Any]:
        try:
            connection.ensure_connection()
            return [_try(barrier, act, arguments) for arguments in rounds]
        except BaseException:
            barrier.abort()
            raise
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def _try(barrier: Barrier, act: Callable[..., Any], arguments: tuple) -> Any:
    barrier.wait(PATIENCE)
    try:
        return act(*arguments)
    except Exception as error:
        return error
