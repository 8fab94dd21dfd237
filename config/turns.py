"""Requests of one process are worked on one after the other, and not in slices of each other.

Python runs one thread at a time, and SQLite's driver lets another one go first at every row. Eight threads that all
have work to do spend as long on changing over as on the work: a page of 100 comments took 11 ms of processor time among
eight and 6 ms alone. So a request waits for its turn and is then worked on to its end, by the thread that worked last,
whose connection is open. Waitress has read the request from a slow client before, and sends the answer to one after.

Who works longer than usual (a large file, a database in trouble) goes on with the turn passed to the next one, so that
nothing stands still behind it.
"""

import time
from collections import deque
from threading import Condition, Lock, Thread
from typing import Protocol

from waitress.utilities import logger

LEASE = 0.25  # seconds; a usual page takes a twentieth of that, and one that sends a comment a tenth


class Task(Protocol):
    """A request that was read: what waitress hands over."""

    def service(self) -> None: ...

    def cancel(self) -> None: ...


class Turns:
    """A dispatcher for waitress, in the place of its own that lets every thread work at once.

    Args:
        threads: requests that can be worked on at all.
        at_once: of them, those that began less than `lease` seconds ago.
    """

    def __init__(self, threads: int, at_once: int, lease: float = LEASE) -> None:
        self._at_once, self._lease = at_once, lease
        self._lock = Lock()
        self._tasks: deque[Task] = deque()
        self._turns: dict[_Thread, float] = {}  # when who has a turn took it
        self._closed = False
        self._asleep = [_Thread(self) for _ in range(threads)]  # who fell asleep last is woken first
        self._threads = list(self._asleep)
        self._left_waiting = Condition(self._lock)
        for thread in (*self._threads, Thread(target=self._pass_on_late_turns, daemon=True)):
            thread.start()

    def add_task(self, task: Task) -> None:
        """Work on a request as soon as it has a turn."""
        with self._lock:
            self._tasks.append(task)
            self._hand_out()
            if self._tasks:
                self._left_waiting.notify()

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """End the threads; what is being worked on has `timeout` seconds. True where what waited was cancelled."""
        with self._lock:
            self._closed = True
            waiting = list(self._tasks) if cancel_pending else []
            self._tasks.clear()
            for thread in self._asleep:
                thread.wake(None)
            self._asleep.clear()
            self._left_waiting.notify()
        until = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        for task in waiting:
            task.cancel()
        return cancel_pending

    def next_for(self, thread: "_Thread") -> Task | None:
        """The next task of a thread that is done with one; without one it sleeps, or ends."""
        with self._lock:
            self._turns.pop(thread, None)
            if self._closed:
                thread.wake(None)
                return None
            self._asleep.append(thread)
            self._hand_out()
            return thread.taken()

    def _hand_out(self) -> None:
        """Give tasks to sleeping threads as far as there are turns; the lock is held."""
        if not self._tasks:
            return
        now = time.monotonic()
        if len(self._turns) >= self._at_once:
            self._turns = {one: since for one, since in self._turns.items() if now - since < self._lease}
        while self._tasks and self._asleep and len(self._turns) < self._at_once:
            thread = self._asleep.pop()
            self._turns[thread] = now
            thread.wake(self._tasks.popleft())

    def _pass_on_late_turns(self) -> None:
        """Sleep while nothing waits; look at each lease's end while something does."""
        while True:
            with self._lock:
                self._left_waiting.wait_for(lambda: self._tasks or self._closed)
                if self._closed:
                    return
            time.sleep(self._lease)
            with self._lock:
                self._hand_out()


class _Thread(Thread):
    """Works on tasks, one after the other, and sleeps between them."""

    def __init__(self, turns: Turns) -> None:
        super().__init__(daemon=True)
        self._of, self._task, self._bell = turns, None, Lock()
        self._bell.acquire()

    def wake(self, task: Task | None) -> None:
        """Have it work on a task; on None it ends."""
        self._task = task
        self._bell.release()

    def taken(self) -> Task | None:
        """The task it was woken for before it fell asleep, if it was."""
        return self._task if self._bell.acquire(blocking=False) else None

    def run(self) -> None:
        while True:
            self._bell.acquire()
            task = self._task
            if task is None:
                return
            while task is not None:
                try:
                    task.service()
                except BaseException:
                    logger.exception("%r broke", task)
                task = self._of.next_for(self)
