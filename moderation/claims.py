"""Claims: opening a comment tells the other moderators so for two minutes. They are told, never stopped."""

import logging
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q

from blog.changing import Changing
from blog.models import User
from blog.prepared import Prepared
from blog.stored import Stored
from moderation.models import Claim

log = logging.getLogger(__name__)
LASTS = timedelta(minutes=2)


def open_for(user: User, comment_id: int, now: datetime) -> None:
    """Claim a comment, or renew the claim, unless somebody else has it open. The comment must exist.

    Two statements that each decide by themselves, so that of two who open at once one holds the claim: the row is made
    by whoever comes first, and moves only if it is one's own or has run out. Reading goes on where nothing can be
    written.
    """
    try:
        with transaction.atomic():
            until = now + LASTS
            _CLAIMS.one(Claim(comment_id=comment_id, user=user, until=until))
            _MOVING.change(comment=comment_id, user=user.pk, until=until, now=now)
    except DatabaseError:
        log.exception("Comment %s could not be claimed.", comment_id)


_CLAIMS = Stored(Claim, ignores=True)
_MOVING = Changing(
    Claim,
    lambda comment, user, until, now: (
        Claim.objects.filter(Q(user=user) | Q(until__lte=now), comment=comment),
        {"user": user, "until": until},
    ),
    comment=919_191,
    user=818_181,
    until=datetime(1999, 9, 9, 9, 9, 9, 999_999, tzinfo=UTC),
    now=datetime(1998, 9, 9, 9, 9, 9, 999_999, tzinfo=UTC),
)


def of_others(user: User, comment_ids: Iterable[int], now: datetime) -> dict[int, str]:
    """Which of these comments somebody else has open now, with their names."""
    ids = list(comment_ids)
    found = _OF_OTHERS.objects(ids, now=now, user=user.pk) if ids else ()
    return {claim.comment_id: str(claim.user) for claim in found}


_OF_OTHERS = Prepared(
    Claim,
    lambda ids, now, user: (
        Claim.objects.filter(comment__in=ids, until__gt=now).exclude(user=user).select_related("user")
    ),
    now=datetime(1999, 9, 9, 9, 9, 9, 999_999, tzinfo=UTC),
    user=818_181,
)


def release(comment_ids: Collection[int]) -> None:
    """Whoever had the comments open is done with them: called by decisions, in their transaction."""
    if comment_ids:
        Claim.objects.filter(comment__in=comment_ids).delete()
