"""A site as processes, and which of them are alive."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.house.sources import ROOT

LONG = 40.0
MANAGE = [sys.executable, "-W", "error", "manage.py"]


def family(group: int) -> list[int]:
    """The processes of a process group that have not ended."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of_group = place.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of_group) == group and state != "Z":
            found.append(int(place.parent.name))
    return found


def until(true, what: str) -> None:
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def environment(folder: Path, port: int) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "DEBUG": "1",
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder),
        "LOG_LEVEL": "WARNING",
    }


def migrated_site(folder: Path) -> Path:
    """Make a fresh site in a folder, and return the folder."""
    subprocess.run([*MANAGE, "migrate", "-v0"], cwd=ROOT, env=environment(folder, 0), check=True)
    return folder
