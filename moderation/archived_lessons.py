"""Learning from what was judged or published before there were decisions here. No text of an archive is kept.

`folding.py` says how much of it is learned: an archived ham only beside a spam, and at most 300 of each label.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from comments.models import Comment
from moderation import installed_filter
from moderation.classifier.features import VERSION
from moderation.classifier.labelled import Row, evidence_of
from moderation.folding import MOST_ARCHIVED
from moderation.models import Decision, Lesson

PUBLISHED = "published"  # the archive that the site's own comments make
ARCHIVE = Lesson.Source.ARCHIVE


def add(archive: str, rows: Sequence[Row], now: datetime) -> int:
    """Make lessons of the newest comments of an archive, at most 300 of each label. Returns how many were new.

    The rows are in the order of time. One that is there already adds nothing; only what another version of the filter
    saw of it is seen anew.
    """
    wanted = {_digest(row): row for row in _newest(rows)}
    there = Lesson.objects.filter(row_digest__in=wanted)
    same = {digest for digest, version in there.values_list("row_digest", "features_version") if version == VERSION}
    unseen = {digest: row for digest, row in wanted.items() if digest not in same}
    packed = {digest: installed_filter.extract(evidence_of(row)).pack() for digest, row in unseen.items()}
    new = 0
    with transaction.atomic():
        for digest, features in packed.items():
            seen = {"features": features, "features_version": VERSION, "archive": archive}
            # Not applied: should the learner have come past it already, it comes back for it.
            again = there.filter(row_digest=digest).update(**seen, live=True, forgotten=False, applied=False)
            if not again:
                fixed = {"source": ARCHIVE, "spam": wanted[digest].spam, "created_at": now}
                Lesson.objects.create(row_digest=digest, **fixed, **seen)
            new += 1
    return new


def add_published(now: datetime) -> int:
    """Make lessons of the newest published comments about which nobody decided, as an import leaves them.

    What staff write is not among them: it is published because of who wrote it. Returns how many were new.
    """
    nobodys = ~Exists(Decision.objects.filter(comment=OuterRef("pk")))
    found = Comment.objects.filter(nobodys, status=Comment.Status.PUBLISHED).exclude(user__is_staff=True)
    latest = list(found.order_by("-created_at", "-pk").values_list("pk", flat=True)[:MOST_ARCHIVED])
    return sum(_add_comment(comment_id, now) for comment_id in reversed(latest))


def forget(archive: str) -> int:
    """Take all lessons of an archive out again; the learner then folds as if it had never been read."""
    gone = {"live": False, "forgotten": True, "features": None, "features_version": None, "turned_by": None}
    return Lesson.objects.filter(archive=archive, source=ARCHIVE, forgotten=False).update(**gone)


def names() -> list[str]:
    """The archives that lessons were made of and that are not forgotten."""
    there = Lesson.objects.filter(source=ARCHIVE, forgotten=False).order_by("archive")
    return list(there.values_list("archive", flat=True).distinct())


def _add_comment(comment_id: int, now: datetime) -> bool:
    """Lessons about a comment are written while it is locked, and not where a person has decided meanwhile."""
    with transaction.atomic():
        comment = Comment.objects.select_for_update(of=("self",)).only("status", "revision").get(pk=comment_id)
        if comment.status != Comment.Status.PUBLISHED or Decision.objects.filter(comment=comment).exists():
            return False
        digest = hashlib.sha256(f"comment {comment.pk} revision {comment.revision}".encode()).hexdigest()
        known = Lesson.objects.filter(row_digest=digest)
        if known.exists():
            return bool(known.filter(forgotten=True).update(live=True, forgotten=False, applied=False))
        fixed = {"source": ARCHIVE, "archive": PUBLISHED, "row_digest": digest, "spam": False, "created_at": now}
        Lesson.objects.create(comment=comment, revision=comment.revision, **fixed)
        return True


def _newest(rows: Sequence[Row]) -> list[Row]:
    """Of each label the newest that are ever learned, oldest first."""
    places = {spam: [at for at, row in enumerate(rows) if row.spam == spam] for spam in (True, False)}
    return [rows[at] for at in sorted(at for of_label in places.values() for at in of_label[-MOST_ARCHIVED:])]


def _digest(row: Row) -> str:
    """What a row is known by when the archive is read again."""
    said = [row.created, row.author, row.website, row.title, row.body, row.spam]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
