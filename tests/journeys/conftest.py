"""Fixtures of the journeys: a browser, fresh pages that watch for faults, and log-ins.

The site runs in a thread of the test's own process (pytest-django's live_server) and not as a server of its
own, so that a journey can prepare rows with tests/cast.py, read what the browser's clicks wrote, and have the
database emptied after it like every other test. The price is DJANGO_ALLOW_ASYNC_UNSAFE: Playwright's sync API
keeps an event loop on the main thread, which Django takes for async code although no coroutine touches the
database.
"""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as site
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from blog.models import User
from tests import cast
from tests.browser import Watch, chromium_missing, open_context, running_chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys; each gets fresh contexts in it."""
    if reason := chromium_missing():
        pytest.skip(reason)
    with pytest.MonkeyPatch.context() as patch, running_chromium() as chromium:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield chromium


@pytest.fixture(autouse=True)
def the_site_shows_its_numbers(settings: Settings) -> None:
    """The public page of numbers is off by default, and a page like any other where it is on."""
    settings.TRANSPARENCY_PAGE = True


@pytest.fixture
def watch(live_server: LiveServer, settings: Settings) -> Iterator[Watch]:
    """The journey's faults. Say `watch.allowed.append("404")` for what the journey provokes on purpose."""
    settings.SITE_URL = live_server.url
    seen = Watch(live_server.url)
    yield seen
    assert seen.verdict() == []


@pytest.fixture
def new_page(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Open a page of somebody else, in a context of its own: `new_page(javascript=False, width=320)`."""
    contexts = []

    def open_page(**screen: object) -> Page:
        contexts.append(open_context(browser, watch.home, **screen))
        watch.follow(contexts[-1])
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    """One page of an anonymous reader, opened as the test's `@pytest.mark.screen(...)` says."""
    mark = request.node.get_closest_marker("screen")
    return new_page(**(mark.kwargs if mark else {}))


@pytest.fixture
def log_in(watch: Watch) -> Callable[[Page, User], None]:
    """Put a session of `user` into the page's browser, past the log-in form."""

    def enter(page: Page, user: User) -> None:
        session = cast.logged_in(user).cookies[site.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": session, "url": watch.home}])

    return enter
