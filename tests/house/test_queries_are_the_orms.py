"""SQL comes from the ORM, or from a cursor that passes its parameters; never through the ORM's back doors."""

import ast

import pytest

from tests.house.sources import app_modules, called, imported, name_of, tree

BACK_DOORS = {"raw", "extra", "RawSQL"}


def back_doors(module: ast.Module) -> list[int]:
    """Return the lines on which a module uses `.raw(`, `.extra(` or RawSQL."""
    calls = [node.lineno for node in ast.walk(module) if called(node) in BACK_DOORS]
    return calls + [line for _, name, line in imported(module) if name == "RawSQL"]


def built_statements(module: ast.Module) -> list[int]:
    """Return the lines on which `execute` gets a statement that was filled by %, format or a call's result.

    Names in f-strings pass: table names are constants of ours, and no parameter can stand for them.
    """
    return [
        node.lineno
        for node in ast.walk(module)
        if called(node) in {"execute", "executemany"} and node.args and _filled(node.args[0])
    ]


def _filled(statement: ast.expr) -> bool:
    if isinstance(statement, ast.JoinedStr):
        values = [part.value for part in statement.values if isinstance(part, ast.FormattedValue)]
        return any(isinstance(value, ast.Call | ast.Subscript) for value in values)
    by_percent = isinstance(statement, ast.BinOp) and isinstance(statement.op, ast.Mod)
    return by_percent or called(statement) == "format"


def test_no_module_goes_round_the_orm() -> None:
    found = [f"{name_of(path)}:{line}" for path in app_modules() for line in back_doors(tree(path))]
    assert found == []


def test_no_statement_is_put_together_from_data() -> None:
    found = [f"{name_of(path)}:{line}" for path in app_modules() for line in built_statements(tree(path))]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "Post.objects.raw('SELECT 1')",
        "rows.extra(where=['1'])",
        "from django.db.models.expressions import RawSQL",
    ],
)
def test_the_rule_sees_a_back_door(code: str) -> None:
    assert back_doors(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "cursor.execute('SELECT %s' % name)",
        "cursor.execute(f'SELECT {request.GET[0]}')",
        "cursor.execute('{}'.format(name))",
    ],
)
def test_the_rule_sees_a_statement_made_of_data(code: str) -> None:
    assert built_statements(ast.parse(code))
