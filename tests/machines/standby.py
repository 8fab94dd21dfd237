"""A PostgreSQL and its standby, which has each commit before the primary answers; the primary may die."""

import os
import secrets
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psycopg

from tests import postgres

QUICK = {"fsync": "off", "full_page_writes": "off", "max_connections": "60", "listen_addresses": "127.0.0.1"}
START_SECONDS = 40


class Pair:
    """Two servers; `url` names both. Raises postgres.PostgresUnavailable where there is none."""

    def __init__(self, *, synchronous: bool = True) -> None:
        self._synchronous = synchronous
        self._programs, self._person = postgres.binaries(), postgres._other_person()
        self._password = secrets.token_hex(16)
        self._folder = postgres._scratch(self._person)
        self._running: list[subprocess.Popen] = []
        self._ports = [postgres._free_port(), postgres._free_port()]
        hosts = ",".join(f"127.0.0.1:{port}" for port in self._ports)
        self.url = f"postgres://gatepost:{self._password}@{hosts}/gatepost"
        self.primary, self.standby = (
            f"postgres://gatepost:{self._password}@127.0.0.1:{port}/gatepost" for port in self._ports
        )

    def __enter__(self) -> "Pair":
        try:
            postgres._initialise(self._programs, self._folder, self._person, self._password)
            self._start("data", self._ports[0])
            postgres._make_database(self._ports[0], self._password)
            self._program("pg_basebackup", "-h", "127.0.0.1", "-p", str(self._ports[0]), "-U", "overseer", "-D",
                          self._folder / "standby", "-R", "-X", "stream", "-c", "fast")  # fmt: skip
            self._start("standby", self._ports[1])
            if not self._synchronous:
                return self
            with self._overseer(self._ports[0]) as primary:
                primary.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
                primary.execute("SELECT pg_reload_conf()")
            self._until(self._ports[0], "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._running:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
            server.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def primary_dies(self) -> None:
        """As a machine does that loses power: nothing is said to anybody."""
        os.killpg(self._running[0].pid, signal.SIGKILL)
        self._running[0].wait()

    def standby_dies(self) -> None:
        os.killpg(self._running[1].pid, signal.SIGKILL)
        self._running[1].wait()

    def standby_falls_behind(self) -> None:
        """What the primary does from now on is not seen on the standby."""
        self._say(self._ports[1], "SELECT pg_wal_replay_pause()")
        self._until(self._ports[1], "SELECT pg_get_wal_replay_pause_state() = 'paused'")

    def standby_catches_up(self) -> None:
        self._say(self._ports[1], "SELECT pg_wal_replay_resume()")
        with self._overseer(self._ports[0]) as primary:
            (place,) = primary.execute("SELECT pg_current_wal_lsn()").fetchone()
        self._until(self._ports[1], f"SELECT pg_last_wal_replay_lsn() >= '{place}'")

    def write(self, statement: str) -> None:
        """Change something on the primary."""
        with psycopg.connect(self.primary, autocommit=True) as connection:
            connection.execute(statement)

    def _say(self, port: int, statement: str) -> None:
        with self._overseer(port) as connection:
            connection.execute(statement)

    def standby_takes_over(self) -> None:
        self._program("pg_ctl", "promote", "-w", "-D", self._folder / "standby")

    def rows(self, query: str) -> list[tuple]:
        """What the standby says."""
        with psycopg.connect(
            host="127.0.0.1", port=self._ports[1], user="gatepost", password=self._password, dbname="gatepost"
        ) as connection:
            return connection.execute(query).fetchall()

    def _start(self, name: str, port: int) -> None:
        options = {**QUICK, "port": str(port), "unix_socket_directories": ""}
        words = [word for option, value in options.items() for word in ("-c", f"{option}={value}")]
        with (self._folder / f"{name}.log").open("wb") as log:
            self._running.append(
                subprocess.Popen(
                    [self._programs / "postgres", "-D", self._folder / name, *words], cwd=self._folder,
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **self._person,
                )
            )  # fmt: skip
        self._until(port, "SELECT 1")

    def _until(self, port: int, query: str) -> None:
        until = time.monotonic() + START_SECONDS
        while True:
            with suppress(psycopg.OperationalError), self._overseer(port) as connection:
                if connection.execute(query).fetchone()[0]:
                    return
            assert time.monotonic() < until, f"{query} is not so"
            time.sleep(0.05)

    def _overseer(self, port: int) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1", port=port, user="overseer", password=self._password, dbname="postgres", autocommit=True
        )

    def _program(self, name: str, *words: str | Path) -> None:
        environment = {**os.environ, "PGPASSWORD": self._password}
        subprocess.run(
            [self._programs / name, *words], cwd=self._folder, env=environment, check=True, capture_output=True,
            **self._person,
        )  # fmt: skip
