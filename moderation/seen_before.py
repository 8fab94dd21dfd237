"""Wording that was seen before, as the filters are told of it; a text is remembered by the same look."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from blog.prepared import Prepared
from blog.stored import Stored
from comments.models import Comment
from moderation import fingerprint, sharing
from moderation.filters.duplicates import ALIKE, SAME
from moderation.filters.evidence import Alike
from moderation.models import Campaign, CampaignMember, Fingerprint

REFUSED = (Comment.Status.SPAM, Comment.Status.REJECTED)


def alike(comment: Comment, printed: fingerprint.Print) -> tuple[Alike, ...]:
    """Earlier comments anywhere on the site with nearly this text; remembers this one's fingerprint on the way.

    The newest, and what people refused on the cards that these are on: however many copies the machine files after a
    person refused one, each is known by that one and not by the others.
    """
    digest, signature = printed.digest, printed.signature
    bands = dict(zip(sharing.BAND_COLUMNS, printed.minhash.bands, strict=True)) if printed.minhash else {}
    rows = {row[0]: row for row in sharing.rows_of(comment.pk, digest, bands)}
    judged = _refused_on(card for *_, card in rows.values()) - {comment.pk, *rows}
    near = []
    for pk, other_digest, other_signature, *facts, _ in (*rows.values(), *sharing.rows_with(judged)):
        status, sender, post, reviewed_at = facts
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
    columns = {"digest": digest, "signature": signature, **dict.fromkeys(sharing.BAND_COLUMNS), **bands}
    _FINGERPRINTS.one(Fingerprint(comment=comment, **columns))
    return tuple(near)


def _refused_on(cards: Iterable[int | None]) -> set[int]:
    """The newest of each card that people filed as spam, and the newest that they rejected."""
    return {pk for row in _REFUSED.rows({*cards} - {None}) for pk in row if pk is not None}


_FINGERPRINTS = Stored(Fingerprint, replaces=("digest", "signature", *sharing.BAND_COLUMNS))
_MEMBERS = CampaignMember.objects.filter(campaign=OuterRef("pk")).order_by("-comment").values("comment")
_REFUSED = Prepared(
    Campaign,
    lambda cards: Campaign.objects.filter(pk__in=cards).values_list(
        *(Subquery(_MEMBERS.filter(judged=status)[:1]) for status in REFUSED)
    ),
)
