"""Chromium for the journeys, and what each demands of a page: no error, no foreign host, no CSP breach.

The journeys' fixtures are in tests/journeys/conftest.py; this file holds what they are made of.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

WIDTHS = (320, 1280)
"""CSS pixels: the narrowest screen WCAG 1.4.10 asks for, and a desktop."""

SCHEMES = ("light", "dark")

# Chromium talks to its maker when left alone; these and the watcher below keep a journey on this machine.
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# The console also names breaches, but with JavaScript on the event carries the directive.
REPORT_BREACHES = """document.addEventListener("securitypolicyviolation", event => console.error(
    `CSP breach: ${event.violatedDirective} refuses ${event.blockedURI} in ${event.sourceFile}`))"""


def chromium() -> Path | None:
    """Return the browser's program: GATEPOST_CHROMIUM, or what the system has; nothing when it has none."""
    if named := os.environ.get("GATEPOST_CHROMIUM"):
        return Path(named)
    for name in ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    return None


def chromium_missing() -> str:
    """Return what keeps journeys from running here, or an empty string."""
    program = chromium()
    if program is None:
        return "Chromium not found: no chromium or google-chrome on PATH, and GATEPOST_CHROMIUM names none"
    return "" if os.access(program, os.X_OK) else f"Chromium not found: GATEPOST_CHROMIUM names {program.name}"


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Run the browser for the block."""
    root = os.geteuid() == 0  # Chromium's sandbox refuses to work for root, and only for root is it given up
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=[*QUIET, *(["--no-sandbox"] if root else [])],
            chromium_sandbox=not root,
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """Collects what must not happen on the pages of one context.

    `allowed` holds parts of messages that this journey provokes on purpose: Chromium logs every answer of
    400 and above as a console error, so a journey to the 404 page allows "404".
    """

    home: str
    allowed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Watch every page that `context` opens from now on."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"uncaught: {error.error}"))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console {message.type}: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != urlsplit(self.home).netloc:
            self.faults.append(f"request to another host: {request.url}")

    def verdict(self) -> list[str]:
        """Return the faults that no one allowed."""
        return [fault for fault in self.faults if not any(part in fault for part in self.allowed)]


def open_context(
    browser: Browser, home: str, *, javascript: bool = True, width: int = 1280, scheme: str = "light"
) -> BrowserContext:
    """Open a fresh browser context: no cookies, addresses relative to `home`, `width` CSS pixels wide."""
    context = browser.new_context(
        base_url=home,
        java_script_enabled=javascript,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
        service_workers="block",
    )
    context.set_default_timeout(10_000)
    context.add_init_script(REPORT_BREACHES)
    return context


def scrolls_sideways(page: Page) -> bool:
    """Tell whether the page is wider than its window, which WCAG 1.4.10 forbids at 320 pixels."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
