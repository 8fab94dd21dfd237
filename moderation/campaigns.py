"""Cards for the lists of the desk: which card a comment belongs to, and which comments one card stands for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from moderation.joining_campaigns import COUNTED
from moderation.models import CampaignMember


@dataclass(frozen=True, slots=True)
class CardLink:
    """The card of a comment, for a line such as "one of 37 alike".

    Attributes:
        card: number of the campaign.
        size: how many members it has; from COUNTED on, as counted when the latest one joined.
    """

    card: int
    size: int


def cards_for(comment_ids: Iterable[int]) -> dict[int, CardLink]:
    """By comment the card that it belongs to, for those that do, in two queries. A card of one is none."""
    rows = CampaignMember.objects.filter(pk__in=list(comment_ids), campaign__isnull=False)
    found = list(rows.values_list("pk", "campaign", "campaign__size"))
    small = {card for _, card, size in found if size <= COUNTED}
    counted = CampaignMember.objects.filter(campaign__in=small).order_by().values("campaign").annotate(n=Count("pk"))
    sizes = {card: size for _, card, size in found} | dict(counted.values_list("campaign", "n"))
    return {pk: CardLink(card, sizes[card]) for pk, card, _ in found if sizes[card] > 1}


def hidden_behind_card() -> Exists:
    """Of comments: that another one, earlier in the same card, waits too, which a list shows for all of them.

    For `queryset.filter(~hidden_behind_card())`. Two look-ups by index a row, whatever the size of the card. Which one
    stands for the card is worked out anew each time, so nothing can hide a comment for good.
    """
    earlier = CampaignMember.objects.filter(campaign=OuterRef("campaign"), waits=True, comment__lt=OuterRef("comment"))
    return Exists(CampaignMember.objects.filter(Exists(earlier), comment=OuterRef("pk"), campaign__isnull=False))
