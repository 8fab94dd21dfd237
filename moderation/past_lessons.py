"""Lessons of what people decided before there was a filter: the same words, followed once more.

They are learned as an archive is: a comment that was published only beside one of spam, at most 300 of each. Most
of what a site still has of its past is ham, because the retention of spam destroyed the rest, and a filter that learned
that would take everything for ham.
"""

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from comments.models import Comment
from moderation import lessons
from moderation.models import Check, Decision, Lesson

CHUNK = 500
#: The name under which they can be forgotten (`learn_archive --forget`).
ARCHIVE = "past decisions"


def collect() -> int:
    """Follow the decisions and blind answers about every comment that has no lesson yet. Returns how many comments.

    The latest decisions first, a transaction for each comment, so it can be stopped and run again, also while people
    decide. Texts that are gone teach nothing.
    """
    looked, before = 0, None
    none_yet = ~Exists(Lesson.objects.filter(comment=OuterRef("comment")))
    said = Decision.objects.filter(none_yet).exclude(comment__status=Comment.Status.ERASED)
    latest = said.order_by().values("comment").annotate(latest=Max("pk"))
    while True:
        older = latest if before is None else latest.filter(latest__lt=before)
        rows = list(older.order_by("-latest").values_list("comment", "latest")[:CHUNK])
        if not rows:
            return looked
        for comment_id, _ in rows:
            _follow(comment_id)
        looked, before = looked + len(rows), rows[-1][1]


def _follow(comment_id: int) -> None:
    with transaction.atomic():
        comment = Comment.objects.select_for_update(of=("self",)).only("status").get(pk=comment_id)
        if comment.status == Comment.Status.ERASED or Lesson.objects.filter(comment=comment).exists():
            return  # erased, or decided about anew, meanwhile
        answers = Check.objects.filter(comment=comment).exclude(answer="")
        events = [(decision.created_at, lessons.follow, decision) for decision in _decisions(comment)]
        events += [(check.settled_at, lessons.answered, check) for check in answers]
        for moment, follow, event in sorted(events, key=lambda event: event[0]):
            follow(event, moment, archive=ARCHIVE)


def _decisions(comment: Comment) -> list[Decision]:
    return list(Decision.objects.filter(comment=comment).order_by("pk"))
