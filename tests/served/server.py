"""`manage.py serve` as a process of its own: what it uses of the processor and of memory is read from /proc."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[2]
TICK = os.sysconf("SC_CLK_TCK")
START_SECONDS = 60
SECRET = "only-for-benchmarks-" + "0123456789" * 4


class NotServed(Exception):
    """The server did not start; the message is what it wrote."""


class Server:
    """A running site on a port of 127.0.0.1."""

    def __init__(self, port: int, process: subprocess.Popen) -> None:
        self.port, self.process = port, process

    def cpu(self) -> float:
        """Seconds of processor time that the server and its children used so far."""
        return sum(_cpu(pid) for pid in _family(self.process.pid))

    def pss(self) -> float:
        """MiB of memory, what is shared divided among those who share it."""
        return sum(_pss(pid) for pid in _family(self.process.pid))


@contextmanager
def serving(database: str, **environment: str) -> Iterator[Server]:
    """Serve the site on a database. Raises NotServed."""
    port = _free_port()
    settings = {
        "DJANGO_SETTINGS_MODULE": "tests.served.settings",
        "DATABASE_URL": database,
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "LOG_LEVEL": "ERROR",
        "EMAIL_URL": "dummymail://",
    }
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 - a pipe that nobody reads would fill up, and stop the server
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env={**kept, **settings, **environment},
        stdout=subprocess.DEVNULL,
        stderr=errors,
    )
    try:
        _wait(port, process, errors)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait()
        errors.close()


def database_processes(port: int) -> list[int]:
    """The processes of the PostgreSQL server that listens on this port; none for SQLite."""
    for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
        words = _read(pid, "cmdline").split("\0")
        if words[0].endswith("postgres") and f"port={port}" in words:
            return _family(pid)
    return []


def cpu_of(pids: list[int]) -> float:
    return sum(map(_cpu, pids))


def pss_of(pids: list[int]) -> float:
    return sum(map(_pss, pids))


def _wait(port: int, process: subprocess.Popen, errors: TextIO) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/hello/")
                if connection.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    process.terminate()
    errors.seek(0)
    raise NotServed(errors.read()[-2000:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = {}
    for each in map(int, filter(str.isdigit, os.listdir("/proc"))):
        status = _read(each, "stat").rpartition(")")[2].split()
        if status:
            children.setdefault(int(status[1]), []).append(each)
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def _cpu(pid: int) -> float:
    status = _read(pid, "stat").rpartition(")")[2].split()
    return (int(status[11]) + int(status[12])) / TICK if status else 0.0


def _pss(pid: int) -> float:
    lines = _read(pid, "smaps_rollup").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError:
        return ""  # it ended meanwhile
