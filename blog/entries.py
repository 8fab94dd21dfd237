"""Lists of posts: what templates/blog/_entry.html makes of each, filled in, not rendered (blog/shapes.py)."""

from collections.abc import Iterable
from html import escape

from django.utils import timezone
from django.utils.safestring import SafeString

from blog.models import Post, Tag
from blog.moments import day, stamp
from blog.shapes import Shapes, mark

TEXTS = ("address", "stamp", "day", "comments", "title", "lead", "author", "author_address", "tags")
MARKS = {name: mark(name) for name in TEXTS}
SHAPES = Shapes("blog/_entry.html", MARKS)
TAG = Shapes("blog/_tag.html", {name: mark(name) for name in ("address", "name")})


def entries_of(posts: Iterable[Post], *, lead_story: bool, hide_author: bool) -> SafeString:
    """The posts as HTML, one below the other.

    Args:
        lead_story: whether the first is shown large.
        hide_author: for the page of an author, whose posts they all are.
    """
    shapes, found = SHAPES.known(), []
    for post in posts:
        turns = lead_story and not found, hide_author, bool(post.published_comments), bool(post.shown_tags)
        shape = shapes.get(turns) or SHAPES.make(turns, _marked(*turns))
        found.append(shape.filled(_texts(post)))
    return SafeString("\n".join(found))


def _texts(post: Post) -> dict[str, str]:
    published = timezone.localtime(post.published_at)
    return {
        "address": escape(post.get_absolute_url()),
        "stamp": stamp(published),
        "day": day(published),
        "comments": post.comments_in_words,
        "title": escape(post.title),
        "lead": escape(post.lead),
        "author": escape(str(post.author)),
        "author_address": escape(post.author.get_absolute_url()),
        "tags": "".join(map(_tag, post.shown_tags)),
    }


def _tag(tag: Tag) -> str:
    shape = TAG.known().get(()) or TAG.make((), {"address": mark("address"), "name": mark("name")})
    return shape.filled({"address": escape(tag.get_absolute_url()), "name": escape(tag.name)})


def _marked(lead_story: bool, hide_author: bool, has_comments: bool, has_tags: bool) -> dict[str, object]:
    entry = MARKS | ({} if has_comments else {"comments": ""}) | ({} if has_tags else {"tags": ""})
    return {"entry": entry, "lead_story": lead_story, "hide_author": hide_author}
