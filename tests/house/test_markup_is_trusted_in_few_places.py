"""A string becomes trusted HTML only where it was cleaned; templates trust only cleaned columns."""

import ast
import re

import pytest

from tests.house.sources import app_modules, called, imported, name_of, templates, tree

# The third writes JSON-LD, in which it has escaped every character that HTML knows; the fourth an SVG that segno draws
# from numbers alone; the last three hand on the stored HTML of comments, rows that were filled with escaped texts, and
# the form that a template made with a signed stamp in it.
CLEANERS = {
    "blog/markup.py",
    "blog/entries.py",
    "moderation/row_shapes.py",  # rows of the desk, filled with texts that it has escaped
    "comments/markup.py",
    "comments/templatetags/comments.py",
    "blog/enrolment.py",
    "comments/lines.py",
    "comments/rows.py",
    "comments/empty_form.py",
}
TRUSTING = {"mark_safe", "SafeString", "SafeText", "html_safe"}
TRUSTED_VARIABLE = re.compile(r"\{\{\s*([\w.]+)(?:\|[^}]*)?\|safe\b")
TRUSTING_TAG = re.compile(r"\{%\s*(?:autoescape off|filter safe)|\|safeseq")
STORED_HTML = re.compile(r"(?:\w+\.)*html")


def trusting_lines(module: ast.Module) -> list[int]:
    """Return the lines on which a module calls or imports what makes HTML trusted.

    `format_html` of anything but a literal pattern counts: it is mark_safe by another name.
    """
    # Importing SafeString is naming a type; calling it is trusting a text.
    found = [line for _, name, line in imported(module) if name in TRUSTING - {"SafeString"}]
    for node in ast.walk(module):
        made_up = called(node) == "format_html" and not (node.args and isinstance(node.args[0], ast.Constant))
        if made_up or called(node) in TRUSTING:
            found.append(node.lineno)
    return found


def trusting_words(template: str) -> list[str]:
    """Return what a template trusts beyond a column named html."""
    names = [name for name in TRUSTED_VARIABLE.findall(template) if not STORED_HTML.fullmatch(name)]
    return names + TRUSTING_TAG.findall(template)


def test_only_the_cleaners_make_trusted_html() -> None:
    modules = [path for path in app_modules() if name_of(path) not in CLEANERS]
    assert [f"{name_of(path)}:{line}" for path in modules for line in trusting_lines(tree(path))] == []


def test_templates_trust_only_the_stored_columns() -> None:
    pages = [path for path in templates() if path.suffix != ".txt"]  # a plain-text mail escapes nothing
    assert [f"{name_of(path)}: {word}" for path in pages for word in trusting_words(path.read_text())] == []


@pytest.mark.parametrize(
    "code",
    ["mark_safe(name)", "from django.utils.safestring import mark_safe", "format_html(f'<b>{name}</b>')"],
)
def test_the_rule_sees_trust_in_code(code: str) -> None:
    assert trusting_lines(ast.parse(code))


@pytest.mark.parametrize(
    "template",
    ["{{ comment.name|safe }}", "{{ q|lower|safe }}", "{% autoescape off %}", "{{ x.htmlish|safe }}"],
)
def test_the_rule_sees_trust_in_a_template(template: str) -> None:
    assert trusting_words(template)
    assert not trusting_words("{{ comment.html|safe }} {{ comment.name }}")
