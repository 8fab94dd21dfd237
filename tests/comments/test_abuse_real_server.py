"""The server that `manage.py serve` starts, spoken to byte by byte: no trick of the wire passes the door."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
LONG = b"body=" + b"a" * 200_000
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a site of its own, empty, on SQLite."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, "DEBUG": "1", "PORT": str(number)}
    environment["DATABASE_URL"] = f"sqlite:///{tmp_path_factory.mktemp('served') / 'db.sqlite3'}"
    manage = {"cwd": ROOT, "env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([sys.executable, "manage.py", "migrate"], check=True, **manage)
    with subprocess.Popen([sys.executable, "manage.py", "serve"], **manage) as server:
        try:
            until = time.monotonic() + 30
            while _status(number, "GET", "/healthz") != 200 and time.monotonic() < until:
                time.sleep(0.1)
            yield number
        finally:
            server.terminate()


def _connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=5)


def _status(port: int, method: str, path: str, headers: str = "", body: bytes = b"") -> int:
    """The status of the answer; 0 where the server closes the connection without one."""
    try:
        with _connect(port) as wire:
            start = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}\r\n"
            wire.sendall(start.encode("latin-1") + body)
            answer = wire.recv(65536)
    except OSError:
        return 0
    return int(answer.split()[1]) if answer else 0


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


def test_a_body_in_pieces_without_a_length_does_not_pass_the_door(port: int) -> None:
    headers = FORM + "Transfer-Encoding: chunked\r\n"
    assert _status(port, "POST", "/comments/on/1/", headers, chunked(LONG)) == 413
    assert _status(port, "POST", "/comments/on/1/", headers + "Content-Length: 5\r\n", chunked(LONG)) in (400, 413)
    assert _status(port, "POST", "/comments/on/1/", headers, chunked(b"body=short")) in (403, 404)
    assert _status(port, "POST", "/comments/on/1/", headers, b"zz\r\n") in (0, 400)


@pytest.mark.parametrize("path", ["/", "/healthz", "/none/", "/static/blog/site.css", "/search", "/?page=0", "/%00"])
def test_the_answer_to_a_head_has_no_body(port: int, path: str) -> None:
    with _connect(port) as wire:
        host = f"Host: 127.0.0.1:{port}\r\n"
        wire.sendall(f"HEAD {path} HTTP/1.1\r\n{host}\r\nTRACE / HTTP/1.1\r\n{host}Connection: close\r\n\r\n".encode())
        answers = b"".join(iter(lambda: wire.recv(65536), b""))
    first, _, rest = answers.partition(b"\r\n\r\n")
    assert first.startswith(b"HTTP/1.1 ")
    assert rest.startswith(b"HTTP/1.1 405 "), "the next answer stands right behind the headers"


@pytest.mark.parametrize("length", ["-5", "abc", "+5", "1e3", "9" * 5000, "99999999999", "5, 6", "", "\xb2"])
def test_no_length_breaks_the_server(port: int, length: str) -> None:
    assert _status(port, "POST", "/comments/on/1/", f"{FORM}Content-Length: {length}\r\n", b"a=b") < 500
    assert _status(port, "GET", "/healthz") == 200


@pytest.mark.parametrize("name", ["zip", "idna", "undefined", "unicode_escape", "utf-7", "bogus", "utf-8"])
@pytest.mark.parametrize("how", ["charset={}", "charset*={}''%41", 'charset="{}"', "x*={}''%41"])
def test_no_encoding_breaks_a_page(port: int, name: str, how: str) -> None:
    header = f"Content-Type: text/plain; {how.format(name)}\r\n"
    assert _status(port, "GET", "/search/?q=a%41%ff", header) == 200
    form = f"Content-Type: multipart/form-data; boundary=x; {how.format(name)}\r\nContent-Length: 3\r\n"
    assert 400 <= _status(port, "POST", "/comments/on/1/", form, b"abc") < 500


LINES = [
    "GET / HTTP/9.9", "GET /\x00 HTTP/1.1", "GET  HTTP/1.1", "\x16\x03\x01", "GET /\xff HTTP/1.1", "FOO * HTTP/1.1",
    "A" * 9000,
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_no_request_line_breaks_the_server(port: int, line: str) -> None:
    with _connect(port) as wire:
        wire.sendall(f"{line}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode("latin-1"))
        answer = wire.recv(9000)
    assert not answer.split(b"\r\n")[0].split(b" ")[1:2] or int(answer.split(b" ")[1]) in (200, 400, 404, 405)


def test_forty_slow_senders_keep_nobody_waiting(port: int) -> None:
    slow = b"POST /comments/on/1/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n"
    with ExitStack() as open_wires:
        for number in range(40):
            wire = open_wires.enter_context(_connect(port))
            wire.sendall(slow + (b"\r\nbody=" if number % 2 else b"X-Slow: "))
        began = time.monotonic()
        assert _status(port, "GET", "/") == 200
        assert time.monotonic() - began < 3
