"""Comments that say nearly the same as the one in focus, whenever they came, with what became of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from blog.prepared import Prepared
from comments.models import Comment
from moderation import fingerprint, sharing
from moderation.filters.duplicates import ALIKE, SAME
from moderation.models import Fingerprint
from moderation.sharing import BAND_COLUMNS

MOST = 5


@dataclass(frozen=True, slots=True)
class Resembling:
    """Another comment, and how much of the text is the same, in per cent."""

    comment: Comment
    percent: int


def to(comment_ids: Iterable[int]) -> dict[int, list[Resembling]]:
    """By comment, at most MOST others that share a band of the fingerprint or every word, the likest first."""
    ids = list(comment_ids)
    own = list(_OWN.objects(ids)) if ids else []
    if not own:
        return {}
    sharing_with = {own[0].pk: _beside(own[0])} if len(own) == 1 else _around(own)
    near = {one.pk: _nearest(one, sharing_with[one.pk]) for one in own}
    wanted = {other for found in near.values() for other, _ in found}
    comments = (
        Comment.objects.select_related("post").only("name", "status", "post__title", "created_at").in_bulk(wanted)
    )
    return {
        pk: [Resembling(comments[other], round(likeness * 100)) for other, likeness in found if other in comments]
        for pk, found in near.items()
    }


_OWN = Prepared(Fingerprint, lambda ids: Fingerprint.objects.filter(pk__in=ids))


def _beside(one: Fingerprint) -> list[Fingerprint]:
    """What shares a number with one, however often its text was sent."""
    bands = {column: getattr(one, column) for column in BAND_COLUMNS}
    rows = sharing.rows_of(one.pk, one.digest, {} if None in bands.values() else bands)
    return [Fingerprint(comment_id=pk, digest=digest, signature=signature) for pk, digest, signature, *_ in rows]


def _around(own: list[Fingerprint]) -> dict[int, list[Fingerprint]]:
    """By comment, what shares a number with it. Any will do, not the newest: sorting them would take too long."""
    numbers = {name: {getattr(one, name) for one in own} - {None} for name in ("digest", *BAND_COLUMNS)}
    same = reduce(or_, (Q((f"{name}__in", values)) for name, values in numbers.items() if values))
    by_number = defaultdict(list)
    for other in Fingerprint.objects.filter(same)[: sharing.MOST * len(own)]:
        for name, values in numbers.items():
            if getattr(other, name) in values:
                by_number[name, getattr(other, name)].append(other)
    return {
        one.pk: list({other.pk: other for name in numbers for other in by_number[name, getattr(one, name)]}.values())
        for one in own
    }


def _nearest(one: Fingerprint, others: list[Fingerprint]) -> list[tuple[int, float]]:
    found = []
    for other in others:
        if other.pk == one.pk:
            continue
        likeness = SAME if other.digest == one.digest else fingerprint.likeness(one.signature, other.signature)
        found += [(other.pk, likeness)] if likeness >= ALIKE else []
    return sorted(found, key=lambda pair: (-pair[1], -pair[0]))[:MOST]
