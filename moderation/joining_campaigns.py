"""Putting a new comment to the card that it belongs to, in the screening, and taking it out again.

Nothing here lets a comment pass or breaks its screening: where something fails, the comment has no card.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from blog.changing import Changing
from blog.counting import CountOf, is_there
from blog.prepared import Prepared
from blog.retries import retried
from blog.stored import Stored
from comments.models import Comment
from moderation.campaign_candidates import FULL, facts_of, ordinary_marks, places, rows_of
from moderation.campaigning import WINDOW, Facts, Placement, Traces, packed, place, traces_of
from moderation.fingerprint import Print
from moderation.models import Campaign, CampaignKey, CampaignMember, CampaignTraces, Decision, Fingerprint

log = logging.getLogger(__name__)
#: Comments that a new one is weighed against: those that share the most with it.
CANDIDATES = 100
COUNTED = 1000  # members of a card are counted anew up to this
S = Comment.Status
MAY_JOIN = (S.PENDING, S.SPAM)


class NoCardWorkedOut(Exception):
    """Working out a card broke: nobody knows whether the comment is one of a campaign."""


def join(
    comment: Comment, body: str, now: datetime, *, trusted: bool = False, printed: Print | None = None
) -> Campaign | None:
    """Work out the card of a comment that was just screened, and remember what later ones find it by.

    `body` is the text that was screened, and `printed` its fingerprint, where the caller has it. A trusted sender's
    comment joins none. Returns the card or None, and raises nothing but NoCardWorkedOut.
    """
    if comment.status not in MAY_JOIN:
        return None
    try:
        return _join(comment, body, now, trusted, printed)
    except Exception as error:
        log.exception("No card could be worked out for comment %s; it waits.", comment.pk)
        raise NoCardWorkedOut from error


def _join(comment: Comment, body: str, now: datetime, trusted: bool, printed: Print | None) -> Campaign | None:
    fingerprint = printed or Fingerprint.objects.get(pk=comment.pk)
    traces = traces_of(
        body,
        digest=fingerprint.digest,
        signature=fingerprint.signature,
        website=comment.website,
        own_hosts=[urlsplit(settings.SITE_URL).hostname or ""],
    )
    facts = Facts(comment.pk, traces, comment.created_at, comment.sender_id, comment.network)
    own = [*traces.keys, *places(comment, back=0)]
    rows = rows_of(comment, {*own, *places(comment, back=1)})
    kept = [key for key, count in Counter(key for key, _ in rows).items() if count >= FULL]
    placement = Placement()
    if not trusted:
        shared = Counter(other for _, other in rows)
        nearest = sorted(shared, key=lambda other: (-shared[other], -other))[:CANDIDATES]
        if nearest:
            settled: set[int] = set()
            placement = place(facts, facts_of(nearest, settled), ordinary_marks(comment, traces), settled)
    return _write(comment, traces, [key for key in own if key not in kept], placement, now)


@retried
def _write(
    comment: Comment, traces: Traces, keys: Iterable[int], placement: Placement, now: datetime
) -> Campaign | None:
    """Remember the traces, and put the comment to its card, or take it off the one it was on.

    Locks comments, then cards, each in the order of their numbers. A decision waits for no card, but it changes the
    membership of its comment: a merge that meets a batch half way is a deadlock, which is tried again.
    """
    with transaction.atomic():
        wanted = sorted({comment.pk, *placement.loose})
        found = {pk: (status, bool(looked_at)) for pk, status, looked_at in _LOCKED.rows(wanted)}
        if comment.pk not in found:
            return None  # decided or erased meanwhile
        # By itself: what is read while waiting for a lock is what was there before.
        ((has_traces, apart),) = _BEFORE.values(comment=comment.pk)  # apart: None on no card, True off them for good
        _remember(comment, traces, keys, anew=bool(has_traces))
        joins = placement and not apart
        card = _card(placement, loose={pk for pk in found if pk != comment.pk}, now=now) if joins else None
        if card is None:
            if apart is False:
                CampaignMember.objects.filter(pk=comment.pk, apart=False).delete()
            return None
        _MEMBERS.many(
            CampaignMember(
                comment_id=pk,
                campaign=card,
                waits=status == S.PENDING,
                judged=status if looked_at and status == S.SPAM else "",
                joined_at=now,
            )
            for pk, (status, looked_at) in found.items()
        )
        _count(card, now)
        return card


_MEMBERS = Stored(CampaignMember, replaces=("campaign", "former", "waits", "judged"))
_LOCKED = Prepared(
    Comment,
    lambda ids: (
        Comment.objects.select_for_update(of=("self",))
        .filter(pk__in=ids, status__in=MAY_JOIN)
        .order_by("pk")
        .values_list("pk", "status", "reviewed_at")
    ),
)
_BEFORE = Prepared(
    Comment,
    lambda comment: Comment.objects.filter(pk=comment).values_list(
        is_there(CampaignTraces.objects.filter(comment=OuterRef("pk"))),
        Subquery(CampaignMember.objects.filter(comment=OuterRef("pk")).values("apart")[:1]),
    ),
    comment=919_191,
)


def _remember(comment: Comment, traces: Traces, keys: Iterable[int], *, anew: bool) -> None:
    row = CampaignTraces(
        comment=comment,
        words=traces.words,
        linked=traces.linked,
        phrases=packed(traces.phrases),
        pairs=packed(traces.pairs),
        hosts=packed(traces.hosts),
        contacts=packed(traces.contacts),
    )
    _TRACES.one(row)
    if anew:
        CampaignKey.objects.filter(comment=comment).delete()
    _KEYS.differing("key", set(keys), comment_id=comment.pk, at=comment.created_at)


_TRACES = Stored(CampaignTraces, replaces=("words", "linked", "phrases", "pairs", "hosts", "contacts"))
_KEYS = Stored(CampaignKey)


def _card(placement: Placement, loose: set[int], now: datetime) -> Campaign | None:
    """The one card of a placement: the largest, into which the others go, or a new one for loose comments."""
    cards = list(_CARDS.objects(placement.cards)) if placement.cards else []
    if not cards:
        return Campaign.objects.create(created_at=now, latest_at=now) if loose else None
    largest = max(cards, key=lambda card: (card.size, -card.pk))
    for other in cards:
        if other != largest:
            # Orders first, as whoever carries one out does.
            other.orders.update(campaign=largest)
            CampaignMember.objects.filter(campaign=other).update(campaign=largest)
            CampaignMember.objects.filter(former=other).update(former=largest)
            Campaign.objects.filter(merged_into=other).update(merged_into=largest)
            other.merged_into = largest
            other.save(update_fields=["merged_into"])
            largest.size += other.size
    return largest


_CARDS = Prepared(Campaign, lambda ids: Campaign.objects.select_for_update().cards().filter(pk__in=ids).order_by("pk"))


def _count(card: Campaign, now: datetime) -> None:
    ((found,),) = _SIZE.rows(card=card.pk)
    card.size, card.latest_at = found if found <= COUNTED else max(card.size + 1, found), max(now, card.latest_at)
    _GROWING.change(card=card.pk, size=card.size, latest_at=card.latest_at)


def _size(card: int) -> QuerySet:
    members = CampaignMember.objects.filter(campaign=card).order_by().values("pk")[: COUNTED + 1]
    return Campaign.objects.filter(pk=card).values_list(CountOf(members))


_SIZE = Prepared(Campaign, _size, card=919_191)
_GROWING = Changing(
    Campaign,
    lambda card, size, latest_at: (Campaign.objects.filter(pk=card), {"size": size, "latest_at": latest_at}),
    card=919_191,
    size=818_181,
    latest_at=datetime(1999, 9, 9, 9, 9, 9, 999_999, tzinfo=UTC),
)


def follow(decisions: Iterable[Decision]) -> None:
    """What decisions about members mean: the published leave, the pending wait, an undo brings back."""
    alike: dict[tuple[str, bool], list[int]] = {}
    for decision in decisions:
        judged = decision.after["reviewed_at"] is not None  # what was put back may be the machine's
        alike.setdefault((decision.to_status, judged), []).append(decision.comment_id)
    for (to_status, judged), ids in alike.items():
        members = CampaignMember.objects.filter(pk__in=ids)
        if to_status == S.PENDING:
            members.update(campaign=Coalesce("former", "campaign"), former=None, waits=True, judged="")
        elif to_status in (S.SPAM, S.REJECTED):
            members.update(waits=False, judged=to_status if judged else "")
        else:
            members.update(former=Coalesce("campaign", "former"), campaign=None, waits=False, judged="")


def forget(comment: Comment) -> None:
    """Remove everything by which the comment would be found: its content was destroyed."""
    CampaignMember.objects.filter(pk=comment.pk).delete()
    CampaignTraces.objects.filter(pk=comment.pk).delete()
    CampaignKey.objects.filter(comment=comment).delete()


def forget_old(now: datetime, most: int) -> int:
    """Remember no longer what nothing can be tied to any more. Of at most `most` comments; returns of how many."""
    old = CampaignTraces.objects.filter(comment__created_at__lt=now - WINDOW).order_by("pk")
    ids = list(old.values_list("pk", flat=True)[:most])
    for at in range(0, len(ids), COUNTED):
        chunk = ids[at : at + COUNTED]
        CampaignKey.objects.filter(comment__in=chunk).delete()
        CampaignTraces.objects.filter(pk__in=chunk).delete()
    return len(ids)


@retried
def dissolve(card: Campaign, name: str, now: datetime) -> bool:
    """Say that a card is no campaign: its members stand by themselves, and join no card again. False where it is none.

    `name` is the person's. A standing order about it ends.
    """
    with transaction.atomic():
        found = Campaign.objects.select_for_update().cards().filter(pk=card.pk)
        if not found.exists():
            return False
        card.orders.filter(ended_at__isnull=True).update(ended_at=now)
        members = CampaignMember.objects.filter(Q(campaign=card) | Q(former=card))
        members.update(campaign=None, former=None, apart=True)
        Campaign.objects.filter(pk=card.pk).update(dissolved_at=now, dissolved_by=name[:80], size=0)
    return True
