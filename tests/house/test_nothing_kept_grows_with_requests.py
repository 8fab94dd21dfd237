"""What a process keeps between requests is bounded, so a million different requests cost no memory."""

import ast

import pytest
from django.conf import settings

from tests.house.sources import app_modules, called, name_of, tree


def unbounded_caches(module: ast.Module) -> list[int]:
    """Return the lines of `functools.cache`, of `lru_cache` without a size, where there are arguments."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                plain = getattr(decorator, "id", "") or getattr(decorator, "attr", "")
                if (plain in ("cache", "lru_cache") and node.args.args) or (
                    called(decorator) == "lru_cache" and not _sized(decorator)
                ):
                    found.append(node.lineno)
    return found


def _sized(decorator: ast.Call) -> bool:
    sizes = [*decorator.args, *(keyword.value for keyword in decorator.keywords if keyword.arg == "maxsize")]
    return any(isinstance(size, ast.Name) or isinstance(getattr(size, "value", None), int) for size in sizes)


def test_every_cache_has_a_size() -> None:
    found = [f"{name_of(path)}:{line}" for path in app_modules() for line in unbounded_caches(tree(path))]
    assert found == []


@pytest.mark.parametrize(
    "code", ["@cache\ndef f(x): ...", "@lru_cache(maxsize=None)\ndef f(x): ...", "@lru_cache\ndef f(x): ..."]
)
def test_the_rule_sees_one_without(code: str) -> None:
    assert unbounded_caches(ast.parse(code))


def test_pages_are_kept_in_no_cache_of_ours() -> None:
    assert not [name for name in settings.MIDDLEWARE if "middleware.cache" in name]
