"""Forty clients that send their requests a byte at a time, or read no answer, stop `manage.py serve` for nobody."""

import os
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.config.processes import MANAGE, environment, family, migrated_site, until
from tests.house.sources import ROOT
from tests.post_office import free_port

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")]
MANY = 40
BODY = b"POST /comments/on/1/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\nbody="
UNREAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 50


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where a site listens, as it is served by default."""
    place = free_port()
    told = environment(migrated_site(tmp_path_factory.mktemp("site")), place)
    process = subprocess.Popen([*MANAGE, "serve"], cwd=ROOT, env=told, start_new_session=True)
    try:
        until(lambda: answers(place), "the site answers")
        yield place
    finally:
        for left in family(process.pid):
            os.kill(left, signal.SIGKILL)
        process.wait()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: a", id="headers without an end"),
        pytest.param(BODY, id="a body that does not come"),
        pytest.param(UNREAD, id="answers that nobody reads"),
    ],
)
def test_readers_are_answered_all_the_same(port: int, sent: bytes) -> None:
    with ExitStack() as open_ones:
        slow = [open_ones.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(MANY)]
        for client in slow:
            client.sendall(sent)
        for _ in range(10):
            if sent != UNREAD:
                for client in slow:
                    client.sendall(b"b")
            assert answers(port)
