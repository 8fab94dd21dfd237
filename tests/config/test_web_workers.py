"""`WEB_WORKERS=2 manage.py serve`: two processes answer, who dies is replaced, and all are gone when it is stopped."""

import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.processes import MANAGE, environment, family, migrated_site, until
from tests.house.sources import ROOT
from tests.post_office import free_port

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")]


class Site:
    """A served site in a process group of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        told = {**environment(folder, self.port), "WEB_WORKERS": "2"}
        self.parent = subprocess.Popen([*MANAGE, "serve"], cwd=ROOT, env=told, start_new_session=True)
        until(lambda: len(self.workers()) == 2 and self.answers(), "both answer")

    def workers(self) -> set[int]:
        return set(family(self.parent.pid)) - {self.parent.pid}

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
                return answer.status == 200
        except OSError:
            return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a migrated site lies."""
    return migrated_site(tmp_path_factory.mktemp("site"))


@pytest.fixture
def site(folder: Path) -> Iterator[Site]:
    running = Site(folder)
    try:
        yield running
    finally:
        for left in family(running.parent.pid):
            os.kill(left, signal.SIGKILL)
        running.parent.wait()


def test_who_dies_is_replaced_and_nobody_waits_for_it(site: Site) -> None:
    before = site.workers()
    os.kill(min(before), signal.SIGKILL)
    for _ in range(5):
        assert site.answers()
    until(lambda: len(site.workers() - before) == 1 and len(site.workers()) == 2, "another one is there")
    assert max(before) in site.workers()
    assert site.answers()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=["term", "Ctrl-C", "kill -9"])
def test_all_of_them_end_with_the_one_that_was_started(site: Site, how: signal.Signals) -> None:
    if how == signal.SIGINT:
        os.killpg(site.parent.pid, how)  # as a terminal does
    else:
        site.parent.send_signal(how)
    site.parent.wait(timeout=30)
    until(lambda: not site.workers(), "none is left")
    assert not site.answers()
