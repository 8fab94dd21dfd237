"""What is known about a comment when it is screened: its sender's past, texts like it, rules, what is held against it.

All of it in a constant number of queries, which are written once: a flood asks them a thousand times a minute.
"""

import logging
from typing import NamedTuple

from django.db import DatabaseError
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.lookups import Exact

from blog.counting import CountOf, is_there
from blog.prepared import Prepared
from comments.models import Comment, Revision, Sender
from moderation import automation, fingerprint, sanctions, seen_before
from moderation.filters.evidence import MANY, Evidence, RuleFact, SenderFacts
from moderation.filters.reading import TextReading
from moderation.models import Decision, Rule

log = logging.getLogger(__name__)
RULE_COLUMNS = ("pk", "kind", "text", "effect")
STATUS = Comment.Status
# Looking is no approval: who refuses an edit leaves the comment public, and earns its sender nothing.
_APPROVALS = Decision.objects.filter(
    comment=OuterRef("pk"),
    actor_kind=Decision.ActorKind.PERSON,
    action__in=[Decision.Action.APPROVE, Decision.Action.ACCEPT_EDIT],
    reversed_by__isnull=True,
)
APPROVED = Q(Exact(is_there(_APPROVALS.order_by()), 1), status=STATUS.PUBLISHED, reviewed_at__isnull=False)


class WorthAsking(NamedTuple):
    """What is often not there: a flood comes from new senders, and few sites hold something against somebody.

    Attributes:
        past: the sender has sent something else, or people looked at this comment before.
        held: somebody is held whatever they write.
        rules: a rule is on.
        stepped_back: a side of automation has stepped back.
    """

    past: bool = True
    held: bool = True
    rules: bool = True
    stepped_back: bool = True


EVERYTHING = WorthAsking()


def comment_to_screen(number: int) -> tuple[Comment, WorthAsking]:
    """The comment with its post and its sender, and what is worth asking about it. Raises Comment.DoesNotExist.

    Where that cannot be told, all of it is: whoever then asks meets the trouble where it is recorded.
    """
    try:
        comment = _COMMENT.object(number=number)
    except DatabaseError:
        log.exception("What is worth asking about comment %s is not known.", number)
        return Comment.objects.select_related("post", "sender", "user").get(pk=number), EVERYTHING
    if comment is None:
        raise Comment.DoesNotExist(f"There is no comment {number}.")
    past = bool(comment.sent_more) or comment.reviewed_at is not None
    return comment, WorthAsking(past, *map(bool, (comment.some_held, comment.some_rules, comment.some_stepped_back)))


def text_to_judge(comment: Comment) -> TextReading:
    """The newest text of a comment. Raises Revision.DoesNotExist."""
    if comment.proposed_revision is None:
        return TextReading("body", comment.body)
    for (body,) in _TEXT.rows(comment=comment.pk, number=comment.proposed_revision):
        return TextReading("body", body)
    raise Revision.DoesNotExist(f"Comment {comment.pk} has no such text.")


def gather(
    comment: Comment,
    body: str,
    printed: fingerprint.Print,
    worth: WorthAsking = EVERYTHING,
) -> Evidence:
    """Everything that the filters may know."""
    return as_sent(
        comment,
        body,
        # An edit comes from the status page, where no clock runs: the time of the first form stands.
        seconds_on_form=comment.seconds_on_form,
        sender=_history(comment) if worth.past else _NO_HISTORY,
        alike=seen_before.alike(comment, printed),
        rules=rules_on() if worth.rules else (),
        hold_always=worth.held and sanctions.always_holds(comment),
    )


def as_sent(comment: Comment, body: str, **known: object) -> Evidence:
    """The evidence of a comment by itself, with what else is `known`."""
    return Evidence(
        name=comment.name,
        email=comment.email,
        website=comment.website,
        body=body,
        post_title=comment.post.title,
        honeypot=comment.honeypot,
        is_reply=comment.parent_id is not None,
        staff=bool(comment.user and comment.user.is_staff and comment.user.is_active),
        **known,
    )


def rules_on() -> tuple[RuleFact, ...]:
    """The rules in force, in the order of their numbers."""
    return tuple(RuleFact(*row) for row in _RULES.rows())


def is_trusted(sender: Sender | None) -> bool:
    """A sender is trusted while a comment of theirs is public that a person approved, and none that a person refused.

    The sender is who holds the browser's signed token; a typed name or address earns nothing.
    """
    if sender is None:
        return False
    ((approved, rejected, spam),) = _THERE_IS.rows(sender=sender.pk)
    return bool(approved) and not rejected and not spam


_NO_HISTORY = SenderFacts(False, 0, 0, 0, 0)


def _history(comment: Comment) -> SenderFacts:
    rows = _HISTORY.rows(sender=comment.sender_id, comment=comment.pk) if comment.sender_id else []
    if not rows:
        return _NO_HISTORY
    counts = dict(zip(("published", "refused", "spam", "pending"), rows[0], strict=True))
    return SenderFacts(known=any(counts.values()), **counts)


#: What people decided about a sender's comments. Each is read from an index of its own, no further than it is counted.
_JUDGED = (
    APPROVED,
    Q(status=STATUS.REJECTED, reviewed_at__isnull=False),
    Q(status=STATUS.SPAM, reviewed_at__isnull=False),
)


def _counted(sender: int, comment: int) -> QuerySet:
    judged = [Comment.objects.of_sender(sender).filter(kind) for kind in _JUDGED]
    waiting = Comment.objects.filter(sender=sender, status__gte=STATUS.PENDING, status__lte=STATUS.PENDING)
    kinds = [*judged, waiting.order_by("status")]
    counts = [CountOf(kind.exclude(pk=comment).values("pk")[:MANY]) for kind in kinds]
    return Sender.objects.filter(pk=sender).values_list(*counts)


_RULES = Prepared(Rule, lambda: Rule.objects.on().order_by("pk").values_list(*RULE_COLUMNS))
_HISTORY = Prepared(Sender, _counted, sender=919_191, comment=929_292)
_THERE_IS = Prepared(
    Sender,
    lambda sender: Sender.objects.filter(pk=sender).values_list(
        *(is_there(Comment.objects.of_sender(sender).filter(kind)) for kind in _JUDGED)
    ),
    sender=919_191,
)
_TEXT = Prepared(
    Revision,
    lambda comment, number: Revision.objects.filter(comment=comment, number=number).values_list("body"),
    comment=919_191, number=929_292,
)  # fmt: skip
_COMMENT = Prepared(
    Comment,
    lambda number: (
        Comment.objects.filter(pk=number)
        .select_related("post", "sender", "user")
        .defer("html", "post__source", "post__html", "user__password", "user__about")
        .annotate(
            sent_more=is_there(Comment.objects.of_sender(OuterRef("sender")).exclude(pk=OuterRef("pk"))),
            some_held=is_there(sanctions.holding()),
            some_rules=is_there(Rule.objects.on().order_by()),
            some_stepped_back=is_there(automation.stepped_back()),
        )
    ),
    number=919_191,
)
