"""crispy-forms renders the strings of layout objects as templates: data in them is template injection."""

import ast

import pytest

from tests.house.sources import app_modules, called, imported, name_of, tree

# A string directly in a Layout is the name of a field, which is looked up and not rendered.
NAMING_FIELDS = {"Layout"}
HOMES = ("crispy_forms.layout", "crispy_forms.bootstrap")


def data_in_layouts(module: ast.Module) -> list[int]:
    """Return the lines on which a layout object gets anything but literals and other layout objects."""
    names = {name for origin, name, _ in imported(module) if origin in HOMES}
    return [
        node.lineno
        for node in ast.walk(module)
        if called(node) in names - NAMING_FIELDS
        for value in [*node.args, *(keyword.value for keyword in node.keywords)]
        if not isinstance(value, ast.Constant) and called(value) not in names
    ]


def test_layout_objects_get_only_what_stands_in_the_source() -> None:
    found = [f"{name_of(path)}:{line}" for path in app_modules() for line in data_in_layouts(tree(path))]
    assert found == []


@pytest.mark.parametrize(
    "made",
    [
        "HTML(self.text)",
        "Hidden('key', key)",
        "Submit('send', f'Reply to {name}')",
        "Div(Field(name))",
        "Div(*rows)",
        "layout.Hidden('key', value=key)",
    ],
)
def test_the_rule_sees_data_in_a_layout(made: str) -> None:
    start = "from crispy_forms.layout import HTML, Div, Field, Hidden, Submit\n"
    assert data_in_layouts(ast.parse(start + made))


def test_the_rule_lets_a_fixed_layout_through() -> None:
    start = "from crispy_forms.layout import Div, Field, Layout, Submit\n"
    fixed = "Layout('body', *visible, Div(Field('name', css_class='wide'), Submit('send', 'Send')))"
    assert not data_in_layouts(ast.parse(start + fixed))
