"""What is installed is what was locked: every entry has hashes, no file says where to download from."""

import re
import tomllib

import pytest

from tests.house.sources import ROOT

RUNTIME, TEST = "requirements.txt", "requirements-test.txt"
ENTRY = re.compile(r"([a-z0-9-]+)==(\S+?)((?: ; [^\\\n]+)?)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n")


def loose_lines(text: str) -> list[str]:
    """Return what is left of a requirements file without its pinned, hashed entries."""
    return [line for line in ENTRY.sub("", text).splitlines() if line.strip()]


def pins(name: str) -> dict[str, tuple[str, str]]:
    """Return the version and hashes of each package that a requirements file pins."""
    return {found[1]: (found[2], found[4]) for found in ENTRY.finditer((ROOT / name).read_text())}


def wanted(words: list[str]) -> set[str]:
    """Return the package names of pyproject.toml's requirements."""
    return {re.match(r"[a-z0-9-]+", word)[0] for word in words}


@pytest.mark.parametrize("name", [RUNTIME, TEST])
def test_every_line_is_a_pinned_entry_with_hashes(name: str) -> None:
    assert loose_lines((ROOT / name).read_text()) == []
    assert pins(name)


def test_tests_run_on_exactly_what_production_installs() -> None:
    assert {name: pin for name, pin in pins(RUNTIME).items() if pins(TEST).get(name) != pin} == {}


def test_everything_that_pyproject_asks_for_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert wanted(project["dependencies"]) <= set(pins(RUNTIME))
    assert wanted(project["optional-dependencies"]["test"]) <= set(pins(TEST))


def test_no_lock_file_that_names_hosts_is_kept() -> None:
    assert [name for name in ("uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock") if (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    "line",
    [
        "--find-links https://packages.example/wheels",
        "django==5.2.19",
        "django>=5.2 \\\n    --hash=sha256:" + "0" * 64,
        "django @ https://files.example/django.whl",
    ],
)
def test_the_rule_sees_a_loose_line(line: str) -> None:
    assert loose_lines(line + "\n")
