"""The one door that saves a post: admin form, list actions, restored revisions and imports all come through here.

A save compares what the author saw with what is stored, so that of two authors the second is told and nothing is
lost; it renders, keeps a revision, keeps the address that was left, and brings search up to date, in one transaction.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from blog import addresses, search
from blog.models import Post, Revision, Tag, User
from blog.page_times import changed_at

#: What an author's save writes. Never `published_comments`: decisions about comments move it at any moment.
WRITTEN = (
    "kind", "author_id", "title", "slug", "summary", "source", "html", "text", "status", "published_at", "month",
    "mode", "updated_at",
)  # fmt: skip
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?")


class EditConflict(Exception):
    """Somebody saved the post since the author opened it; carries who, when, and the version that is stored now."""

    def __init__(self, saved_by: str, saved_at: datetime, version: int):
        super().__init__(f"{saved_by} saved this post in the meantime.")
        self.saved_by = saved_by
        self.saved_at = saved_at
        self.version = version


def save_post(
    post: Post, *, by: User, seen: int | None, now: datetime | None = None, tags: Iterable[Tag] | None = None
) -> Post:
    """Save a new or changed post and return it with its new version.

    Args:
        post: carries what is to be stored; html, text, month, version and the times are set here.
        by: who saves; named in the revision.
        seen: the version that was on the author's screen; None for a new post.
        tags: the post's tags from now on; None leaves them.

    Raises:
        EditConflict: the stored version is not `seen`; nothing was written.
        addresses.UnusableAddress: the slug is reserved or taken; nothing was written.
        Post.DoesNotExist: the post was deleted.
    """
    now = now or timezone.now()
    with transaction.atomic():
        before = Post.objects.select_for_update().get(pk=post.pk) if post.pk else None
        if before and seen != before.version:
            raise conflict_with(before)
        settle(post, before, now)
        post.render()
        if before is None or _text_of(before) != _text_of(post):
            post.updated_at = now
        _write(post, before, now)
        if tags is not None:
            post.tags.set(tags)
        Revision.objects.create(
            post=post,
            number=post.version,
            title=post.title,
            slug=post.slug,
            summary=post.summary,
            source=post.source,
            saved_by=by,
            saved_by_name=str(by)[:60],
            saved_at=now,
        )
        addresses.remember(post, before, now)
        search.index_post(post)
    return post


def publish(post: Post, by: User, at: datetime | None = None, now: datetime | None = None) -> Post:
    """Make a post public at a time; None means the time that it had, if that is past, else now.

    A future time schedules it. Raises what `save_post` raises.
    """
    now = now or timezone.now()
    kept = post.published_at if post.published_at and post.published_at <= now else now
    post.status, post.published_at = Post.Status.PUBLISHED, at or kept
    return save_post(post, by=by, seen=post.version, now=now)


def unpublish(post: Post, by: User, now: datetime | None = None) -> Post:
    """Make a post a draft again; it keeps its time, and with it its address for the next publishing.

    Raises what `save_post` raises.
    """
    post.status = Post.Status.DRAFT
    return save_post(post, by=by, seen=post.version, now=now)


def restore(post: Post, revision: Revision, by: User, now: datetime | None = None) -> Post:
    """Save the text of an old revision anew: title, summary and text. Address, time and status stay.

    Raises:
        Revision.DoesNotExist: the revision is one of another post.
        And what `save_post` raises.
    """
    if revision.post_id != post.pk:
        raise Revision.DoesNotExist(f"{revision} is no revision of post {post.pk}")
    post.title, post.summary, post.source = revision.title, revision.summary, revision.source
    return save_post(post, by=by, seen=post.version, now=now)


def conflict_with(stored: Post) -> EditConflict:
    """The conflict that a save on top of `stored` meets."""
    last = Revision.objects.filter(post_id=stored.pk, number=stored.version).first()
    if last:
        return EditConflict(last.saved_by_name, last.saved_at, stored.version)
    return EditConflict("Somebody", stored.updated_at, stored.version)


def settle(post: Post, before: Post | None, now: datetime) -> None:
    """Bring a post's fields into the form in which they are stored: clean text, time, address. Saves nothing.

    Raises:
        addresses.UnusableAddress: the slug is reserved or taken.
    """
    for name in ("title", "slug", "summary", "source"):
        setattr(post, name, storable(getattr(post, name)))
    if post.status == Post.Status.PUBLISHED and post.published_at is None:
        was_published = before and before.status == Post.Status.PUBLISHED
        post.published_at = before.published_at if was_published else now
    addresses.settle(post, now)


def _write(post: Post, before: Post | None, now: datetime) -> None:
    try:
        with transaction.atomic():
            if before is None:
                post.version, post.page_changed_at = 1, now
                post.save(force_insert=True)
                return
            written = Post.objects.filter(pk=post.pk, version=before.version).update(
                version=F("version") + 1,
                page_changed_at=changed_at(now),
                **{name: getattr(post, name) for name in WRITTEN},
            )
    except IntegrityError as error:
        # The look before the write and the write are two moments; between them the address may go.
        if "address" in str(error) or "slug" in str(error):
            raise addresses.taken(post) from error
        raise
    if not written:
        raise conflict_with(Post.objects.get(pk=post.pk))
    post.refresh_from_db(fields=["version", "page_changed_at", "published_comments"])


def _text_of(post: Post) -> tuple[str, str, str]:
    return post.title, post.summary, post.source


def storable(text: str) -> str:
    """PostgreSQL refuses NUL, and no driver encodes a lone surrogate; browsers send CRLF."""
    return _LINE_ENDS.sub("\n", _SURROGATES.sub("\ufffd", text.replace("\x00", "")))
