"""The rows of a thread as HTML: what templates/comments/_comment.html makes of each line, filled in, not rendered."""

from collections.abc import Callable, Hashable

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from blog.shapes import Shape, Shapes, mark
from comments.lines import PLACE, Line, at

TEMPLATE = "comments/_comment.html"
ALWAYS = {name: mark(name) for name in ("indent", "name", "stamp", "when", "html")}
WHERE_THERE_IS_ONE = {name: mark(name) for name in ("website", "parent", "parent_address")}
WRITE = mark("write")  # the same for all rows of a page, so it is filled in once
SHAPES = Shapes(TEMPLATE, {**ALWAYS, **WHERE_THERE_IS_ONE, "id": str(PLACE)})
ESCAPED = ("name", "website", "parent", "html")


def rows(lines: list[Line], *, is_open: bool, write: str, report: str = "") -> SafeString:
    """The lines as HTML, one below the other.

    Args:
        is_open: whether the post takes comments.
        write: the address of the form on a page of its own.
        report: the address to report the comment PLACE, or nothing where none is linked.
    """
    thread = {"open": is_open, "write": write, "report": report}
    found: list[str] = []
    weavers: dict[tuple, Callable] = {}
    known = SHAPES.known()
    for line in lines:
        if line.turns is None:
            found.append(render_to_string(TEMPLATE, in_template(line, thread)))
        else:
            weave = weavers.get(line.turns)
            if weave is None:
                weave = weavers[line.turns] = _shape(line, thread, known).weaver(Line._fields)
            found.extend(weave(line))
        found.append("\n")
    return SafeString("".join(found))


def _shape(line: Line, thread: dict, known: dict[Hashable, Shape]) -> Shape:
    turns = (*line.turns, thread["open"], thread["report"])
    shape = known.get(turns) or SHAPES.make(turns, _marked(line, thread))
    return shape._replace(around=tuple(part.replace(WRITE, thread["write"]) for part in shape.around))


def _marked(line: Line, thread: dict) -> dict:
    """This line with marks for the texts that it has."""
    if line.tombstone:
        return in_template(line._replace(indent=ALWAYS["indent"]), thread)
    there = {name: standing_in for name, standing_in in WHERE_THERE_IS_ONE.items() if getattr(line, name)}
    return in_template(line._replace(**ALWAYS, **there, id=str(PLACE)), {**thread, "write": WRITE})


def in_template(line: Line, thread: dict) -> dict:
    """What the template is rendered with for a line; `thread` has the arguments of `rows`, `is_open` as "open"."""
    if line.tombstone:
        return {"line": line}
    more = {
        "address": line.own or at(reverse("comments:permalink", args=[PLACE]), line.id),
        "report": "" if line.own else at(thread["report"], line.id),
        **{name: SafeString(getattr(line, name)) for name in ESCAPED},
    }
    return {"line": {**line._asdict(), **more}, "thread": thread}
