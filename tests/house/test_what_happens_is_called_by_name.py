"""No signals, no generic foreign keys, no way round CSRF: what follows from an act stands beside it."""

import ast
import re

import pytest

from tests.house.sources import APPS, ROOT, app_modules, files, imported, name_of, tree

HIDDEN_WAYS = re.compile(
    r"django\.dispatch|django\.db\.models\.signals|django\.core\.signals|django\.contrib\.auth\.signals"
    r"|\.(?:GenericForeignKey|GenericRelation|csrf_exempt|receiver|(?:pre|post)_(?:save|delete|init|migrate))$"
)

# The one address that mail services post to (RFC 8058): they have no page, no cookie and no token of ours, and the link
# itself is signed. And the one form that everybody gets with the same page: comments/same_site.py tells ours from a
# forged one. Any other view goes without the exemption.
EXEMPT = [
    ("comments/unsubscribe.py", "django.views.decorators.csrf.csrf_exempt"),
    ("comments/views.py", "django.views.decorators.csrf.csrf_exempt"),
]


def hidden_ways(module: ast.Module) -> list[str]:
    """Return the imports that let code run, or rows hang together, without a name being called."""
    names = [(f"{origin}.{name}".rstrip("."), line) for origin, name, line in imported(module)]
    return [f"{line}: {name}" for name, line in names if HIDDEN_WAYS.search(name)]


def test_no_app_uses_signals_generic_keys_or_csrf_exemptions() -> None:
    found = [(name_of(path), way.partition(": ")[2]) for path in app_modules() for way in hidden_ways(tree(path))]
    assert found == EXEMPT


def test_nothing_imports_tests() -> None:
    modules = [*files(".py", under=APPS), ROOT / "manage.py"]
    origins = [(path, origin) for path in modules for origin, _, _ in imported(tree(path))]
    assert [name_of(path) for path, origin in origins if origin.split(".")[0] == "tests"] == []


@pytest.mark.parametrize(
    "code",
    [
        "from django.dispatch import receiver",
        "from django.db.models.signals import post_save",
        "import django.dispatch",
        "from django.contrib.contenttypes.fields import GenericForeignKey",
        "from django.views.decorators.csrf import csrf_exempt",
    ],
)
def test_the_rule_sees_a_hidden_way(code: str) -> None:
    assert hidden_ways(ast.parse(code))
