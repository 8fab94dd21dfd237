"""What a moderator sees of a comment that is checked: all that a reader sent, and nothing that was done with it."""

from dataclasses import dataclass
from datetime import datetime

from comments.links import find_links
from comments.models import Revision
from moderation.items import LONG_CHARS, LONG_LINES, MOST_HOSTS, History, gather
from moderation.models import Check


@dataclass(frozen=True, slots=True)
class Blind:
    """One comment without its status, its findings, its links, its number, and anything that the machine made of it.

    What stands here is copied field by field: a template cannot reach what it must not show.
    """

    check: int
    name: str
    website: str
    text: str
    sent_at: datetime
    post_title: str
    parent_name: str
    parent_excerpt: str
    is_reply: bool
    hosts: tuple[str, ...]
    history: History
    long: bool


def shown_blind(check: Check) -> Blind:
    """The text that the machine judged, with its post, its parent and its sender's other comments."""
    item = gather([check.comment_id])[0]
    comment = item.comment
    revision = Revision.objects.defer("html").get(comment=comment.pk, number=check.revision)
    parent = comment.parent
    body = revision.body
    return Blind(
        check=check.pk,
        name=comment.name,
        website=comment.website,
        text=body,
        sent_at=revision.created_at,
        post_title=comment.post.title,
        parent_name=parent.name if parent else "",
        parent_excerpt=item.parent_excerpt if parent else "",
        is_reply=parent is not None,
        hosts=tuple(dict.fromkeys(link.host for link in find_links(body)))[:MOST_HOSTS],
        history=item.history,
        long=len(body) > LONG_CHARS or body.count("\n") > LONG_LINES,
    )
