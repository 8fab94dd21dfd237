"""Where a waiting comment stands in the queue: gathers what urgency needs and notes the number beside the comment.

The number decides the order and nothing else. Whatever is never ranked keeps the urgency of its age, which it is born
with, and stands in the queue all the same.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from blog.prepared import Prepared
from comments.models import Comment, Revision
from comments.models.comment import by_age
from moderation import urgency
from moderation.models import Decision, Review

log = logging.getLogger(__name__)
STATUS = Comment.Status


def refresh(
    comment_id: int,
    now: datetime,
    *,
    open_reports: int | None = None,
    weight: float | None = None,
    reasons: Iterable[str] = (),
    since: datetime | None = None,
    review: Review | None = None,
) -> None:
    """Rank one comment anew.

    Args:
        open_reports: how many readers' reports are open, with their `weight` together (1.0 is one report by a reader
            of unknown record) and their reason codes; None leaves the number as it is.
        since: when it began to wait. Without it: when a decision or an edit made it wait, or it was written; for a
            comment that only reports make wait, `now`.
        review: the latest screening, where the caller has it.

    Raises Comment.DoesNotExist.
    """
    comment = _COMMENT.object(number=comment_id)
    if comment is None:
        raise Comment.DoesNotExist(f"There is no comment {comment_id}.")
    reports = comment.open_reports if open_reports is None else open_reports
    if reports == comment.open_reports and not waits(comment):
        return
    review = review or _latest_reviews([comment_id]).get(comment_id)
    facts = facts_about(comment, review, now, reports=reports, weight=weight, reasons=reasons)
    began = since or _began_to_wait(comment, now)
    Comment.objects.rank(comment_id, urgency.weight(facts) + by_age(began), reports)


_COMMENT = Prepared(
    Comment,
    lambda number: (
        Comment.objects.select_related("post")
        .only(
            *("status", "version", "proposed_revision", "open_reports", "created_at", "published_at"),
            *("post__status", "post__published_at", "post__published_comments"),
        )
        .filter(pk=number)
    ),
    number=919_191,
)


def try_to_refresh(comment_id: int, now: datetime, review: Review) -> None:
    """`refresh` for the screening, which has more important things to finish: a failure is logged, the old rank stays.

    `review` is what it has just written.
    """
    try:
        with transaction.atomic():
            refresh(comment_id, now, review=review)
    except Exception:
        log.exception("Ranking comment %s failed; it keeps its place by age.", comment_id)


def try_new(comment: Comment, review: Review, now: datetime) -> float | None:
    """How urgent a comment is about which nobody has decided anything yet.

    None for any other, and where it could not be worked out, which is logged: then it keeps its place by age.
    """
    if comment.status != STATUS.PENDING or comment.version > 1 or comment.proposed_revision:
        return None
    try:
        return urgency.weight(facts_about(comment, review, now)) + by_age(comment.created_at)
    except Exception:
        log.exception("Ranking comment %s failed; it keeps its place by age.", comment.pk)
        return None


def follow(decisions: Iterable[Decision], now: datetime) -> None:
    """Rank the comments that decisions made wait again: their time counts from here."""
    waiting = [one for one in decisions if one.to_status == STATUS.PENDING != one.from_status]
    if not waiting:
        return
    reviews = _latest_reviews([decision.comment_id for decision in waiting])
    urgencies = {}
    for decision in waiting:
        # `facts_about` asks whether strangers see the comment: what waits they do not, whatever it was before.
        facts = facts_about(decision.comment, reviews.get(decision.comment_id), now, is_published=False)
        urgencies[decision.comment_id] = urgency.weight(facts) + by_age(now)
    Comment.objects.rank_each(urgencies)


def waits(comment: Comment) -> bool:
    """Whether a person should look: what `CommentQuerySet.pending` asks, for a comment that is in hand."""
    return comment.status == STATUS.PENDING or comment.proposed_revision is not None or comment.open_reports > 0


def facts_about(
    comment: Comment,
    review: Review | None,
    now: datetime,
    *,
    reports: int | None = None,
    weight: float | None = None,
    reasons: Iterable[str] = (),
    is_published: bool | None = None,
) -> urgency.Facts:
    """What urgency needs to know about a comment that is in hand with its post.

    `is_published` is whether the comment is, where the one in hand is as it was before.
    """
    public = comment.post.is_public(now)
    return urgency.facts_of(
        score=review.score if review and not review.error else None,
        public=public and (comment.is_published if is_published is None else is_published),
        post_published_at=comment.post.published_at if public else None,
        thread=comment.post.published_comments,
        reports=comment.open_reports if reports is None else reports,
        weight=weight,
        reasons=reasons,
        now=now,
    )


def _latest_reviews(comment_ids: list[int]) -> dict[int, Review]:
    """By comment its latest screening."""
    return {review.comment_id: review for review in _REVIEWS.objects(comment_ids)}


_REVIEWS = Prepared(
    Review,
    lambda ids: Review.objects.filter(comment__in=ids).only("comment", "score", "error").order_by("pk"),
)


def _began_to_wait(comment: Comment, now: datetime) -> datetime:
    if comment.status == STATUS.PENDING and comment.version == 1:
        return comment.created_at  # nobody has decided anything yet
    if comment.status == STATUS.PENDING:
        last = Decision.objects.filter(comment=comment.pk).order_by("-pk").first()
        held = last and last.to_status == STATUS.PENDING and last.from_status != STATUS.PENDING
        return last.created_at if held else comment.created_at
    if comment.proposed_revision:
        edit = Revision.objects.filter(comment=comment.pk, number=comment.proposed_revision)
        return edit.values_list("created_at", flat=True).first() or now
    return now
