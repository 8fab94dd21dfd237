"""One idea a file, named after it: no drawer for everything, nothing too long to read, no machine's paths."""

import re
from pathlib import Path

import pytest

from tests.house.sources import APPS, ROOT, files, name_of

MOST_LINES = 300
DRAWERS = re.compile(r"(?:^|/)(?:utils?|helpers?|services?|common|misc|signals|managers)(?:\.py|/)")
# Folders that only somebody's own machine has.
MACHINE_PATH = re.compile(r"(?<![\w.:}-])/(?:root|home|work|Users|workspace)/\w|\b[A-Z]:\\Users")
TEXT = (".py", ".html", ".txt", ".md", ".css", ".js", ".toml", ".xml", ".svg", ".json", "Makefile", "run")


def machine_paths(text: str) -> list[str]:
    """Return the paths in a text that lead into one person's folders."""
    return [found.group() for found in MACHINE_PATH.finditer(text)]


def is_drawer(name: str) -> bool:
    """Tell whether a file's name says nothing about what it is for."""
    return bool(DRAWERS.search(name))


def too_long(path: Path) -> bool:
    """Tell whether a Python file has more lines than one idea needs."""
    return len(path.read_text().splitlines()) > MOST_LINES


def test_no_file_is_a_drawer_for_everything() -> None:
    assert [name_of(path) for path in files(".py") if is_drawer(name_of(path))] == []


def test_no_python_file_is_longer_than_one_idea() -> None:
    written = [path for path in files(".py", under=(*APPS, "tests")) if "migrations" not in path.parts]
    assert [name_of(path) for path in written if too_long(path)] == []


def test_no_file_knows_a_machine() -> None:
    texts = [(path, path.read_text()) for path in files(*TEXT)]
    assert [f"{name_of(path)}: {found}" for path, text in texts for found in machine_paths(text)] == []


@pytest.mark.parametrize("app", ["blog", "comments", "moderation"])
def test_every_app_says_in_its_readme_what_it_decided(app: str) -> None:
    assert (ROOT / app / "README.md").is_file()


@pytest.mark.parametrize("name", ["blog/utils.py", "comments/helpers.py", "common/times.py", "moderation/services.py"])
def test_the_rule_sees_a_drawer(name: str) -> None:
    assert is_drawer(name)


def test_the_rule_sees_a_long_file(tmp_path: Path) -> None:
    long = tmp_path / "long.py"
    long.write_text("x = 1\n" * (MOST_LINES + 1))
    assert too_long(long)


@pytest.mark.parametrize("place", ["root", "home", "Users"])
def test_the_rule_sees_a_machine_path(place: str) -> None:
    assert machine_paths(f"data lies in /{place}/somebody/data")
    assert not machine_paths(f"see https://blog.example/{place}/page")
