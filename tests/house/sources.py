"""The files that the house rules read, and the syntax trees of those in Python."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("config", "moderation", "comments", "blog")
NOT_SOURCE = {".venv", ".git", "var", "__pycache__", ".ruff_cache", ".import_linter_cache", ".hypothesis"}


@cache
def files(*suffixes: str, under: tuple[str, ...] = (".",)) -> tuple[Path, ...]:
    """Return the project's files with one of the suffixes (all files for none), below the folders given."""
    return tuple(
        Path(folder, name)
        for top in under
        for folder, below, names in os.walk(ROOT / top)
        if not _prune(below)
        for name in sorted(names)
        if not suffixes or name.endswith(suffixes)
    )


def _prune(below: list[str]) -> None:
    below[:] = sorted(set(below) - NOT_SOURCE)


def app_modules() -> tuple[Path, ...]:
    """Return the Python files of the apps; migrations are made by Django and kept out."""
    return tuple(path for path in files(".py", under=APPS) if "migrations" not in path.parts)


def templates() -> tuple[Path, ...]:
    """Return every template, of the project and of apps."""
    return tuple(path for path in files(".html", ".txt", ".xml") if "templates" in path.parts)


def static_files() -> tuple[Path, ...]:
    """Return every style sheet, script and picture in text form."""
    return tuple(path for path in files(".css", ".js", ".svg") if "static" in path.parts)


def name_of(path: Path) -> str:
    """Return the path as people say it: from the project's root, with slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(), name_of(path))


def called(node: ast.AST) -> str:
    """Return the last word of what a call calls: "raw" for `Post.objects.raw(...)`; "" for no call."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def imported(module: ast.Module) -> Iterator[tuple[str, str, int]]:
    """Yield each import of a module as (from where, name, line); the name is empty for `import a.b`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "", node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name, node.lineno) for alias in node.names)
