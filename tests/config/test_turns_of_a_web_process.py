"""Where the database works, and how many web processes there are, says how many requests each works on at once."""

import pytest

from config import databases
from config.databases import database_of, turns_at

HERE, SOCKET = "postgres://somebody@127.0.0.1:5432/site", "postgres:////var/run/postgresql/site"
ELSEWHERE, SEVERAL = (
    "postgres://somebody@db.example:5432/site",
    "postgres://somebody@one.example:5432,127.0.0.1:5433/site",
)


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases.os, "cpu_count", lambda: 2)


@pytest.mark.parametrize(
    ("url", "workers", "turns"),
    [
        (HERE, 1, 2),
        (HERE, 2, 1),
        (SOCKET, 2, 1),
        (HERE, 4, 1),
        (ELSEWHERE, 2, 2),
        (SEVERAL, 2, 2),
    ],
)
def test_postgresql(url: str, workers: int, turns: int) -> None:
    assert turns_at(database_of(url, max_age=0), workers) == turns


def test_processors_are_left_where_there_are_fewer_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases.os, "cpu_count", lambda: 4)
    assert turns_at(database_of(HERE, max_age=0), 2) == 2


@pytest.mark.parametrize("workers", [1, 2])
def test_sqlite_works_in_the_process_itself(workers: int, tmp_path) -> None:
    assert turns_at(database_of(f"sqlite:///{tmp_path}/site.sqlite3", max_age=0), workers) == 1
