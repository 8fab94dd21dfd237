"""Make sites of several sizes, measure each, print the tables in Markdown and draw how they grow.

    make bench                                        sizes 1,000 and 10,000 on SQLite, then on PostgreSQL; some minutes
    make bench SIZES="1000 100000 1000000" WAITING=100000 SECONDS=5

Sites are the same on every run. Each row is taken while nothing else of the bench runs; let nothing else run either.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from tests.benchmarks.speed import growth, load, table
from tests.served.server import ROOT

CURVE = Path(__file__).with_name("growth.svg")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--waiting", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--curve", action="store_true", help=f"draw {CURVE.name} anew")
    asked = parser.parse_args()
    server = os.environ.get("GATEPOST_TEST_DATABASE_URL", "")
    engine = "PostgreSQL" if server.startswith("postgres") else "SQLite"
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in asked.sizes:
            print(f"{engine}, {size:,} comments: making the site and measuring it", file=sys.stderr, flush=True)
            database = _created(server, size) if server else f"sqlite:///{folder}/{size}.sqlite3"
            found[size] = _measured(database, size, asked.waiting, asked.seconds)
    print(f"\n{engine}, {asked.waiting:,} waiting, {load.CLIENTS} clients, asked by {load.tool()}\n")
    print(table.of(found))
    if asked.curve:
        CURVE.write_text(growth.svg(found))


def _created(server: str, size: int) -> str:
    """A new database beside the one that is named."""
    name = f"bench_{size}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server.rpartition('/')[0]}/{name}"


def _measured(database: str, size: int, waiting: int, seconds: float) -> list[dict]:
    command = [sys.executable, "-m", "tests.benchmarks.speed.measure", str(size), str(waiting), str(seconds)]
    environment = {**os.environ, "DATABASE_URL": database}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    rows = []
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as child:
        for line in child.stdout:
            rows.append(json.loads(line))
            print(f"  {rows[-1]['row']}", file=sys.stderr, flush=True)
    if child.returncode:
        raise SystemExit(child.returncode)
    return rows


if __name__ == "__main__":
    main()
