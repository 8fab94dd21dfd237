"""What the rows of a thread show, as texts: comments/rows.py places them, comments/structured.py tells machines."""

import re
from datetime import datetime, tzinfo
from html import escape

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from blog.models import Post
from blog.moments import minute, minute_of
from comments.threads import Page, Row, Shown

TALL_CHARS, TALL_LINES = 2500, 30
PLACE = 4_000_000_000_000_000_000  # an id that stands for any in an address that is reversed once


def lines(post: Post, page: Page) -> list[dict]:
    """One dictionary for each row of the page, in its order. Texts are escaped for HTML, except `said` and `by`."""
    permalink, zone = reverse("comments:permalink", args=[PLACE]), timezone.get_current_timezone()
    return [
        _line(post, page, row, row.comment, permalink, zone)
        if row.comment
        else {"indent": row.indent, "tombstone": True}
        for row in page.rows
    ]


#: Most names have nothing to escape.
_SPECIAL = re.compile("[&<>\"']").search


def at(address: str, comment_id: int | str) -> str:
    """The address that was reversed for PLACE, for this comment."""
    return address.replace(str(PLACE), str(comment_id))


def _line(post: Post, page: Page, row: Row, comment: Shown, permalink: str, zone: tzinfo) -> dict:
    answered, name, body, stored = row.parent, comment.name, comment.body, comment.created_at
    begins, ends, words = minute_of(stored[:16], zone)
    parent = ""
    if answered:
        parent = f"#c-{comment.parent_id}" if row.parent_here else at(permalink, comment.parent_id)
    return {
        "indent": row.indent,
        "id": comment.pk,
        "own": reverse("comments:status", args=[row.own]) if row.own else "",
        "target": comment.pk == page.target,
        "badge": _badge(post, comment) if comment.user_id else "",
        "name": escape(name) if _SPECIAL(name) else name,
        "website": comment.website and escape(comment.website),
        "stamp": f"{begins}{stored[17:19]}{ends}",
        "when": words,
        "edited": comment.edited_at is not None,
        "parent": answered and escape(answered),
        "parent_address": parent,
        # Long enough to be shown in a box that scrolls, which the keyboard must then reach.
        "tall": len(body) > TALL_CHARS or body.count("\n") > TALL_LINES,
        # Cleaned when it was stored, by comments.markup.render and nothing else.
        "html": SafeString(comment.html),
        "said": body,
        "by": name,
    }


def _badge(post: Post, comment: Shown) -> str:
    """Shown for the account that wrote it, never for a name that somebody typed."""
    return "Author" if comment.user_id == post.author_id else "Staff"


def when(moment: datetime) -> str:
    """A moment in words, in the site's time zone: "3 May 2026, 14:05"."""
    return minute(timezone.localtime(moment))
