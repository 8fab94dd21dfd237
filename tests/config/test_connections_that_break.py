"""A connection that breaks costs one request and no more; one that answered just now is not asked again."""

import pytest
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext

from config.postgresql import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no connection that could break"),
]


@pytest.fixture
def beside():
    """A second connection to the tests' database."""
    other = connections.create_connection("default")
    other.ensure_connection()
    yield other
    other.close()


def break_it(other) -> None:
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])


def test_one_that_answered_just_now_is_not_asked(beside) -> None:
    with CaptureQueriesContext(beside) as asked:
        assert beside.is_usable()
    assert not asked.captured_queries


def test_one_that_broke_is_found_out_by_its_error_and_replaced(beside) -> None:
    break_it(beside)
    with pytest.raises(OperationalError), beside.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert not beside.is_usable()
    beside.close_if_unusable_or_obsolete()
    with beside.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_one_that_broke_in_silence_is_asked_after_a_second(beside, monkeypatch: pytest.MonkeyPatch) -> None:
    break_it(beside)
    monkeypatch.setattr(base, "TRUSTED", 0.0)
    assert not beside.is_usable()
