"""The large site, made once for this folder, in a transaction that is taken back after its last test."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests import cast
from tests.large.site import Site, fill


@pytest.fixture(scope="package")
def large(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """100,000 comments. What a test adds is taken back after it, and all of them after the last one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill()
        transaction.set_rollback(True)


@pytest.fixture
def moderating(large: Site, db: None) -> Client:
    """A moderator's browser."""
    return cast.logged_in(large.moderator)


@pytest.fixture
def vendor() -> str:
    return connection.vendor
