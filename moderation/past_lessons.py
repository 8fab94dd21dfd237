"""Lessons of what people decided before there was a filter: the same words, followed once more.

They are learned as an archive is: a comment that was published only beside one of spam, at most 300 of each. Most
of what a site still has of its past is ham, because the retention of spam destroyed the rest, and a filter that learned
that would take everything for ham.
"""

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from comments.models import Comment
from moderation import lessons
from moderation.folding import MOST_ARCHIVED
from moderation.models import Check, Decision, Lesson

CHUNK = 500
#: The name under which they can be forgotten (`learn_archive --forget`).
ARCHIVE = "past decisions"


def collect() -> int:
    """Follow the decisions and blind answers about every comment that has no lesson yet. Returns how many comments.

    The latest decisions first, a transaction for each comment, so it can be stopped and run again, also while people
    decide. Texts that are gone teach nothing.
    """
    said = Decision.objects.exclude(comment__status=Comment.Status.ERASED)
    latest = said.order_by().values("comment").annotate(latest=Max("pk")).order_by("-latest")
    looked = 0
    numbers = list(latest.values_list("comment", flat=True))
    for at in range(0, len(numbers), CHUNK):
        comments = numbers[at : at + CHUNK]
        full = _labels_that_are_full()
        if len(full) == 2:
            break
        wanted = Comment.objects.filter(pk__in=comments)
        if full:
            # One label is full: only what may have the other one is looked at.
            published = {"status": Comment.Status.PUBLISHED}
            wanted = wanted.filter(**published) if True in full else wanted.exclude(**published)
        there = set(wanted.filter(~Exists(_lessons_of(OuterRef("pk")))).values_list("pk", flat=True))
        for comment_id in comments:
            if comment_id in there:
                _follow(comment_id)
                looked += 1
    return looked


def _lessons_of(comment: object) -> QuerySet:
    """The lessons that a comment has; those of a past that was forgotten are none."""
    return Lesson.objects.filter(comment=comment).exclude(archive=ARCHIVE, forgotten=True)


def _labels_that_are_full() -> set[bool]:
    """Of which label there are as many as are ever learned: True for spam, False for ham."""
    live = Lesson.objects.filter(archive=ARCHIVE, live=True)
    return {spam for spam in (True, False) if live.filter(spam=spam)[:MOST_ARCHIVED].count() >= MOST_ARCHIVED}


def _follow(comment_id: int) -> None:
    with transaction.atomic():
        comment = Comment.objects.select_for_update(of=("self",)).only("status").get(pk=comment_id)
        if comment.status == Comment.Status.ERASED or _lessons_of(comment).exists():
            return  # erased, or decided about anew, meanwhile
        answers = Check.objects.filter(comment=comment).exclude(answer="")
        events = [(decision.created_at, lessons.follow, [decision]) for decision in _decisions(comment)]
        events += [(check.settled_at, lessons.answered, check) for check in answers]
        for moment, follow, event in sorted(events, key=lambda event: event[0]):
            follow(event, moment, archive=ARCHIVE)


def _decisions(comment: Comment) -> list[Decision]:
    return list(Decision.objects.filter(comment=comment).order_by("pk"))
