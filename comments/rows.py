"""The rows of a thread as HTML: what templates/comments/_comment.html makes of each line, filled in, not rendered."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from blog.shapes import Shape, Shapes, mark
from comments.lines import PLACE, at

TEMPLATE = "comments/_comment.html"
ALWAYS = {name: mark(name) for name in ("indent", "name", "stamp", "when", "html")}
WHERE_THERE_IS_ONE = {name: mark(name) for name in ("website", "parent", "parent_address")}
WRITE = mark("write")  # the same for all rows of a page, so it is filled in once
SHAPES = Shapes(TEMPLATE, {**ALWAYS, **WHERE_THERE_IS_ONE, "id": str(PLACE)})
ESCAPED = ("name", "website", "parent")


def rows(lines: list[dict], *, is_open: bool, write: str, report: str = "") -> SafeString:
    """The lines as HTML, one below the other.

    Args:
        is_open: whether the post takes comments.
        write: the address of the form on a page of its own.
        report: the address to report the comment PLACE, or nothing where none is linked.
    """
    thread = {"open": is_open, "write": write, "report": report}
    found, shapes = [], {}
    for line in lines:
        # What few pages show, and otherwise each time, needs no shape.
        if "tombstone" in line or line["own"] or line["target"]:
            found.append(render_to_string(TEMPLATE, in_template(line, thread)))
            continue
        turns = line["badge"], not line["website"], line["edited"], not line["parent"], line["tall"]
        shape = shapes.get(turns)
        if shape is None:
            shape = shapes[turns] = _shape(turns, line, thread)
        pattern, texts = shape
        found.append(pattern % texts(line))
    found.append("")
    return SafeString("\n".join(found))


def _shape(turns: tuple, line: dict, thread: dict) -> Shape:
    turns = (*turns, thread["open"], thread["report"])
    shape = SHAPES.known().get(turns) or SHAPES.make(turns, _marked(line, thread))
    return shape._replace(pattern=shape.pattern.replace(WRITE, thread["write"]))


def _marked(line: dict, thread: dict) -> dict:
    """This line with marks for the texts that it has."""
    there = {name: standing_in for name, standing_in in WHERE_THERE_IS_ONE.items() if line[name]}
    return in_template({**line, **ALWAYS, **there, "id": PLACE}, {**thread, "write": WRITE})


def in_template(line: dict, thread: dict) -> dict:
    """What the template is rendered with for a line; `thread` has the arguments of `rows`, `is_open` as "open"."""
    if "tombstone" in line:
        return {"line": line}
    more = {
        "id": str(line["id"]),
        "address": line["own"] or at(reverse("comments:permalink", args=[PLACE]), line["id"]),
        "report": "" if line["own"] else at(thread["report"], line["id"]),
        **{name: SafeString(line[name]) for name in ESCAPED},
    }
    return {"line": {**line, **more}, "thread": thread}
