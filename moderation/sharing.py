"""Which comments have a number of their fingerprint in common: the same words, or one of the eight bands."""

from collections.abc import Iterable, Mapping

from django.db.models import F, QuerySet

from blog.counting import MostOften
from blog.prepared import Prepared
from moderation import fingerprint
from moderation.models import Fingerprint

BAND_COLUMNS = tuple(f"band{number}" for number in range(fingerprint.BANDS))
#: Of each number. One in eight thousand unrelated texts has a band in common with another by chance, so that texts like
#: one are found among the latest 200,000.
NEWEST = 25
MOST = 60
COLUMNS = (
    *("digest", "signature", "comment__status", "comment__sender", "comment__post", "comment__reviewed_at"),
    "comment__campaign_membership__campaign",
)


def rows_of(comment: int, digest: str, bands: Mapping[str, int | None]) -> list[tuple]:
    """The number and COLUMNS of at most MOST other comments, the newest first, however often a text was sent.

    `bands` holds all of them by column, or none for a text too short to be compared.
    """
    return (_SHARING if bands else _EQUAL).rows(digest=digest, comment=comment, **bands)


def rows_with(comments: Iterable[int]) -> list[tuple]:
    """The same of these comments, in any order."""
    return _WITH.rows(comments)


def _sharing(digest: str, comment: int, **bands: int) -> QuerySet:
    """The newest of each number, and of these the ones that have the most numbers in common."""
    others = Fingerprint.objects.exclude(pk=comment).order_by("-pk").values(other=F("pk"))
    newest = [others.filter(**{name: number})[:NEWEST] for name, number in {"digest": digest, **bands}.items()]
    return Fingerprint.objects.filter(pk__in=MostOften(newest, MOST)).order_by("-pk").values_list("pk", *COLUMNS)


_WITH = Prepared(Fingerprint, lambda comments: Fingerprint.objects.filter(pk__in=comments).values_list("pk", *COLUMNS))
_EQUAL = Prepared(Fingerprint, _sharing, digest="an-example", comment=919_191)
_SHARING = Prepared(
    Fingerprint, _sharing, digest="an-example", comment=919_191,
    **{name: 939_393 + number for number, name in enumerate(BAND_COLUMNS)},
)  # fmt: skip
