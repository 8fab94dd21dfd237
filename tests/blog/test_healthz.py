import pytest
from django.db import OperationalError, connection
from django.test import Client


def test_it_says_ok_while_the_database_answers(db: None, reader: Client) -> None:
    answer = reader.get("/healthz")
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"ok", "no-store")


def test_it_says_503_when_the_database_does_not(db: None, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: object) -> None:
        raise OperationalError("the password of the database is hunter2")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        answer = reader.get("/healthz")
    assert answer.status_code == 503
    assert b"hunter2" not in answer.content
