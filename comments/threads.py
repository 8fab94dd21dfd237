"""A page of a thread: flat rows in display order, found by key, never by offset, in a constant number of queries."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q

from blog.models import Post
from comments.models import Comment, Sender
from comments.models.comment import MAX_PATH
from comments.paths import ALPHABET, STEP, ancestors, depth_of

OLDEST, NEWEST = "oldest", "newest"
ORDERS = (OLDEST, NEWEST)
INDENTS = 6  # deeper levels are drawn no deeper
LEAD_IN = 10  # rows shown above the comment that a permalink asks for
MIRROR = str.maketrans(ALPHABET, ALPHABET[::-1])
COLUMNS = (
    "id",
    "post_id",
    "parent_id",
    "path",
    "thread",
    "depth",
    "status",
    "name",
    "website",
    "body",
    "html",
    "user_id",
    "sender_id",
    "capability",
    "created_at",
    "edited_at",
)


class NoSuchPage(Exception):
    """The cursor or the comment asked for is none of this thread."""


@dataclass(slots=True)
class Row:
    """One line of the thread: a comment, or the place of one that is not shown."""

    path: str
    comment: Comment | None = None
    parent: str = ""  # the name that it answers, where that is public
    parent_here: bool = False
    own: bool = False

    @property
    def indent(self) -> int:
        return min(depth_of(self.path), INDENTS)


@dataclass(slots=True)
class Page:
    """The rows and where the neighbouring pages begin; a cursor is None where there is no such page."""

    order: str
    rows: list[Row] = field(default_factory=list)
    before: str | None = None
    after: str | None = None
    target: int | None = None


def read_page(
    post: Post,
    *,
    order: str = OLDEST,
    after: str = "",
    before: str = "",
    around: int | None = None,
    sender: Sender | None = None,
) -> Page:
    """Return one page of the published comments of a post, and among them the sender's own pending ones.

    `after` and `before` are paths, `around` a comment's id. At most COMMENTS_PAGE_SIZE comments. Raises NoSuchPage.
    """
    if order not in ORDERS or not _is_path(after) or not _is_path(before):
        raise NoSuchPage
    public = Comment.objects.filter(post=post, status=Comment.Status.PUBLISHED).only(*COLUMNS)
    size = settings.COMMENTS_PAGE_SIZE
    last, first = "", ""  # the places of the last comment on the page before this one and of the first on the next
    if around is not None:
        target = public.filter(pk=around).first()
        if target is None:
            raise NoSuchPage
        room = min(LEAD_IN, size - 1)
        lead = list(_sorted(public.filter(_beyond(order, target.path, back=True)), order, back=True)[: room + 1])
        last = lead[room].path if len(lead) > room else ""
        lead = lead[:room][::-1]
        found = [*lead, target, *_sorted(public.filter(_beyond(order, target.path)), order)[: size - len(lead)]]
        first = found[size].path if len(found) > size else ""
        found = found[:size]
    elif before:
        found = list(_sorted(public.filter(_beyond(order, before, back=True)), order, back=True)[: size + 1])
        last, first = found[size].path if len(found) > size else "", before
        found = found[:size][::-1]
    else:
        wanted = public.filter(_beyond(order, after)) if after else public
        found = list(_sorted(wanted, order)[: size + 1])
        last, first = after, found[size].path if len(found) > size else ""
        found = found[:size]
    page = Page(order, target=around)
    if found:
        page.before = found[0].path if last else None
        page.after = found[-1].path if first else None
    elif after or before:
        raise NoSuchPage
    own = _own_pending(post, sender, order, page.before, first) if sender else []
    page.rows = _rows(post, _merged(found, own, order), last)
    return page


def _is_path(cursor: str) -> bool:
    return len(cursor) <= MAX_PATH and len(cursor) % STEP == 0 and all(letter in ALPHABET for letter in cursor)


def _sorted(comments, order: str, *, back: bool = False):
    if order == OLDEST:
        return comments.order_by("-path" if back else "path")
    return comments.order_by(*(("thread", "-path") if back else ("-thread", "path")))


def _beyond(order: str, path: str, *, back: bool = False) -> Q:
    """What follows the place `path` in this order, or with `back` what stands before it."""
    if order == OLDEST:
        return Q(path__lt=path) if back else Q(path__gt=path)
    thread = path[:STEP]
    # The first condition says nothing new, but it is the range that the index can be entered by.
    if back:
        return Q(thread__gte=thread) & (Q(thread__gt=thread) | Q(path__lt=path))
    return Q(thread__lte=thread) & (Q(thread__lt=thread) | Q(path__gt=path))


def _own_pending(post: Post, sender: Sender, order: str, start: str | None, end: str) -> list[Comment]:
    """The sender's own waiting comments that fall on this page; nobody else is ever shown them.

    A page reaches from its first public comment to the next page's first, so that an answer to its last one is here.
    """
    waiting = Comment.objects.filter(post=post, sender=sender, status=Comment.Status.PENDING).only(*COLUMNS)
    if start:
        waiting = waiting.filter(_beyond(order, start))
    if end:
        waiting = waiting.filter(_beyond(order, end, back=True))
    return list(waiting.order_by("path")[:20])


def _merged(found: list[Comment], own: list[Comment], order: str) -> list[Comment]:
    if not own:
        return found
    if order == OLDEST:
        return sorted([*found, *own], key=lambda comment: comment.path)
    return sorted([*found, *own], key=lambda comment: (comment.thread.translate(MIRROR), comment.path))


def _rows(post: Post, comments: list[Comment], last: str) -> list[Row]:
    """Rows with the names they answer, and a tombstone where a public reply stands below what is not public.

    What stands above `last`, the place of the comment before these, had its tombstone on an earlier page.
    """
    here = {comment.path: comment for comment in comments}
    above = _public_above(post, comments, here)
    names = {comment.pk: comment.name for comment in [*comments, *above.values()]}
    ids_here = {comment.pk for comment in comments}
    rows, buried = [], set(ancestors(last))
    for comment in comments:
        own = comment.status != Comment.Status.PUBLISHED
        for path in ancestors(comment.path):
            if path not in here and path not in above and path not in buried:
                buried.add(path)
                rows.append(Row(path))
        rows.append(
            Row(
                comment.path,
                comment,
                parent=names.get(comment.parent_id, ""),
                parent_here=comment.parent_id in ids_here,
                own=own,
            )
        )
    return rows


def _public_above(post: Post, comments: list[Comment], here: dict[str, Comment]) -> dict[str, Comment]:
    """The published ancestors that stand on an earlier page: one query, whatever the depth."""
    missing = {path for comment in comments for path in ancestors(comment.path)} - here.keys()
    if not missing:
        return {}
    found = Comment.objects.filter(post=post, path__in=missing, status=Comment.Status.PUBLISHED)
    return {comment.path: comment for comment in found.only("id", "path", "name")}
