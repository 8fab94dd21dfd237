"""Floods of comments and orders about them, for the tests of batches."""

from datetime import UTC, datetime, timedelta

from django.utils.html import format_html

from blog.models import Post, User
from blog.page_times import touch_pages
from comments.models import Comment, Revision
from comments.paths import new_step
from moderation import batches, matching
from moderation.actors import person
from moderation.models import Batch, Decision

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def flood(under: Post, number: int, status: str = "pending", **changes: object) -> list[Comment]:
    """So many comments, written at once."""
    public = {"published_at": NOW} if status == "published" else {}
    rows = []
    for at in range(number):
        path = new_step(NOW + timedelta(microseconds=at))
        given = {"name": f"Flood {at}", "body": f"Words of flood {at}.", **changes}
        html = format_html("<p>{}</p>", given["body"])
        rows.append(
            Comment(post=under, path=path, thread=path, status=status, created_at=NOW, html=html, **public, **given)
        )
    rows = Comment.objects.bulk_create(rows)
    Revision.objects.bulk_create(Revision(comment=row, number=1, body=row.body, html=row.html) for row in rows)
    if public:
        touch_pages([under.pk], NOW, comments=number)
    return rows


def everything(user: User, action: str = "reject", **changes: object) -> Batch:
    """Order an act about everything in a tab, "pending" unless `chosen` says otherwise."""
    chosen = matching.whole(changes.pop("chosen", {}))
    given = {"reason": "spam"} if action == "reject" else {}
    return batches.start(action, actor=person(user), chosen=chosen, **{"now": NOW, **given, **changes})


def done(batch: Batch, size: int = 100) -> Batch:
    """Carry a batch out to its end."""
    while (after := batches.run_chunk(batch.pk, NOW, size)) and after.is_running:
        pass
    batch.refresh_from_db()
    return batch


def decided(batch: Batch) -> list[int]:
    """The comments that a batch decided about, in the order in which it did."""
    return list(Decision.objects.filter(batch=batch.pk).order_by("pk").values_list("comment_id", flat=True))


def refusals(batch: Batch) -> dict[int, str]:
    """By comment, why it was left as it is."""
    return dict(batch.items.exclude(why="").values_list("comment_id", "why"))
