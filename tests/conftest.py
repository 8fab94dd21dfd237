"""What every test stands on: pinned examples, a database left as migrated, and the cast."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as examples
from pytest_django import DjangoDbBlocker, Settings

from blog.models import Post, User
from moderation import append_only
from tests import cast, validators
from tests.post_office import Office, open_office

# The same examples on every run and machine: a property that fails, fails for everybody.
# HYPOTHESIS_PROFILE=explore looks for new ones.
examples.register_profile(
    "pinned",
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
examples.register_profile("explore", examples.get_profile("pinned"), derandomize=False, max_examples=2000)
examples.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "pinned"))


def pytest_itemcollected(item: pytest.Item) -> None:
    if "tests/journeys/" in item.path.as_posix():
        item.add_marker(pytest.mark.journey)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # From the first journey on, Playwright's sync API keeps an event loop on the main thread: they come last.
    items.sort(key=lambda item: item.get_closest_marker("journey") is not None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Make a test that commits leave the database as the migrations made it.

    Django empties every table after such a test. That would fail at the decisions, which the database refuses
    to delete, and it would take the groups along that migrations wrote: so the triggers are lifted for the
    moment, and the rows of the migrations put back.
    """
    with django_db_blocker.unblock():
        migrated = connection.creation.serialize_db_to_string()
    empty = TransactionTestCase._fixture_teardown

    def restore(self: TransactionTestCase) -> None:
        self.serialized_rollback = True  # keeps the flush from making content types under new numbers
        # Set anew each time: from the first journey on, the main thread may hold another connection object.
        connection._test_serialized_contents = migrated
        append_only.remove(connection)
        try:
            empty(self)
        finally:
            append_only.install(connection)
        connection.creation.deserialize_db_from_string(migrated)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
        yield


@pytest.fixture(autouse=True)
def nothing_is_kept() -> None:
    """No test is given a page that another one made."""
    cache.clear()


@pytest.fixture
def nu() -> Callable[[Iterable[Path]], list[str]]:
    """The Nu HTML checker: takes files, returns their errors. Skips the test where there is no Java."""
    if reason := validators.nu_missing():
        pytest.skip(reason)
    return validators.nu_faults


@pytest.fixture
def author(db: None) -> User:
    """Writes posts, and sees only their own."""
    return cast.person("author", "Authors")


@pytest.fixture
def other_author(db: None) -> User:
    """Has posts that `author` must not reach."""
    return cast.person("other-author", "Authors")


@pytest.fixture
def editor(db: None) -> User:
    """May edit every post and moderate."""
    return cast.person("editor", "Editors")


@pytest.fixture
def moderator(db: None) -> User:
    """Decides on comments and writes no posts."""
    return cast.person("moderator", "Moderators")


@pytest.fixture
def stranger(db: None) -> User:
    """Has an account and no rights at all: whoever asks as this person must be refused."""
    return cast.person("stranger")


@pytest.fixture
def reader(db: None) -> Client:
    """A browser that nobody logged in with."""
    return Client()


@pytest.fixture
def as_author(author: User) -> Client:
    return cast.logged_in(author)


@pytest.fixture
def as_other_author(other_author: User) -> Client:
    return cast.logged_in(other_author)


@pytest.fixture
def as_editor(editor: User) -> Client:
    return cast.logged_in(editor)


@pytest.fixture
def as_moderator(moderator: User) -> Client:
    return cast.logged_in(moderator)


@pytest.fixture
def as_stranger(stranger: User) -> Client:
    return cast.logged_in(stranger)


@pytest.fixture
def post(author: User) -> Post:
    """A public post of `author` that takes comments."""
    return cast.post(author)


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    """A real mail server on loopback, to which the site's mail goes; notices are on."""
    settings.NOTICES_BY_MAIL, settings.EMAIL_TIMEOUT = True, 5
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    with open_office() as office:
        settings.EMAIL_PORT = office.port
        yield office
