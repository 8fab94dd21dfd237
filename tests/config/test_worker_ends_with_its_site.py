"""`manage.py serve --with-worker`: both run, and both are gone after Ctrl-C, after kill, and after kill -9."""

import os
import signal
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.config.processes import LONG, MANAGE, environment, family, migrated_site, until
from tests.house.sources import ROOT
from tests.post_office import free_port

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a fresh site."""
    return migrated_site(tmp_path_factory.mktemp("site"))


@pytest.fixture
def site(migrated: Path):
    """A site that serves with its worker, in a process group of its own."""
    port = free_port()
    process = subprocess.Popen(
        [*MANAGE, "serve", "--with-worker"],
        cwd=ROOT,
        env=environment(migrated, port),
        start_new_session=True,
        stdout=subprocess.PIPE,
    )
    try:
        # The server, the worker, its sentinel, and under that a worker, a pusher and a monitor.
        until(lambda: len(family(process.pid)) == 6, "all six processes run")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            assert answer.status == 200
        yield process
    finally:
        for left in family(process.pid):
            os.kill(left, signal.SIGKILL)
        process.wait(LONG)
        process.stdout.close()


def ended(process: subprocess.Popen) -> bool:
    process.poll()
    return not family(process.pid)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=["Ctrl-C", "kill", "kill -9"])
def test_the_site_takes_its_worker_along(site: subprocess.Popen, how: int) -> None:
    site.send_signal(how)
    until(lambda: ended(site), f"still there: {family(site.pid)}")


def test_a_worker_killed_alone_leaves_no_pool_behind(site: subprocess.Popen) -> None:
    worker = next(
        process
        for process in family(site.pid)
        if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1] == str(site.pid)
    )
    os.kill(worker, signal.SIGKILL)
    until(lambda: family(site.pid) == [site.pid], "only the server is left")
