"""Lessons of what people decided before there was a filter: the same words, followed once more in their order."""

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from comments.models import Comment
from moderation import lessons
from moderation.models import Check, Decision, Lesson

CHUNK = 500


def collect() -> int:
    """Follow the decisions and blind answers about every comment that has no lesson yet. Returns how many comments.

    In the order of each comment's latest decision, a transaction for each, so it can be stopped and run again, also
    while people decide. Texts that are gone teach nothing.
    """
    looked, after = 0, 0
    none_yet = ~Exists(Lesson.objects.filter(comment=OuterRef("comment")))
    said = Decision.objects.filter(none_yet).exclude(comment__status=Comment.Status.ERASED)
    latest = said.order_by().values("comment").annotate(latest=Max("pk"))
    while rows := list(latest.filter(latest__gt=after).order_by("latest").values_list("comment", "latest")[:CHUNK]):
        for comment_id, _ in rows:
            _follow(comment_id)
        looked, after = looked + len(rows), rows[-1][1]
    return looked


def _follow(comment_id: int) -> None:
    with transaction.atomic():
        comment = Comment.objects.select_for_update(of=("self",)).only("status").get(pk=comment_id)
        if comment.status == Comment.Status.ERASED or Lesson.objects.filter(comment=comment).exists():
            return  # erased, or decided about anew, meanwhile
        answers = Check.objects.filter(comment=comment).exclude(answer="")
        events = [(decision.created_at, lessons.follow, decision) for decision in _decisions(comment)]
        events += [(check.settled_at, lessons.answered, check) for check in answers]
        for moment, follow, event in sorted(events, key=lambda event: event[0]):
            follow(event, moment)


def _decisions(comment: Comment) -> list[Decision]:
    return list(Decision.objects.filter(comment=comment).order_by("pk"))
