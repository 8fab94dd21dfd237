"""Comments with a recorded probability of spam, and what people said about them, as rows."""

from datetime import datetime, timedelta
from math import log

from django.utils import timezone

from blog.models import Post
from comments.models import Comment
from moderation.classifier.explain import ORDINARY
from moderation.models import Lesson, Review
from tests import cast
from tests.moderation.desk import reviewed


def score_of(p: float) -> float:
    """The suspicion that stands for a probability."""
    return round(log(p / (1 - p)) - ORDINARY, 4)


def screened(
    post: Post, p: float, spam: bool | None = None, *, days: float = 1, text: dict | None = None, **changes: object
) -> Review:
    """A comment that was screened some days ago, and judged half an hour later where `spam` says how.

    Args:
        p: the probability that the filter gave it.
        text: fields of the comment.
        changes: columns of the review, and `signals` as `reviewed` takes them.
    """
    at: datetime = timezone.now() - timedelta(days=days)
    status = Comment.Status.SPAM if spam else Comment.Status.PENDING if spam is None else Comment.Status.PUBLISHED
    comment = cast.comment(post, status, created_at=at, **(text or {}))
    given = {"policy": "policy-3", "mode": "open", "outcome": "hold", "score": score_of(p), "created_at": at, **changes}
    review = reviewed(comment, *given.pop("signals", [("learned_wording", score_of(p), "worded so", [])]), **given)
    if spam is not None:
        judged(comment, spam, at + timedelta(minutes=30))
    return review


def judged(comment: Comment, spam: bool, at: datetime | None = None, **changes: object) -> Lesson:
    """What a person said about a comment's text, already learned unless `changes` say otherwise."""
    given = {"source": "decision", "revision": comment.revision, "applied": True, **changes}
    return Lesson.objects.create(comment=comment, spam=spam, created_at=at or timezone.now(), **given)
