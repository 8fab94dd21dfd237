"""Processes that end with the one that started them, however that one ends: also by kill -9, which nobody can catch."""

import os
import signal
import threading
import time

LOOK = 1.0  # seconds between two looks


def end_with(parent: int, with_signal: int) -> None:
    """Watch the process that started this one; when it is gone, send this process the signal."""
    threading.Thread(target=_watch, args=(parent, with_signal), name="watch-parent", daemon=True).start()


def children_end_with_us() -> None:
    """From now on every forked child watches its parent: a killed worker leaves no pool behind."""
    os.register_at_fork(after_in_child=lambda: end_with(os.getppid(), signal.SIGKILL))


def _watch(parent: int, with_signal: int) -> None:
    # An orphan is handed to another parent, so the number changes.
    while os.getppid() == parent:
        time.sleep(LOOK)
    os.kill(os.getpid(), with_signal)
