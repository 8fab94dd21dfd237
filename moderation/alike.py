"""Comments that say nearly the same as the one in focus, whenever they came, with what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from blog.prepared import Prepared
from comments.models import Comment
from moderation import fingerprint
from moderation.filters.duplicates import ALIKE, SAME
from moderation.models import Fingerprint

BANDS = tuple(f"band{number}" for number in range(fingerprint.BANDS))
MOST = 5
#: Looked at for one comment. Any will do, not the newest: sorting all that share a band would cost more than the page.
CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Resembling:
    """Another comment, and how much of the text is the same, in per cent."""

    comment: Comment
    percent: int


def to(comment_ids: Iterable[int]) -> dict[int, list[Resembling]]:
    """By comment, at most MOST others that share a band of the fingerprint or every word, the likest first."""
    ids = list(comment_ids)
    own = {one.pk: one for one in _OWN.objects(ids)} if ids else {}
    if not own:
        return {}
    keys = {column: {getattr(one, column) for one in own.values()} - {None} for column in BANDS}
    same = reduce(or_, (Q((f"{column}__in", values)) for column, values in keys.items() if values), _digests(own))
    others = list(Fingerprint.objects.filter(same)[: CANDIDATES * max(1, len(own))])
    near = {pk: _nearest(one, others) for pk, one in own.items()}
    wanted = {other for found in near.values() for other, _ in found}
    comments = (
        Comment.objects.select_related("post").only("name", "status", "post__title", "created_at").in_bulk(wanted)
    )
    return {
        pk: [Resembling(comments[other], round(likeness * 100)) for other, likeness in found if other in comments]
        for pk, found in near.items()
    }


_OWN = Prepared(Fingerprint, lambda ids: Fingerprint.objects.filter(pk__in=ids))


def _digests(own: dict[int, Fingerprint]) -> Q:
    return Q(digest__in={one.digest for one in own.values()})


def _nearest(one: Fingerprint, others: list[Fingerprint]) -> list[tuple[int, float]]:
    found = []
    for other in others:
        if other.pk == one.pk:
            continue
        if other.digest == one.digest:
            found.append((other.pk, SAME))
        elif any(getattr(one, band) is not None and getattr(one, band) == getattr(other, band) for band in BANDS):
            likeness = fingerprint.likeness(one.signature, other.signature)
            found += [(other.pk, likeness)] if likeness >= ALIKE else []
    return sorted(found, key=lambda pair: (-pair[1], -pair[0]))[:MOST]
