"""Requests of one process are worked on one after the other; one that takes long holds nobody up."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from config.turns import Turns

PATIENCE = 10


class Work:
    """A request: says when it begins and ends, and may be told to last."""

    def __init__(self, told: list, name: str, lasts: threading.Event | None = None, breaks: bool = False) -> None:
        self.told, self.name, self.lasts, self.breaks = told, name, lasts, breaks
        self.began, self.ended, self.cancelled = threading.Event(), threading.Event(), threading.Event()

    def service(self) -> None:
        self.thread = threading.current_thread()
        self.told.append(f"{self.name} begins")
        self.began.set()
        if self.lasts:
            assert self.lasts.wait(PATIENCE)
        self.told.append(f"{self.name} ends")
        self.ended.set()
        if self.breaks:
            raise RuntimeError("broken")

    def cancel(self) -> None:
        self.cancelled.set()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def turns() -> Iterator[Callable[..., Turns]]:
    made = []

    def make(threads: int = 4, at_once: int = 1, lease: float = 3600) -> Turns:
        made.append(Turns(threads, at_once, lease))
        return made[-1]

    yield make
    for one in made:
        one.shutdown(timeout=0)


def test_one_begins_when_the_one_before_has_ended_in_the_order_they_came(turns, told: list[str]) -> None:
    go = threading.Event()
    some = [Work(told, name, go) for name in "abcde"]
    waitress = turns()
    for work in some:
        waitress.add_task(work)
    assert some[0].began.wait(PATIENCE)
    assert told == ["a begins"]
    go.set()
    assert some[-1].ended.wait(PATIENCE)
    assert told == [f"{name} {what}" for name in "abcde" for what in ("begins", "ends")]


def test_two_at_once_are_two_and_never_three(turns, told: list[str]) -> None:
    go, last = threading.Event(), threading.Event()
    first, second, third = Work(told, "a", go), Work(told, "b", last), Work(told, "c", last)
    waitress = turns(at_once=2)
    for work in (first, second, third):
        waitress.add_task(work)
    assert first.began.wait(PATIENCE)
    assert second.began.wait(PATIENCE)
    assert not third.began.is_set()
    go.set()
    assert third.began.wait(PATIENCE)
    assert told.index("a ends") < told.index("c begins")
    last.set()


def test_one_that_takes_longer_than_its_turn_holds_nobody_up(turns, told: list[str]) -> None:
    never, go = threading.Event(), threading.Event()
    slow, *rest = [Work(told, "slow", never), *(Work(told, name) for name in "abc")]
    waitress = turns(lease=0.05)
    for work in (slow, *rest):
        waitress.add_task(work)
    assert all(work.ended.wait(PATIENCE) for work in rest)
    assert not slow.ended.is_set()
    never.set()
    assert slow.ended.wait(PATIENCE)
    late = Work(told, "late", go)
    waitress.add_task(late)
    assert late.began.wait(PATIENCE)
    go.set()


def test_all_threads_that_hang_leave_what_comes_waiting_and_not_lost(turns, told: list[str]) -> None:
    go = threading.Event()
    some = [Work(told, name, go) for name in "abc"]
    waitress = turns(threads=2, lease=0.01)
    for work in some:
        waitress.add_task(work)
    assert all(work.began.wait(PATIENCE) for work in some[:2])
    assert not some[2].began.wait(0.05)
    go.set()
    assert some[2].ended.wait(PATIENCE)


def test_who_worked_last_works_next_so_that_one_connection_serves_a_quiet_site(turns, told: list[str]) -> None:
    waitress, threads = turns(threads=8), set()
    for number in range(20):
        work = Work(told, str(number))
        waitress.add_task(work)
        assert work.ended.wait(PATIENCE)
        threads.add(work.thread)
    # A thread that is just falling asleep is passed over for the next one.
    assert len(threads) <= 2


def test_a_request_that_breaks_ends_no_thread(turns, told: list[str], caplog: pytest.LogCaptureFixture) -> None:
    broken, after = Work(told, "a", breaks=True), Work(told, "b")
    waitress = turns(threads=1)
    waitress.add_task(broken)
    waitress.add_task(after)
    assert after.ended.wait(PATIENCE)
    assert "RuntimeError: broken" in caplog.text


def test_at_the_end_what_is_worked_on_is_finished_and_what_waits_is_cancelled(turns, told: list[str]) -> None:
    go = threading.Event()
    working, waiting = Work(told, "a", go), Work(told, "b")
    waitress = turns()
    waitress.add_task(working)
    waitress.add_task(waiting)
    assert working.began.wait(PATIENCE)
    threading.Timer(0.05, go.set).start()
    assert waitress.shutdown(timeout=PATIENCE)
    assert working.ended.is_set()
    assert waiting.cancelled.is_set()
    assert not waiting.began.is_set()


def test_at_the_end_no_thread_is_left(turns, told: list[str]) -> None:
    before = threading.active_count()
    waitress = turns(threads=2, lease=0.001)
    work = Work(told, "a")
    waitress.add_task(work)
    assert work.ended.wait(PATIENCE)
    waitress.shutdown(timeout=PATIENCE)
    until = time.monotonic() + PATIENCE
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.005)
    assert threading.active_count() == before
