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
    watch.allowed += ["403", "404", "410"]
    assert _barriers(new_page(width=width, scheme=scheme), places.public(author)) == {}


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
    assert _barriers(page, places.staff(post)) == {}


def _barriers(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """What axe finds on each page, and whether it scrolls sideways."""
    faults = {}
    for address in addresses:
        page.goto(address)
        found = axe_faults(page) + ["scrolls sideways"] * scrolls_sideways(page)
        if found:
            faults[address] = found
    return faults
