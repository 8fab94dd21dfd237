"""What is known about a comment when it is screened: its sender's past, texts like it, rules, what is held against it.

All of it in a constant number of queries, which are written once: a flood asks them a thousand times a minute.
"""

import logging
from typing import NamedTuple

from django.db import DatabaseError
from django.db.models import Count, Exists, OuterRef, Q

from blog.counting import is_there
from blog.prepared import Prepared
from blog.stored import Stored
from comments.models import Comment, Revision, Sender
from moderation import automation, fingerprint, sanctions
from moderation.filters.duplicates import ALIKE, SAME
from moderation.filters.evidence import Alike, Evidence, RuleFact, SenderFacts
from moderation.filters.reading import TextReading
from moderation.models import Decision, Fingerprint, Rule

log = logging.getLogger(__name__)
CANDIDATES = 200
BAND_COLUMNS = [f"band{number}" for number in range(fingerprint.BANDS)]
RULE_COLUMNS = ("pk", "kind", "text", "effect")
STATUS = Comment.Status
# Looking is no approval: who refuses an edit leaves the comment public, and earns its sender nothing.
APPROVED = Q(
    Exists(
        Decision.objects.filter(
            comment=OuterRef("pk"),
            actor_kind=Decision.ActorKind.PERSON,
            action__in=[Decision.Action.APPROVE, Decision.Action.ACCEPT_EDIT],
            reversed_by__isnull=True,
        )
    ),
    status=STATUS.PUBLISHED,
    reviewed_at__isnull=False,
)


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
        alike=_alike(comment, printed),
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
    return bool(_APPROVED_OF.rows(sender=sender.pk)) and not _REFUSED_OF.rows(sender=sender.pk)


_NO_HISTORY = SenderFacts(False, 0, 0, 0, 0)


def _history(comment: Comment) -> SenderFacts:
    rows = _HISTORY.rows(sender=comment.sender_id, comment=comment.pk) if comment.sender_id else []
    if not rows:
        return _NO_HISTORY
    counts = dict(zip(("published", "refused", "spam", "pending"), rows[0][1:], strict=True))
    return SenderFacts(known=any(counts.values()), **counts)


def _counted(sender: int, comment: int):
    judged = Q(reviewed_at__isnull=False)
    return (
        Comment.objects.filter(sender_id=sender)
        .exclude(pk=comment)
        .order_by()
        .values("sender")
        .annotate(
            published=Count("pk", filter=APPROVED),
            refused=Count("pk", filter=judged & Q(status=STATUS.REJECTED)),
            spam=Count("pk", filter=judged & Q(status=STATUS.SPAM)),
            waiting=Count("pk", filter=Q(status=STATUS.PENDING)),
        )
        .values_list("sender", "published", "refused", "spam", "waiting")
    )


def _alike(comment: Comment, printed: fingerprint.Print) -> tuple[Alike, ...]:
    """Earlier comments anywhere on the site with nearly this text; remembers this one's fingerprint on the way."""
    digest, signature = printed.digest, printed.signature
    bands = dict(zip(BAND_COLUMNS, printed.minhash.bands, strict=True)) if printed.minhash else {}
    near = []
    for pk, other_digest, other_signature, status, sender, post, reviewed_at in _candidates(comment, digest, bands):
        likeness = SAME if other_digest == digest else fingerprint.likeness(signature, other_signature)
        if likeness >= ALIKE:
            near.append(
                Alike(
                    comment_id=pk,
                    status=status,
                    same_sender=comment.sender_id is not None and sender == comment.sender_id,
                    same_post=post == comment.post_id,
                    likeness=round(likeness, 2),
                    judged_by_person=reviewed_at is not None,
                )
            )
    columns = {"digest": digest, "signature": signature, **dict.fromkeys(BAND_COLUMNS), **bands}
    _FINGERPRINTS.one(Fingerprint(comment=comment, **columns))
    return tuple(near)


def _candidates(comment: Comment, digest: str, bands: dict[str, int]) -> list[tuple]:
    return (_SHARING if bands else _EQUAL).rows(digest=digest, comment=comment.pk, **bands)


def _sharing(digest: str, comment: int, **bands: int):
    same = Q(digest=digest)
    for name, band in bands.items():
        same |= Q(**{name: band})
    columns = ("digest", "signature", "comment__status", "comment__sender", "comment__post", "comment__reviewed_at")
    found = Fingerprint.objects.filter(same).exclude(pk=comment).order_by("-pk")
    return found.values_list("pk", *columns)[:CANDIDATES]


_FINGERPRINTS = Stored(Fingerprint, replaces=("digest", "signature", *BAND_COLUMNS))
_RULES = Prepared(Rule, lambda: Rule.objects.on().order_by("pk").values_list(*RULE_COLUMNS))
_HISTORY = Prepared(Comment, _counted, sender=919_191, comment=929_292)
_APPROVED_OF = Prepared(
    Comment,
    lambda sender: Comment.objects.filter(APPROVED, sender=sender).order_by().values_list("pk")[:1],
    sender=919_191,
)
_REFUSED_OF = Prepared(
    Comment,
    lambda sender: Comment.objects.filter(
        sender=sender, reviewed_at__isnull=False, status__in=[STATUS.SPAM, STATUS.REJECTED]
    ).values_list("pk")[:1],
    sender=919_191,
)
_TEXT = Prepared(
    Revision,
    lambda comment, number: Revision.objects.filter(comment=comment, number=number).values_list("body"),
    comment=919_191, number=929_292,
)  # fmt: skip
# A range of one, in an order that begins with it. By "equal", PostgreSQL reads all comments from the first on where
# few senders wrote most of them, and of a new one there is nothing to be found.
_BESIDE = (
    Comment.objects.filter(sender__gte=OuterRef("sender"), sender__lte=OuterRef("sender"))
    .exclude(pk=OuterRef("pk"))
    .order_by("sender_id")
)
_COMMENT = Prepared(
    Comment,
    lambda number: (
        Comment.objects.filter(pk=number)
        .select_related("post", "sender", "user")
        .defer("html", "post__source", "post__html", "user__password", "user__about")
        .annotate(
            sent_more=is_there(_BESIDE),
            some_held=is_there(sanctions.holding()),
            some_rules=is_there(Rule.objects.on().order_by()),
            some_stepped_back=is_there(automation.stepped_back()),
        )
    ),
    number=919_191,
)
_EQUAL = Prepared(Fingerprint, _sharing, digest="an-example", comment=919_191)
_SHARING = Prepared(
    Fingerprint, _sharing, digest="an-example", comment=919_191,
    **{name: 939_393 + number for number, name in enumerate(BAND_COLUMNS)},
)  # fmt: skip
