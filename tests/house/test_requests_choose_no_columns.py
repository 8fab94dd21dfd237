"""What a request sends is a value in a query, never the name of a column, an order or a join."""

import ast

import pytest

from tests.house.sources import app_modules, called, name_of, tree

QUERYING = {
    "filter", "exclude", "get", "order_by", "annotate", "aggregate", "values", "values_list", "alias", "distinct",
    "select_related", "prefetch_related", "only", "defer", "create", "update", "get_or_create", "Q", "F", "dates",
}  # fmt: skip
SENT = {"GET", "POST", "COOKIES", "META", "headers", "body", "cleaned_data", "query_params"}


def chosen_by_requests(module: ast.Module) -> list[int]:
    """Return the lines on which a query unpacks a request's dictionary, or takes a name or an order out of one."""
    found = []
    for node in ast.walk(module):
        if called(node) not in QUERYING or not isinstance(node, ast.Call):
            continue
        unpacked = [keyword.value for keyword in node.keywords if keyword.arg is None]
        unpacked += [part.value for part in node.args if isinstance(part, ast.Starred)]
        if called(node) in ("order_by", "annotate", "values", "values_list", "only", "defer", "F"):
            unpacked += node.args
        if any(_sent(value) for value in unpacked):
            found.append(node.lineno)
    return found


def _sent(value: ast.expr) -> bool:
    return any(isinstance(part, ast.Attribute) and part.attr in SENT for part in ast.walk(value))


def test_no_module_lets_a_request_choose() -> None:
    found = [f"{name_of(path)}:{line}" for path in app_modules() for line in chosen_by_requests(tree(path))]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "Comment.objects.filter(**request.GET.dict())",
        "Comment.objects.filter(**form.cleaned_data)",
        "Comment.objects.order_by(request.GET.get('order'))",
        "Comment.objects.order_by(*request.GET.getlist('order'))",
        "Q(**{name: value for name, value in request.POST.items()})",
        "Comment.objects.values(*request.GET)",
    ],
)
def test_the_rule_sees_a_request_that_chooses(code: str) -> None:
    assert chosen_by_requests(ast.parse(code))


def test_the_rule_lets_values_through() -> None:
    code = "Comment.objects.filter(pk=request.GET['c'], **{name: band}).order_by('path')"
    assert not chosen_by_requests(ast.parse(code))
