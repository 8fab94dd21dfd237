"""A PgBouncer of the tests' own, in transaction mode before their PostgreSQL; where there is none, why."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin")
MISSING = "" if PROGRAM else "pgbouncer is not installed"
SETTINGS = """[databases]
* = host={host} port={port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own}
unix_socket_dir =
auth_type = plain
auth_file = {folder}/people
pool_mode = transaction
default_pool_size = 2
ignore_startup_parameters = extra_float_digits,options
"""


@contextmanager
def pooling(database: dict) -> Iterator[str]:
    """Pool connections to the server of a Django database; gives the address of the same database behind the pool.

    Two connections of the server for all clients, so that transactions of one client go over different ones.
    """
    with tempfile.TemporaryDirectory(prefix="pgbouncer-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            own = probe.getsockname()[1]
        (folder / "people").write_text(f'"{database["USER"]}" "{database["PASSWORD"]}"\n')
        told = {"host": database["HOST"], "port": database["PORT"], "own": own, "folder": folder}
        (folder / "pgbouncer.ini").write_text(SETTINGS.format(**told))
        process = subprocess.Popen(
            [PROGRAM, folder / "pgbouncer.ini"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **_person(folder)
        )
        try:
            _wait(own)
            yield f"postgres://{database['USER']}:{database['PASSWORD']}@127.0.0.1:{own}/{database['NAME']}"
        finally:
            process.terminate()
            process.wait()


def _person(folder: Path) -> dict[str, object]:
    """PgBouncer refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("nobody")
    for path in (folder, *folder.iterdir()):
        os.chown(path, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _wait(port: int) -> None:
    until = monotonic() + 20
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            assert monotonic() < until, "pgbouncer does not start"
            sleep(0.05)
