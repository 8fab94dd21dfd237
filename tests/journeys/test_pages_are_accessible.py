"""axe finds no WCAG 2.2 AA violation on any page, light and dark, narrow and wide; nothing scrolls sideways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from blog.models import Post, User
from tests.browser import SCHEMES, WIDTHS, Watch, scrolls_sideways
from tests.journeys import places
from tests.validators import axe_faults


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_public_page_has_a_barrier(
    new_page: Callable[..., Page], author: User, watch: Watch, width: int, scheme: str
) -> None:
    watch.allowed.append("404")
    page = new_page(width=width, scheme=scheme)
    faults = {}
    for address in places.public(author):
        page.goto(address)
        found = axe_faults(page)
        if scrolls_sideways(page):
            found.append("scrolls sideways")
        if found:
            faults[address] = found
    assert faults == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_staff_page_has_a_barrier(
    new_page: Callable[..., Page],
    log_in: Callable[[Page, User], None],
    author: User,
    editor: User,
    width: int,
    scheme: str,
) -> None:
    post: Post = places.site(author)
    page = new_page(width=width, scheme=scheme)
    log_in(page, editor)
    faults = {}
    for address in places.staff(post):
        page.goto(address)
        found = axe_faults(page)
        if scrolls_sideways(page):
            found.append("scrolls sideways")
        if found:
            faults[address] = found
    assert faults == {}
