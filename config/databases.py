"""DATABASE_URL as Django's setting: SQLite's pragmas, several hosts of PostgreSQL, a pooler before it."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_SEVERAL = "several.invalid"
HERE = ("", "localhost", "127.0.0.1", "::1")
CONNECT_SECONDS = 5
KEPT_FROM = 3  # uses of a statement on one connection, see config/postgresql/base.py


def database_of(url: str, *, max_age: int, pooled: bool = False) -> dict:
    """One entry of the setting DATABASES. Raises ImproperlyConfigured for an address that cannot be read.

    Args:
        url: `sqlite:///path`, or `postgres://user:password@host:port,other:port/name?option=value`: of several hosts
            the first that takes writes is used, as libpq's `target_session_attrs` says.
        max_age: seconds for which a connection stays open.
        pooled: connections go through a pooler that may give each transaction another one of the server's.
    """
    if urlsplit(url).scheme.startswith("sqlite"):
        return {**_sqlite(url), "CONN_MAX_AGE": max_age}
    return {
        **_postgres(url),
        "CONN_MAX_AGE": max_age,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
        "KEPT_FROM": None if pooled else KEPT_FROM,
    }


def replica_of(url: str, primary: dict) -> dict:
    """The entry of a replica, opened as the primary is. Of several hosts a standby is taken before the primary."""
    found = _postgres(url, "prefer-standby")
    return {**primary, **found, "TEST": {"MIRROR": "default"}}


def turns_at(database: dict, workers: int) -> int:
    """Requests of one web process that are worked on at once, see `config/turns.py`.

    SQLite works in the process itself; while PostgreSQL works, another request may. Where it works on this machine, and
    each processor has a web process, that is one of another process: a second one here would be in the way.
    """
    if database["ENGINE"].endswith("sqlite3"):
        return 1
    here = database["HOST"] in HERE or database["HOST"].startswith("/")
    return 1 if here and workers > 1 and workers >= (os.cpu_count() or 1) else 2


def _sqlite(url: str) -> dict:
    found = environ.Env.db_url_config(url)
    Path(found["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    found["OPTIONS"] = {
        # IMMEDIATE: with the default, a transaction that reads and then writes fails as "locked" at once when
        # another writer came between (178 to 292 of 360 rounds measured); with IMMEDIATE it waits for its turn.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA busy_timeout=20000; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;",
    }
    return found


def _postgres(url: str, of_several: str = "read-write") -> dict:
    parts = urlsplit(url)
    person, at, hosts = parts.netloc.rpartition("@")
    places = [_place(each, url) for each in hosts.split(",")] if "," in hosts else []
    if places:
        # django-environ reads one host.
        url = urlunsplit(parts._replace(netloc=f"{person}{at}{_SEVERAL}"))
    try:
        found = environ.Env.db_url_config(url)
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from error
    found["ENGINE"] = "config.postgresql"
    found["HOST"] = unquote(found["HOST"])  # as libpq has it: a folder with the server's socket, its slashes as %2F
    options = found.setdefault("OPTIONS", {})
    options.setdefault("connect_timeout", CONNECT_SECONDS)
    if places:
        found["HOST"], found["PORT"] = ",".join(host for host, _ in places), ",".join(port for _, port in places)
        options.setdefault("target_session_attrs", of_several)
    return found


def _place(each: str, url: str) -> tuple[str, str]:
    host, colon, port = each.rpartition(":") if not each.endswith("]") else (each, "", "")
    host, port = (host, port) if colon else (each, "5432")
    if not host or not port.isdigit():
        raise ImproperlyConfigured(f"DATABASE_URL names a host that cannot be read: {each!r}")
    return host.strip("[]"), port
