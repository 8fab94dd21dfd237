"""What readers see as HTML is made by one function, and written in few places: whichever way a text comes in."""

import ast

import pytest

from tests.house.sources import app_modules, called, name_of, tree

# Who may call the renderer of readers' texts, and who may write its result into a row.
MAKERS = {"comments/forms.py", "config/demo/loading.py"}
WRITERS = {"comments/submission.py", "moderation/decisions.py", "moderation/erasure.py"}
COMMENTS = ("comments/", "moderation/", "config/")
READERS_MARKUP = {"comments.markup", "comments"}


def renders(module: ast.Module) -> list[int]:
    """Return the lines on which a module imports the renderer of readers' texts, or the module that holds it."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module in READERS_MARKUP:
            wanted = {"render"} if node.module == "comments.markup" else {"markup"}
            found += [node.lineno for name in node.names if name.name in wanted]
        if isinstance(node, ast.Import):
            found += [node.lineno for name in node.names if name.name == "comments.markup"]
    return found


def html_writes(module: ast.Module) -> list[int]:
    """Return the lines that give a row's column `html` a value: keyword of a query, key of changes, attribute."""
    found = []
    for node in ast.walk(module):
        if called(node) in ("create", "update", "swap", "update_or_create", "bulk_create", "Comment", "Revision"):
            found += [node.lineno for keyword in node.keywords if keyword.arg == "html"]
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            written = [value for key, value in pairs if getattr(key, "value", None) == "html"]
            # An option of the parser, and what a template is given to show, write no row.
            found += [
                one.lineno for one in written if not isinstance(one, ast.Constant) and called(one) != "SafeString"
            ]
        if isinstance(node, ast.Assign):
            targets = [part for target in node.targets for part in getattr(target, "elts", [target])]
            named = [target for target in targets if isinstance(target, ast.Attribute) and target.attr == "html"]
            found += [target.lineno for target in named if getattr(target.value, "id", "") != "self"]
    return found


def found_in(rule, allowed: set[str]) -> list[str]:
    modules = {name_of(path): path for path in app_modules()}
    others = [name for name in modules if name.startswith(COMMENTS) and name not in allowed]
    return [f"{name}:{line}" for name in others for line in rule(tree(modules[name]))]


def test_only_the_form_and_the_demo_render_a_readers_text() -> None:
    assert found_in(renders, MAKERS) == []


def test_only_the_ways_in_and_the_door_write_what_was_rendered() -> None:
    assert found_in(html_writes, WRITERS) == []


@pytest.mark.parametrize(
    "code", ["from comments.markup import render", "from comments import markup", "import comments.markup"]
)
def test_the_rule_sees_a_second_maker(code: str) -> None:
    assert renders(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "Comment.objects.create(body=text, html=text)",
        "Comment.objects.filter(pk=1).update(html=text)",
        "changes['x'] = {'html': text}",
        "comment.html = text",
        "row.body, row.html = pair",
    ],
)
def test_the_rule_sees_a_second_writer(code: str) -> None:
    assert html_writes(ast.parse(code))
