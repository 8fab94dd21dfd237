"""Cards for the lists of the desk: which card a comment belongs to, and which comments one card stands for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from blog.prepared import Prepared
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

    @property
    def address(self) -> str:
        return reverse("moderation:campaign", args=[self.card])


def cards_for(comment_ids: Iterable[int]) -> dict[int, CardLink]:
    """By comment the card that it belongs to, for those that do, in two queries. A card of one is none."""
    ids = list(comment_ids)
    found = _MEMBERS.values(ids) if ids else []
    small = {card for _, card, size in found if size <= COUNTED}
    sizes = {card: size for _, card, size in found} | (dict(_SIZES.values(small)) if small else {})
    return {pk: CardLink(card, sizes[card]) for pk, card, _ in found if sizes[card] > 1}


_MEMBERS = Prepared(
    CampaignMember,
    lambda ids: CampaignMember.objects.filter(pk__in=ids, campaign__isnull=False).values_list(
        "pk", "campaign", "campaign__size"
    ),
)
_SIZES = Prepared(
    CampaignMember,
    lambda cards: (
        CampaignMember.objects.filter(campaign__in=cards)
        .order_by()
        .values("campaign")
        .annotate(n=Count("pk"))
        .values_list("campaign", "n")
    ),
)


def hidden_behind_card() -> Q:
    """Of comments: that another one, earlier in the same card, waits too, which a list shows for all of them.

    For `queryset.filter(~hidden_behind_card())`. Two look-ups by index a row, whatever the size of the card. Which one
    stands for the card is worked out anew each time, so nothing can hide a comment for good.
    """
    # The first that waits is asked for as a value. As an Exists, PostgreSQL made one join of it all and compared each
    # member of the card with each other: 4.5 million pairs for a card of 3,000, on every page of the queue. And its
    # card is a range of one: by "equal" PostgreSQL would rather walk all members by number until one is of that card.
    card = Subquery(CampaignMember.objects.filter(comment=OuterRef(OuterRef("pk"))).values("campaign"))
    waiting = CampaignMember.objects.filter(waits=True, campaign__gte=card, campaign__lte=card)
    waiting = waiting.order_by("campaign", "comment")
    return Q(pk__gt=Coalesce(Subquery(waiting.values("comment")[:1]), F("pk")))
