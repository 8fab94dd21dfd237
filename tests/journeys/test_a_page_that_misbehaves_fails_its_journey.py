"""Every journey ends with its pages' faults; these prove that the watch sees them, and the judges too."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import SCHEMES, WIDTHS, Watch, scrolls_sideways
from tests.validators import axe_faults

FAULTS = {
    "CSP breach: style-src-attr": "document.body.innerHTML = '<p style=\"color: red\">inline style</p>'",
    "CSP breach: script-src-elem": "document.body.append(Object.assign(document.createElement('script'), "
    "{textContent: 'document.title = 1'}))",
    "request to another host": "new Promise(done => document.body.append(Object.assign(new Image(), "
    "{onerror: done, src: 'http://other.example/pixel.png'})))",
    "uncaught: ": "new Promise(done => setTimeout(() => { setTimeout(done); throw new Error('thrown') }))",
    "console error: ": "console.error('said so')",
}


@pytest.mark.both_databases
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_seen(fault: str, page: Page, watch: Watch) -> None:
    page.goto("/")
    assert watch.verdict() == []
    page.evaluate(FAULTS[fault])
    page.wait_for_timeout(50)
    assert any(seen.startswith(fault) or fault in seen for seen in watch.verdict()), watch.faults
    watch.faults.clear()


@pytest.mark.screen(javascript=False)
def test_an_inline_style_is_seen_without_javascript(page: Page, watch: Watch) -> None:
    page.goto("/")
    page.evaluate(FAULTS["CSP breach: style-src-attr"])
    page.wait_for_timeout(50)
    assert any("style" in seen for seen in watch.verdict())
    watch.faults.clear()


def test_an_answer_of_404_is_a_fault_unless_allowed(page: Page, watch: Watch) -> None:
    page.goto("/no-such-page/")
    page.wait_for_timeout(50)
    assert watch.verdict() != []
    watch.allowed.append("404")
    assert watch.verdict() == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_page_opens_as_wide_and_as_dark_as_asked(new_page: Callable[..., Page], width: int, scheme: str) -> None:
    page = new_page(width=width, scheme=scheme)
    page.goto("/")
    assert page.evaluate("innerWidth") == width
    assert page.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
    assert not scrolls_sideways(page)


@pytest.mark.screen(width=320)
def test_axe_and_the_sideways_check_see_what_is_wrong_under_the_strict_csp(page: Page) -> None:
    page.goto("/")
    assert "script-src 'self'" in page.request.get("/").headers["content-security-policy"]
    page.evaluate("document.body.innerHTML = '<img src=/static/blog/favicon.svg><nobr>' + 'wide '.repeat(200)")
    assert [fault for fault in axe_faults(page) if fault.startswith("image-alt")]
    assert scrolls_sideways(page)


def test_nu_sees_a_wrong_document(nu: Callable[[Iterable[Path]], list[str]], tmp_path: Path) -> None:
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text('<!DOCTYPE html><html lang="en"><title>Good</title><p>Text</p></html>')
    bad.write_text('<!DOCTYPE html><html lang="en"><title>Bad</title><p><div></p></html>')
    found = nu([good, bad])
    assert found
    assert all(line.startswith("bad.html:") for line in found)
