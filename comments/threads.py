"""A page of a thread: flat rows in display order, found by key, never by offset, in a constant number of queries."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from blog.models import Post
from blog.prepared import Prepared
from comments.models import Comment, Sender
from comments.models.comment import LARGEST_ID, MAX_PATH
from comments.paths import ALPHABET, STEP, ancestors

OLDEST, NEWEST = "oldest", "newest"
ORDERS = (OLDEST, NEWEST)
INDENTS = 6  # deeper levels are drawn no deeper
OWN_LOOKED_AT, OWN_SHOWN = 200, 20  # of the visitor's own that wait, the latest; on one page
LEAD_IN = 10  # rows shown above the comment that a permalink asks for
SOME_ID, SOMEWHERE = 919_191, "somewhere-00somewhere-01"  # examples: see Prepared
MIRROR = str.maketrans(ALPHABET, ALPHABET[::-1])


class NoSuchPage(Exception):
    """The cursor or the comment asked for is none of this thread."""


class Shown(NamedTuple):
    """What a page shows of a comment. Making a model of each row took longer than asking for them all."""

    pk: int
    parent_id: int | None
    path: str
    name: str
    website: str
    body: str
    html: str
    user_id: int | None
    created_at: str  # in UTC, as databases write it: "2026-05-03 12:05:09.123456", and "+00" or nothing
    edited_at: datetime | str | None


#: The time as a text: what drivers make of it takes longer than all that is shown of it.
COLUMNS = ("id", *Shown._fields[1:-2], Cast("created_at", TextField()), "edited_at")
_shown = partial(tuple.__new__, Shown)


class Row(NamedTuple):
    """One line of the thread: a comment, or the place of one that is not shown."""

    path: str
    comment: Shown | None = None
    parent: str = ""  # the name that it answers, where that is public
    parent_here: bool = False
    own: str = ""  # what opens its status page, where it waits and is the visitor's own


def indent_of(path: str) -> int:
    """How far in a place is shown: what is deeper than INDENTS stands below what it answers."""
    depth = len(path) // STEP - 1
    return depth if depth < INDENTS else INDENTS


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
    size = settings.COMMENTS_PAGE_SIZE
    last, first = "", ""  # the places of the last comment on the page before this one and of the first on the next
    if around is not None:
        at_it = _made(_one().rows(post=post.pk, comment=around)) if 0 < around <= LARGEST_ID else []
        if not at_it:
            raise NoSuchPage
        target, room = at_it[0], min(LEAD_IN, size - 1)
        lead = _beside(post, order, target.path, room + 1, back=True)
        last = lead[room].path if len(lead) > room else ""
        lead = lead[:room][::-1]
        found = [*lead, target, *_beside(post, order, target.path, size - len(lead))]
        first = found[size].path if len(found) > size else ""
        found = found[:size]
    elif before:
        found = _beside(post, order, before, size + 1, back=True)
        last, first = found[size].path if len(found) > size else "", before
        found = found[:size][::-1]
    else:
        found = _beside(post, order, after, size + 1)
        last, first = after, found[size].path if len(found) > size else ""
        found = found[:size]
    page = Page(order, target=around)
    if found:
        page.before = found[0].path if last else None
        page.after = found[-1].path if first else None
    elif after or before:
        raise NoSuchPage
    own = _own_pending(post, sender, order, page.before, first) if sender else {}
    page.rows = _rows(post, _merged(found, list(own), order), last, own)
    return page


def _is_path(cursor: str) -> bool:
    return len(cursor) <= MAX_PATH and len(cursor) % STEP == 0 and all(letter in ALPHABET for letter in cursor)


def _beside(post: Post, order: str, path: str, most: int, *, back: bool = False) -> list[Shown]:
    """The public comments that follow a place, "" being before all, or with `back` those before it, nearest first."""
    cursor = {"path": path} if path else {}
    if path and order == NEWEST:
        cursor["thread"] = path[:STEP]
    return _made(_query(order, back, most, bool(path)).rows(post=post.pk, **cursor))


@lru_cache(maxsize=32)
def _query(order: str, back: bool, most: int, cut: bool) -> Prepared:
    """The query of `_beside`, written once for each of its forms."""

    def make(post: int, path: str = "", thread: str = "") -> QuerySet:
        found = _public(post).filter(_beyond(order, path, back=back)) if path else _public(post)
        if order == OLDEST:
            return found.order_by("-path" if back else "path")[:most]
        return found.order_by(*(("thread", "-path") if back else ("-thread", "path")))[:most]

    examples = {"path": SOMEWHERE} if cut else {}
    if cut and order == NEWEST:
        examples["thread"] = SOMEWHERE[:STEP]
    return Prepared(Comment, make, post=SOME_ID, **examples)


@lru_cache(maxsize=1)
def _one() -> Prepared:
    return Prepared(Comment, lambda post, comment: _public(post).filter(pk=comment), post=SOME_ID, comment=SOME_ID + 1)


def _public(post: int) -> QuerySet:
    return Comment.objects.filter(post=post, status=Comment.Status.PUBLISHED).values_list(*COLUMNS)


def _made(rows: list[tuple]) -> list[Shown]:
    return list(map(_shown, rows))


def _beyond(order: str, path: str, *, back: bool = False) -> Q:
    """What follows the place `path` in this order, or with `back` what stands before it."""
    if order == OLDEST:
        return Q(path__lt=path) if back else Q(path__gt=path)
    thread = path[:STEP]
    # The first condition says nothing new, but it is the range that the index can be entered by.
    if back:
        return Q(thread__gte=thread) & (Q(thread__gt=thread) | Q(path__lt=path))
    return Q(thread__lte=thread) & (Q(thread__lt=thread) | Q(path__gt=path))


def _own_pending(post: Post, sender: Sender, order: str, start: str | None, end: str) -> dict[Shown, str]:
    """The sender's own waiting comments that fall on this page, each with the word that opens its status page.

    Nobody else is ever shown them. A page reaches from its first public comment to the next page's first, so that an
    answer to its last one is here.
    """
    pending, place = Comment.Status.PENDING, _place(order)
    # In the order of the index that holds them by status.
    waiting = Comment.objects.filter(sender=sender, status__gte=pending, status__lte=pending)
    latest = waiting.order_by("-status", "-pk").values_list("post", "capability", *COLUMNS)[:OWN_LOOKED_AT]
    mine = {Shown(*row): capability for of, capability, *row in latest if of == post.pk}
    here = [
        comment
        for comment in sorted(mine, key=lambda comment: place(comment.path))
        if (not start or place(comment.path) > place(start)) and (not end or place(comment.path) < place(end))
    ]
    return {comment: mine[comment] for comment in here[:OWN_SHOWN]}


def _place(order: str) -> Callable[[str], object]:
    """What paths are sorted by in this order."""
    return str if order == OLDEST else lambda path: (path[:STEP].translate(MIRROR), path)


def _merged(found: list[Shown], own: list[Shown], order: str) -> list[Shown]:
    if not own:
        return found
    place = _place(order)
    return sorted([*found, *own], key=lambda comment: place(comment.path))


def _rows(post: Post, comments: list[Shown], last: str, own: dict[Shown, str]) -> list[Row]:
    """Rows with the names they answer, and a tombstone where a public reply stands below what is not public.

    What stands above `last`, the place of the comment before these, had its tombstone on an earlier page.
    """
    here = {comment.path for comment in comments} | {""}
    names = {comment.pk: comment.name for comment in comments}
    ids_here = set(names)
    above = _public_above(post, comments, here)
    names |= {pk: name for pk, _, name in above}
    rows, known = [], here.union((path for _, path, _ in above), ancestors(last))
    for comment in comments:
        for path in _unknown(comment.path, known)[::-1] if comment.path[:-STEP] not in known else ():
            known.add(path)
            rows.append(Row(path))
        parent = comment.parent_id
        capability = own.get(comment, "") if own else ""
        rows.append(Row(comment.path, comment, names.get(parent, ""), parent in ids_here, capability))
    return rows


def _unknown(path: str, known: set[str]) -> list[str]:
    """The places above this one, up to the first that is known: what stands above that was met before it."""
    found = []
    while (path := path[:-STEP]) and path not in known:
        found.append(path)
    return found


def _public_above(post: Post, comments: list[Shown], here: set[str]) -> list[tuple[int, str, str]]:
    """Id, place and name of the published ancestors that stand on an earlier page: one query, whatever the depth."""
    known = set(here)
    for comment in comments:
        if comment.path[:-STEP] not in known:
            known.update(_unknown(comment.path, known))
    missing = known - here
    if not missing:
        return []
    found = Comment.objects.filter(post=post, path__in=missing, status=Comment.Status.PUBLISHED)
    return list(found.values_list("id", "path", "name"))
