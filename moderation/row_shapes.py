"""The list of the queue in HTML: `_row.html` rendered once for each way through it, and filled for each row.

Rendered row by row it took half of what the page took. A test compares what is filled with what is rendered.
"""

from collections.abc import Iterable
from html import escape
from types import SimpleNamespace

from django.utils.safestring import SafeString, mark_safe

from blog.shapes import Shape, Shapes, mark
from comments.models import Comment
from moderation.rows import Row

MARKS = ("pk", "version", "typed", "name", "age", "text", "why", "title", "card", "size", "held_by", "focusing")
_SHAPES = Shapes("moderation/_row.html", {name: mark(name) for name in MARKS})
#: What decides the way through the template: the status, the tab, and seven times whether there is something to show.
Turns = tuple[str, str, bool, bool, bool, bool, bool, bool, bool]


def html_of(rows: Iterable[Row], *, tab: str, focusing: str, current: str = "") -> SafeString:
    """The rows as the template makes them.

    Args:
        tab: of the queue; a row that has another status says so.
        focusing: the beginning of the address that puts a row in focus.
        current: the number of the row that is in focus.
    """
    shapes, begins = _SHAPES.known(), escape(focusing)
    # Everything that is filled in was escaped, or made of what was, just below.
    return mark_safe("".join([_filled(row, shapes, tab, begins, current) for row in rows]))  # noqa: S308


def _filled(row: Row, shapes: dict[Turns, Shape], tab: str, focusing: str, current: str) -> str:
    comment = row.comment
    turns = (
        comment.status,
        tab,
        bool(comment.proposed_revision),
        bool(comment.name),
        bool(comment.user_id),
        row.pk == current,
        bool(row.why),
        bool(row.card),
        bool(row.held_by),
    )
    shape = shapes.get(turns) or _make(turns)
    return shape.filled(
        {
            "pk": row.pk,
            "version": row.version,
            "typed": escape(comment.name),
            "name": row.name,
            "age": row.age,
            "text": row.text,
            "why": " · ".join(map(escape, row.why)),
            "title": escape(comment.post.title),
            "card": escape(row.card.address) if row.card else "",
            "size": row.card.size if row.card else "",
            "held_by": escape(row.held_by),
            "focusing": focusing,
        }
    )


def _make(turns: Turns) -> Shape:
    status, tab, proposed, named, staff, current, waits, alike, held = turns
    comment = SimpleNamespace(
        status=status,
        get_status_display=Comment.Status(status).label,
        proposed_revision=proposed,
        name=mark("typed") if named else "",
        user_id=staff,
        post=SimpleNamespace(title=mark("title")),
    )
    row = SimpleNamespace(
        comment=comment,
        pk=mark("pk"),
        version=mark("version"),
        name=mark("name"),
        age=mark("age"),
        text=mark("text"),
        why=(mark("why"),) if waits else (),
        card=SimpleNamespace(address=mark("card"), size=mark("size")) if alike else None,
        held_by=mark("held_by") if held else "",
    )
    context = {"row": row, "tab": tab, "focusing": mark("focusing"), "current": mark("pk") if current else ""}
    return _SHAPES.make(turns, context)
