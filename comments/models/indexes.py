"""What comments are found by. The statuses stand as they are stored."""

from django.db.models import F, Index, Q

INDEXES = [
    Index(fields=["post", "path"], condition=Q(status="published"), name="comments_oldest_first"),
    Index(
        "post",
        F("thread").desc(),
        "path",
        condition=Q(status="published"),
        name="comments_newest_first",
    ),
    Index(
        F("published_at").desc(),
        F("id").desc(),
        condition=Q(status="published"),
        name="comments_feed",
    ),
    Index(
        "post",
        F("published_at").desc(),
        F("id").desc(),
        condition=Q(status="published"),
        name="comments_post_feed",
    ),
    Index(fields=["status", "id"], name="comments_by_status"),
    Index(fields=["id"], condition=Q(proposed_revision__isnull=False), name="comments_waiting_edit"),
    Index(fields=["id"], condition=Q(open_reports__gt=0), name="comments_waiting_reported"),
    Index(fields=["sender", "id"], name="comments_of_sender"),
    Index(fields=["sender", "status", "id"], name="comments_of_sender_by_status"),
    # Approved or refused by a person, told by how much there is of it.
    *(
        Index(
            fields=["sender", "id"],
            condition=Q(status=status, reviewed_at__isnull=False),
            name=f"comments_sender_{status}",
        )
        for status in ("published", "rejected", "spam")
    ),
    Index(fields=["parent"], condition=Q(status="published"), name="comments_public_replies"),
    # What waits, in three parts without a row in common, most urgent first.
    Index(F("urgency").desc(), F("id").desc(), condition=Q(status="pending"), name="comments_urgent_pending"),
    # The same of one post: a queue that is all about another one is not walked to its end.
    Index(
        "post",
        F("urgency").desc(),
        F("id").desc(),
        condition=Q(status="pending"),
        name="comments_post_pending",
    ),
    Index(
        F("urgency").desc(),
        F("id").desc(),
        condition=Q(proposed_revision__isnull=False),
        name="comments_urgent_edit",
    ),
    Index(F("urgency").desc(), F("id").desc(), condition=Q(open_reports__gt=0), name="comments_urgent_reported"),
]
