"""A Redis of the tests' own, on a socket in a scratch folder; where there is none, why."""

import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep

import redis

MISSING = "" if shutil.which("redis-server") else "redis-server is not installed"


class RedisServer:
    """A running server; `url` is where it listens."""

    def __init__(self) -> None:
        self._folder = Path(mkdtemp(prefix="redis-"))
        socket = self._folder / "redis.sock"
        self.url = f"unix://{socket}"
        self._command = [
            "redis-server",
            "--port",
            "0",
            "--unixsocket",
            str(socket),
            "--save",
            "",
            "--dir",
            self._folder,
        ]
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        until = monotonic() + 20
        with redis.Redis.from_url(self.url) as client:
            while True:
                try:
                    return client.ping()
                except redis.ConnectionError:
                    assert monotonic() < until, "redis-server does not start"
                    sleep(0.02)

    def hang(self) -> None:
        """Let it take connections and answer nothing."""
        self._process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        self.kill()
        shutil.rmtree(self._folder)
