"""What the rows of a thread show, as texts: comments/rows.py places them, comments/structured.py tells machines."""

import re
from datetime import datetime, tzinfo
from functools import partial
from html import escape
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from blog.moments import minute, minute_of
from comments.threads import Page, Row, Shown, indent_of

TALL_CHARS, TALL_LINES = 2500, 30
PLACE = 4_000_000_000_000_000_000  # an id that stands for any in an address that is reversed once


class Line(NamedTuple):
    """What one row shows. Texts are escaped for HTML, but for `said` and `by`. A tombstone has an indent and no more.

    `turns` decides the way through the template; there is none where few pages show such a line.
    """

    indent: str
    id: str = ""
    name: str = ""
    website: str = ""
    stamp: str = ""
    when: str = ""
    parent: str = ""
    parent_address: str = ""
    html: str = ""  # cleaned when it was stored, by comments.markup.render and nothing else
    badge: str = ""
    edited: bool = False
    tall: bool = False  # shown in a box that scrolls, which the keyboard must then reach
    target: bool = False
    own: str = ""
    said: str = ""
    by: str = ""
    turns: tuple[object, ...] | None = None

    @property
    def tombstone(self) -> bool:
        return self.turns == TOMBSTONE


TOMBSTONE = ("tombstone",)
_made = partial(tuple.__new__, Line)  # a thousand of a page: what checks the names takes as long as the rest


def lines(post: Post, page: Page) -> list[Line]:
    """One for each row of the page, in its order."""
    permalink, zone = reverse("comments:permalink", args=[PLACE]), timezone.get_current_timezone()
    return [
        _line(post, page.target, row, row.comment, permalink, zone)
        if row.comment
        else Line(str(indent_of(row.path)), turns=TOMBSTONE)
        for row in page.rows
    ]


#: Most names have nothing to escape.
_SPECIAL = re.compile("[&<>\"']").search


def at(address: str, comment_id: int | str) -> str:
    """The address that was reversed for PLACE, for this comment."""
    return address.replace(str(PLACE), str(comment_id))


def _line(post: Post, target: int | None, row: Row, comment: Shown, permalink: str, zone: tzinfo) -> Line:
    pk, parent_id, path, name, website, body, html, user_id, stored, edited_at = comment
    _, _, answered, parent_here, own = row
    begins, ends, words = minute_of(stored[:16], zone)
    badge = _badge(post, user_id) if user_id else ""
    edited, is_target = edited_at is not None, pk == target
    tall = len(body) > TALL_CHARS or body.count("\n") > TALL_LINES
    parent = ""
    if answered:
        parent = f"#c-{parent_id}" if parent_here else at(permalink, parent_id)
    return _made(
        (
            str(indent_of(path)),
            str(pk),
            escape(name) if _SPECIAL(name) else name,
            website and escape(website),
            f"{begins}{stored[17:19]}{ends}",
            words,
            escape(answered) if _SPECIAL(answered) else answered,
            parent,
            html,
            badge,
            edited,
            tall,
            is_target,
            reverse("comments:status", args=[own]) if own else "",
            body,
            name,
            None if own or is_target else (badge, not website, edited, not answered, tall),
        )
    )


def _badge(post: Post, user_id: int) -> str:
    """Shown for the account that wrote it, never for a name that somebody typed."""
    return "Author" if user_id == post.author_id else "Staff"


def when(moment: datetime) -> str:
    """A moment in words, in the site's time zone: "3 May 2026, 14:05"."""
    return minute(timezone.localtime(moment))
