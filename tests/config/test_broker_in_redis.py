"""With BROKER_URL, background tasks queue in Redis, and a worker does what another process put there."""

import signal
import subprocess
from pathlib import Path

import pytest

from tests import redis_server
from tests.config.processes import LONG, MANAGE, environment, family, until
from tests.house.sources import ROOT
from tests.redis_server import RedisServer

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(redis_server.MISSING), reason=redis_server.MISSING)]
ASK = "from django_q.tasks import async_task; async_task('os.mkdir', {!r})"


def test_a_task_goes_through_redis_to_the_worker(tmp_path: Path) -> None:
    server = RedisServer()
    told = {**environment(tmp_path, 0), "BROKER_URL": server.url}
    manage = {"cwd": ROOT, "env": told}
    subprocess.run([*MANAGE, "migrate", "-v0"], check=True, **manage)
    worker = subprocess.Popen([*MANAGE, "work"], start_new_session=True, stdout=subprocess.DEVNULL, **manage)
    try:
        made = tmp_path / "made-by-the-worker"
        subprocess.run([*MANAGE, "shell", "-c", ASK.format(str(made))], check=True, capture_output=True, **manage)
        until(made.exists, "the task was done")
        worker.send_signal(signal.SIGTERM)
        worker.wait(LONG)
        until(lambda: not family(worker.pid), "the worker is gone")
    finally:
        for left in family(worker.pid):
            subprocess.run(["kill", "-9", str(left)], check=False)
        worker.wait()
        server.end()
