"""What one row of a thread shows, as plain texts: the template then only places them.

A page has a hundred rows. Reversing addresses and formatting dates in the template took two thirds of its time, and
looking names up in dictionaries is the fastest thing that a template can do.
"""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from blog.models import Post
from comments.models import Comment
from comments.threads import Page, Row

MONTHS = ("January February March April May June July August September October November December").split()  # noqa: SIM905
TALL_CHARS, TALL_LINES = 2500, 30
PLACE = 4_000_000_000_000_000_000  # an id that stands for any in an address that is reversed once


def lines(post: Post, page: Page, report: str = "") -> list[dict]:
    """One dictionary for each row of the page, in its order. `report` is the address to report the comment PLACE."""
    permalink = reverse("comments:permalink", args=[PLACE])
    return [_line(post, page, row, permalink, report) for row in page.rows]


def permalink_of(pattern: str, comment_id: int) -> str:
    return pattern.replace(str(PLACE), str(comment_id))


def _line(post: Post, page: Page, row: Row, permalink: str, report: str) -> dict:
    comment = row.comment
    if comment is None:
        return {"indent": str(row.indent), "tombstone": True}
    own = comment.status_address if row.own else ""
    parent = ""
    if row.parent:
        parent = f"#c-{comment.parent_id}" if row.parent_here else permalink_of(permalink, comment.parent_id)
    return {
        "indent": str(row.indent),
        "id": str(comment.pk),
        "own": own,
        "target": comment.pk == page.target,
        "badge": _badge(post, comment),
        "name": comment.name,
        "website": comment.website,
        "address": own or permalink_of(permalink, comment.pk),
        "report": "" if own else permalink_of(report, comment.pk),
        "stamp": timezone.localtime(comment.created_at).isoformat(timespec="seconds"),
        "when": when(comment.created_at),
        "edited": comment.edited_at is not None,
        "parent": row.parent,
        "parent_address": parent,
        # Long enough to be shown in a box that scrolls, which the keyboard must then reach.
        "tall": len(comment.body) > TALL_CHARS or comment.body.count("\n") > TALL_LINES,
        # Cleaned when it was stored, by comments.markup.render and nothing else.
        "html": SafeString(comment.html),
    }


def _badge(post: Post, comment: Comment) -> str:
    """Shown for the account that wrote it, never for a name that somebody typed."""
    if comment.user_id is None:
        return ""
    return "Author" if comment.user_id == post.author_id else "Staff"


def when(moment: datetime) -> str:
    """A moment in words, in the site's time zone: "3 May 2026, 14:05"."""
    local = timezone.localtime(moment)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H:%M}"
