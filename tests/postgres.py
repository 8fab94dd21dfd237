"""A PostgreSQL server of the tests' own: made from the system's binaries, thrown away after.

    python -m tests.postgres -- COMMAND...

runs COMMAND with GATEPOST_TEST_DATABASE_URL and DATABASE_URL naming a new, empty database, and exits as
COMMAND did; with SKIPPED when this machine has no PostgreSQL. The server listens on one free port of
127.0.0.1 with a password made for the run, writes nothing durably, and ends with the command, also when that
is interrupted or terminated.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

SKIPPED = 69
"""Exit status that says "could not run here": EX_UNAVAILABLE of sysexits.h, which pytest never returns."""

START_SECONDS = 60
NEEDED = ("initdb", "postgres")
# Nothing here outlives the run, so no write needs to reach the disk.
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


class PostgresUnavailable(Exception):
    """PostgreSQL cannot run on this machine; the message says what is missing."""


class PostgresFailed(Exception):
    """PostgreSQL is here but did not start; the message carries its log."""


def binaries() -> Path:
    """Return the newest installed directory that holds the server's programs.

    Debian keeps them outside PATH, one directory a version; elsewhere pg_config, or PATH itself, knows.

    Raises:
        PostgresUnavailable: no directory holds them all.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if pg_config := shutil.which("pg_config"):
        asked = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        found.append(Path(asked.stdout.strip() or "/nowhere"))
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve().parent)
    for directory in found:
        if all(os.access(directory / name, os.X_OK) for name in NEEDED):
            return directory
    raise PostgresUnavailable(
        f"PostgreSQL binaries not found: no {' and '.join(NEEDED)} in /usr/lib/postgresql or PATH"
    )


def _version(directory: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in directory.parent.name.split(".") if part.isdigit())


def _other_person() -> dict[str, object]:
    """Return subprocess arguments that lay root down: PostgreSQL refuses to start as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise PostgresUnavailable(
        "PostgreSQL refuses to run as root, and there is no user postgres or nobody to be instead"
    )


def _scratch(person: dict[str, object]) -> Path:
    """Make a directory that `person` owns and can reach."""
    parent = Path(tempfile.gettempdir())
    closed = any(not folder.stat().st_mode & 0o001 for folder in (parent, *parent.parents))
    if person and closed:
        parent = Path("/tmp")  # noqa: S108 - root's own TMPDIR is closed to the other user; mkdtemp stays private
    directory = Path(tempfile.mkdtemp(prefix="gatepost-postgres-", dir=parent))
    if person:
        os.chown(directory, person["user"], person["group"])
    return directory


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _initialise(programs: Path, directory: Path, person: dict[str, object], password: str) -> None:
    secret = directory / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    if person:
        os.chown(secret, person["user"], person["group"])
    command = [
        programs / "initdb",
        "--pgdata",
        directory / "data",
        "--username=overseer",
        f"--pwfile={secret}",
    ]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"]
    for locale in ("C.UTF-8", "C"):
        made = subprocess.run(
            [*command, f"--locale={locale}"],
            cwd=directory,
            capture_output=True,
            text=True,
            check=False,
            **person,
        )
        if made.returncode == 0:
            secret.unlink()
            return
    raise PostgresFailed(made.stdout + made.stderr)


def _start(programs: Path, directory: Path, person: dict[str, object], password: str) -> tuple[subprocess.Popen, int]:
    """Start the server and wait until it answers; again, should another process take the free port first."""
    log = directory / "log"
    sockets = directory if len(str(directory)) < 80 else ""  # Linux allows a socket's path 107 bytes
    for _attempt in range(3):
        port = _free_port()
        options = {**QUICK, "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": sockets}
        command = [programs / "postgres", "-D", directory / "data"]
        command += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with log.open("wb") as output:
            # A session of its own: Ctrl-C belongs to the command, and the server is stopped after it.
            server = subprocess.Popen(
                command, cwd=directory, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True, **person,
            )  # fmt: skip
        try:
            if _answers(server, port, password):
                return server, port
        except BaseException:
            _stop(server)
            raise
        _stop(server)
    raise PostgresFailed(log.read_text(errors="replace"))


def _answers(server: subprocess.Popen, port: int, password: str) -> bool:
    until = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < until:
        with contextlib.suppress(psycopg.OperationalError):
            _make_database(port, password)
            return True
        time.sleep(0.05)
    return False


def _make_database(port: int, password: str) -> None:
    """Make the role that the site runs as, no superuser, and its database."""
    with psycopg.connect(
        host="127.0.0.1", port=port, user="overseer", password=password, dbname="postgres", autocommit=True
    ) as connection:
        role = psycopg.sql.SQL("CREATE ROLE gatepost LOGIN CREATEDB PASSWORD {}").format(password)
        connection.execute(role)
        connection.execute("CREATE DATABASE gatepost OWNER gatepost")


def _stop(server: subprocess.Popen) -> None:
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # PostgreSQL's fast, then immediate shutdown
        if server.poll() is not None:
            return
        server.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=10)


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Run a server for the block and give the address of an empty database, as DATABASE_URL wants it.

    Raises:
        PostgresUnavailable: this machine has no PostgreSQL, or no user that may run it.
        PostgresFailed: it did not start.
    """
    programs, person, password = binaries(), _other_person(), secrets.token_hex(16)
    directory = _scratch(person)
    server = None
    try:
        _initialise(programs, directory, person, password)
        server, port = _start(programs, directory, person, password)
        yield f"postgres://gatepost:{password}@127.0.0.1:{port}/gatepost"
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(directory, ignore_errors=True)


def _leave(number: int, _frame: object) -> None:
    # SystemExit, unlike the signal's own default, lets every finally run.
    raise SystemExit(128 + number)


def _status(returned: int) -> int:
    return returned if returned >= 0 else 128 - returned  # a command that a signal ended, as shells count


def main(words: list[str]) -> int:
    """Run the command in `words` (after an optional "--") against a new server; return its exit status."""
    command = words[1:] if words[:1] == ["--"] else words
    if not command:
        print(__doc__)
        return 2
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        with running() as address:
            environment = {**os.environ, "GATEPOST_TEST_DATABASE_URL": address, "DATABASE_URL": address}
            with subprocess.Popen(command, env=environment) as child:
                try:
                    return _status(child.wait())
                except KeyboardInterrupt:
                    return _status(child.wait())  # Ctrl-C reached the command too; let it clean up
                finally:
                    if child.poll() is None:
                        child.terminate()
    except PostgresUnavailable as reason:
        print(f"{reason}: skipped")
        return SKIPPED
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
