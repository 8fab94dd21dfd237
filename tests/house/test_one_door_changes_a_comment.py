"""A comment's status is written in one place only, the decision; everything else asks that door."""

import ast

import pytest

from tests.house.sources import app_modules, called, name_of, tree

# The mutator itself, and the one door that calls it.
DOOR = {"comments/models/comment.py", "moderation/decisions.py"}
# A post's status is its author's business and stands in blog, which cannot see comments.
POSTS = ("blog/", "config/")


def status_writes(module: ast.Module) -> list[int]:
    """Return the lines that set a status: by assignment, setattr, an update of any kind or the mutator."""
    return [node.lineno for node in ast.walk(module) if _assigns(node) or _calls(node)]


def mutator_calls(module: ast.Module) -> list[int]:
    """Return the lines that call `CommentManager.swap`."""
    calls = [node for node in ast.walk(module) if called(node) == "swap"]
    return [node.lineno for node in calls if isinstance(node.func, ast.Attribute)]


def _assigns(node: ast.AST) -> bool:
    if not isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        return False
    written = node.targets if isinstance(node, ast.Assign) else [node.target]
    targets = [part for target in written for part in getattr(target, "elts", [target])]
    return any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets)


def _calls(node: ast.AST) -> bool:
    match called(node):
        case "update" | "aupdate" | "swap" | "update_or_create":
            return any(keyword.arg == "status" for keyword in node.keywords)
        case "setattr" | "__setattr__" | "bulk_update" | "Changing":
            return any(getattr(part, "value", None) == "status" for part in ast.walk(node))
    return False


def test_only_the_door_writes_a_comments_status() -> None:
    named = {name_of(path): path for path in app_modules()}
    others = {name: path for name, path in named.items() if name not in DOOR and not name.startswith(POSTS)}
    assert [f"{name}:{line}" for name, path in others.items() for line in status_writes(tree(path))] == []


def test_only_the_door_calls_the_mutator() -> None:
    modules = [path for path in app_modules() if name_of(path) not in DOOR]
    assert [f"{name_of(path)}:{line}" for path in modules for line in mutator_calls(tree(path))] == []


@pytest.mark.parametrize(
    "code",
    [
        "comment.status = 'published'",
        "comment.status, comment.reason = new",
        "Comment.objects.filter(pk=1).update(status='published')",
        "setattr(comment, 'status', new)",
        "Comment.objects.bulk_update(rows, ['status'])",
        "Changing(Comment, lambda pk: (Comment.objects.filter(pk=pk), {'status': 'published'}))",
    ],
)
def test_the_rule_sees_a_second_door(code: str) -> None:
    assert status_writes(ast.parse(code))


def test_the_rule_sees_a_call_of_the_mutator() -> None:
    assert mutator_calls(ast.parse("Comment.objects.swap(comment, 3, reason='')"))
    assert not status_writes(ast.parse("if comment.status == 'pending': shown.append(comment.status)"))
