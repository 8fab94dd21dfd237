"""Asking a server again and again, from several clients at once."""

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

CLIENTS = 8
SENDERS = 4  # of a flood
#: Method, address, body, headers.
Request = tuple[str, str, bytes, dict[str, str]]
_REPORT = """
done = function(summary, latency, requests)
  local wrong = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format('{"asked":%d,"seconds":%f,"p50":%f,"p99":%f,"wrong":%d,"status":%d}\\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, wrong, summary.errors.status))
end
"""


class WrongAnswer(Exception):
    """An answer other than the one that was to be measured."""


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load. Times are in milliseconds."""

    asked: int
    seconds: float
    p50: float
    p99: float

    @property
    def each_second(self) -> float:
        return self.asked / self.seconds


def tool() -> str:
    """What asks: wrk where it is installed (Debian's package of that name), else threads of this process."""
    return "wrk" if shutil.which("wrk") else "http.client"


def pages(port: int, address: str, seconds: float, headers: dict[str, str], expect: int = 200) -> Load:
    """Ask for one page as often as it goes. Raises WrongAnswer."""
    first = _ask(HTTPConnection("127.0.0.1", port, timeout=60), "GET", address, headers)
    if first.status != expect:
        raise WrongAnswer(f"{address} answers {first.status}")
    if tool() != "wrk":
        return repeated(port, seconds, lambda number: ("GET", address, b"", headers), expect)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "report.lua"
        script.write_text(_REPORT)
        words = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
        command = [
            "wrk",
            "-t1",
            f"-c{CLIENTS}",
            f"-d{max(1, round(seconds))}s",
            "--timeout",
            "60s",
            "-s",
            str(script),
            *words,
        ]
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{port}{address}"], capture_output=True, text=True, check=True
        )
    told = json.loads(done.stdout.splitlines()[-1])
    if told["wrong"] or told["status"]:
        raise WrongAnswer(f"{address}: {told['wrong']} broken and {told['status']} refused answers")
    return Load(told["asked"], told["seconds"], told["p50"], told["p99"])


def etag_of(port: int, address: str, asked: dict[str, str]) -> str:
    """The ETag of a page as the server gives it out."""
    return _ask(HTTPConnection("127.0.0.1", port, timeout=60), "GET", address, asked).headers["ETag"]


def repeated(port: int, seconds: float, make: Callable[[int], Request], expect: int) -> Load:
    """Send what `make` gives for each number, from CLIENTS threads. Raises WrongAnswer."""
    until = time.monotonic() + seconds

    def client(own: int) -> list[float]:
        connection, taken, number = HTTPConnection("127.0.0.1", port, timeout=60), [], own
        while time.monotonic() < until:
            method, address, body, headers = make(number)
            began = time.perf_counter()
            answer = _ask(connection, method, address, headers, body)
            taken.append((time.perf_counter() - began) * 1000)
            if answer.status != expect:
                raise WrongAnswer(f"{method} {address} answers {answer.status}")
            number += CLIENTS
        return taken

    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        taken = sorted(each for times in pool.map(client, range(CLIENTS)) for each in times)
    passed = time.perf_counter() - began
    return Load(len(taken), passed, taken[len(taken) // 2], taken[int(len(taken) * 0.99)])


@contextmanager
def steady(port: int, each_second: float, make: Callable[[int], Request], expect: int) -> Iterator[list[int]]:
    """Meanwhile, send what `make` gives at this rate. Yields the statuses of the answers, which grow.

    SENDERS take turns, so that an answer may take as many times longer than the rate allows.
    """
    ended, answers, began = Event(), [], time.monotonic()

    def send(own: int) -> None:
        connection, number = HTTPConnection("127.0.0.1", port, timeout=60), own
        while not ended.wait(max(0.0, began + number / each_second - time.monotonic())):
            method, address, body, headers = make(number)
            answers.append(_ask(connection, method, address, headers, body).status)
            number += SENDERS

    senders = [Thread(target=send, args=(own,)) for own in range(SENDERS)]
    for sender in senders:
        sender.start()
    try:
        yield answers
    finally:
        ended.set()
        for sender in senders:
            sender.join()
    if wrong := set(answers) - {expect}:
        raise WrongAnswer(f"answers {wrong}")


def _ask(connection: HTTPConnection, method: str, address: str, headers: dict[str, str], body: bytes = b""):
    connection.request(method, address, body or None, headers)
    answer = connection.getresponse()
    answer.read()
    return answer
