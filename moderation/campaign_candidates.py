"""What a new comment is weighed against when its card is worked out: earlier comments that share something with it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from blog.prepared import Prepared
from comments.models import Comment
from moderation.campaigning import WINDOW, Facts, Traces, key_of, number, unpacked
from moderation.models import CampaignKey, CampaignMember

#: Rows kept of one number within the window. What more comments share is found by these, or is nobody's wording.
FULL = 40
FEW = 16  # read at once; when they are weighed, most of what is left is on a card that is settled
FACTS = (
    *("pk", "created_at", "sender", "network", "campaign_membership__campaign"),
    *("fingerprint__digest", "fingerprint__signature"),
    *(f"campaign_traces__{name}" for name in ("words", "linked", "phrases", "pairs", "hosts", "contacts")),
)
S = Comment.Status
#: A rejected one draws others to the card that it is on, and joins none itself.
MAY_DRAW = (S.PENDING, S.SPAM, S.REJECTED)


def places(comment: Comment, back: int) -> list[int]:
    """Numbers for "from this network within the hour" and "from this browser within the day", or those before."""
    hour = int(comment.created_at.timestamp()) // 3600
    found = []
    if comment.network:
        found.append(key_of(number("network", f"{comment.network} {hour - back}")))
    if comment.sender_id:
        found.append(key_of(number("sender", f"{comment.sender_id} {hour // 24 - back}")))
    return found


def rows_of(comment: Comment, keys: set[int]) -> list[tuple[int, int]]:
    """(number, comment) of what shares a number; at most about FULL rows a number, because no more are written."""
    return _SHARING.rows(sorted(keys), since=comment.created_at - WINDOW, comment=comment.pk) if keys else []


_SHARING = Prepared(
    CampaignKey,
    lambda keys, since, comment: (
        CampaignKey.objects.filter(key__in=keys, at__gte=since)
        .exclude(comment=comment)
        .values_list("key", "comment_id")[: FULL * 100]
    ),
    since=datetime(1999, 9, 9, 9, 9, 9, 999_999, tzinfo=UTC),
    comment=919_191,
)


def facts_of(ids: list[int], settled: set[int]) -> Iterator[Facts]:
    """The comments in this order, without those on cards that are `settled`: reading their traces takes long."""
    yield from _facts_of(ids[:FEW], settled)
    left = ids[FEW:]
    if left and settled:
        cards = dict(_ON_CARDS.rows(left))
        left = [pk for pk in left if cards.get(pk) not in settled]
    yield from _facts_of(left, settled)


def _facts_of(ids: list[int], settled: set[int]) -> Iterator[Facts]:
    rows = {row[0]: row for row in _FACTS.values(ids)}
    for row in filter(None, map(rows.get, ids)):
        pk, at, sender, network, card, digest, signature, words, linked, *numbers = row
        if card in settled:
            continue
        phrases, pairs, hosts, contacts = map(unpacked, numbers)
        yield Facts(
            pk,
            Traces(
                words=words,
                digest=digest,
                signature=signature,
                phrases=phrases,
                pairs=pairs,
                hosts=hosts,
                contacts=contacts,
                linked=linked,
            ),
            at,
            sender,
            network,
            card,
        )


_ON_CARDS = Prepared(
    CampaignMember, lambda ids: CampaignMember.objects.filter(pk__in=ids).values_list("pk", "campaign")
)
_FACTS = Prepared(
    Comment,
    lambda ids: (
        Comment.objects.filter(pk__in=ids, status__in=MAY_DRAW)
        .filter(campaign_traces__isnull=False, fingerprint__isnull=False)
        .exclude(campaign_membership__apart=True)
        .values_list(*FACTS)
    ),
)


def ordinary_marks(comment: Comment, traces: Traces) -> frozenset[str]:
    """Marks that a published comment carries: honest people link there too."""
    marks = {key_of(mark): mark for mark in traces.hosts | traces.contacts}
    if not marks:
        return frozenset()
    published = CampaignKey.objects.filter(key__in=marks, comment__status=S.PUBLISHED).exclude(comment=comment)
    return frozenset(marks[key] for key in published.values_list("key", flat=True)[: FULL * 20])
