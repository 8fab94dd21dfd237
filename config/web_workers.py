"""Several processes that serve one socket. Python runs one thread at a time in each, so two use two processors.

All is loaded once and shared; each process has connections, threads and kept pages of its own, unless CACHE_URL lets
them share the pages. Who dies is replaced, and all end with the one that started them.
"""

import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable

from django.db import connections

from config import orphans

log = logging.getLogger(__name__)
LOOK = 0.2  # seconds between two looks
PATIENCE = 15  # seconds for requests that are being answered
AT_ONCE = 1.0  # who lives no longer than so many seconds is replaced no faster


def run(count: int, serve: Callable[[], None]) -> None:
    """Keep `count` processes that each do `serve`, until this one is stopped (SIGTERM or Ctrl-C)."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    alive: dict[int, float] = {}
    try:
        while True:
            while len(alive) < count:
                alive[forked(serve)] = time.monotonic()
            time.sleep(LOOK)
            for pid in _ended(alive):
                lived = time.monotonic() - alive.pop(pid)
                log.error("Web process %s died after %.0f s and is replaced.", pid, lived)
                time.sleep(AT_ONCE if lived < AT_ONCE else 0)
    finally:
        end(alive, PATIENCE)


def forked(act: Callable[[], None]) -> int:
    """Do `act` in a process of its own that shares what is loaded, and ends with this one. Returns its number."""
    connections.close_all()  # one connection in two processes would mix up their answers
    gc.collect()
    gc.freeze()  # what is loaded stays where it is, so that the processes go on sharing it
    sys.stdout.flush()  # or both would write what is still to be written
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        # Not the parent's: this one ends by letting the server finish what it answers.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        orphans.end_with(os.getppid(), signal.SIGTERM)
        act()
        status = 0
    finally:
        sys.stdout.flush()
        os._exit(status)  # past all that the parent has still to do


def end(pids: Iterable[int], patience: float) -> None:
    """Stop these children; who has not ended after `patience` seconds is killed."""
    alive = set(pids)
    for pid in alive:
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + patience
    while alive and time.monotonic() < until:
        alive.difference_update(_ended(alive))
        time.sleep(0.05)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _ended(pids: Iterable[int]) -> list[int]:
    # Each by its number: others may have children to wait for here too.
    return [pid for pid in pids if os.waitpid(pid, os.WNOHANG)[0]]
