"""What the pages of campaigns show: the list of cards, and of one card what its members share, in words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, OuterRef, Subquery
from django.utils.text import Truncator

from comments.links import find_links, host_of
from comments.models import Comment
from comments.normalise import fold
from moderation.filters.words import words_of
from moderation.joining_campaigns import COUNTED
from moderation.models import Campaign, CampaignMember, StandingOrder

LISTED = 50
SAMPLE = 50  # members whose texts are compared with each other
MOST_HOSTS = 5
EXCERPT_CHARS = 200
ORDERS = {"largest": ("-size", "-pk"), "latest": ("-latest_at", "-pk")}
S = Comment.Status


@dataclass(frozen=True, slots=True)
class Row:
    """A card in the list. `waiting` is how many wait; None for a card too large to count."""

    card: Campaign
    size: int
    waiting: int | None
    excerpt: str
    order: StandingOrder | None


@dataclass(slots=True)
class Card:
    """One card. `text` is one member's, in pieces of (text, whether this varies among the members)."""

    campaign: Campaign
    size: int
    senders: str = ""
    networks: str = ""
    statuses: list[tuple[str, str, int]] = field(default_factory=list)
    hosts: list[tuple[str, int]] = field(default_factory=list)
    sampled: int = 0
    likeness: str = ""
    text: list[tuple[str, bool]] = field(default_factory=list)
    order: StandingOrder | None = None

    @property
    def waiting(self) -> int:
        return sum(count for code, _, count in self.statuses if code == S.PENDING)

    @property
    def more(self) -> bool:
        """Whether it has more members than were looked at."""
        return self.size > COUNTED


def listed(order: str, everything: bool, now: datetime) -> list[Row]:
    """At most LISTED cards, the largest or the latest first; those with nothing left to decide only if wanted."""
    cards = Campaign.objects.cards() if everything else Campaign.objects.open()
    # By card and not by a maximum over all of them: a card of a hundred thousand costs what one of two does.
    newest = CampaignMember.objects.filter(campaign=OuterRef("pk")).order_by("-comment").values("comment")[:1]
    shown = cards.filter(size__gt=1).annotate(newest=Subquery(newest))
    found = list(shown.order_by(*ORDERS[order])[:LISTED])
    small = [card.pk for card in found if card.size <= COUNTED]
    members = CampaignMember.objects.filter(campaign__in=small).order_by().values("campaign")
    sizes = dict(members.annotate(n=Count("pk")).values_list("campaign", "n"))
    waiting = dict(members.filter(waits=True).annotate(n=Count("pk")).values_list("campaign", "n"))
    bodies = dict(Comment.objects.filter(pk__in=[card.newest for card in found]).values_list("pk", "body"))
    orders = {order.campaign_id: order for order in StandingOrder.objects.standing(now).filter(campaign__in=found)}
    return [
        Row(
            card,
            sizes.get(card.pk, card.size),
            waiting.get(card.pk, 0) if card.size <= COUNTED else None,
            Truncator(" ".join(bodies.get(card.newest, "").split())).chars(EXCERPT_CHARS),
            orders.get(card.pk),
        )
        for card in found
    ]


def read(campaign: Campaign, now: datetime) -> Card:
    """What one card says, of its newest COUNTED members; texts are compared among the newest SAMPLE."""
    members = CampaignMember.objects.filter(campaign=campaign).order_by("-pk")
    rows = list(members.values_list("pk", "comment__sender", "comment__network", "comment__status")[:COUNTED])
    card = Card(campaign, len(rows) if len(rows) < COUNTED else max(campaign.size, len(rows)))
    if not rows:
        return card
    card.senders = _many(len({sender or -pk for pk, sender, _, _ in rows}), "sender", card.more)
    networks = len({network for _, _, network, _ in rows if network})
    card.networks = _many(networks, "network", card.more) if networks else ""
    counts = Counter(status for _, _, _, status in rows)
    card.statuses = [(code, label, counts[code]) for code, label in S.choices if counts[code]]
    sample = [pk for pk, *_ in rows[:SAMPLE]]
    texts = list(Comment.objects.filter(pk__in=sample).order_by("pk").values_list("body", "website"))
    card.sampled = len(texts)
    card.hosts = _hosts(texts)
    card.text, common = _common([body for body, _ in texts])
    card.likeness = _in_words(common)
    standing = StandingOrder.objects.standing(now).filter(campaign=campaign)
    card.order = standing.select_related("given_by").order_by("-pk").first()
    return card


def _many(number: int, thing: str, more: bool) -> str:
    return f"{number}{' or more' if more else ''} {thing}{'' if number == 1 else 's'}"


def _hosts(texts: Iterable[tuple[str, str]]) -> list[tuple[str, int]]:
    """Hosts to which more than one of the members link, with how many do."""
    counted: Counter[str] = Counter()
    for body, website in texts:
        counted.update({link.host for link in find_links(body)} | ({host_of(website)} - {None} if website else set()))
    return [(host, count) for host, count in counted.most_common(MOST_HOSTS) if count > 1]


def _common(bodies: list[str]) -> tuple[list[tuple[str, bool]], float]:
    """The text that has most in common with the others, what varies told apart, and how much of it is common."""
    folded = [fold(body) for body in bodies]
    words = [words_of(each.text) for each in folded]
    held = Counter(word for each in words for word in {word.text for word in each})
    usual = {word for word, count in held.items() if count * 2 >= len(bodies)}
    parts = [sum(word.text in usual for word in each) / max(1, len(each)) for each in words]
    best = max(range(len(bodies)), key=lambda at: (parts[at], len(words[at])))
    body, pieces, at = bodies[best], [], 0
    for word in words[best]:
        if word.text in usual:
            continue
        start, end = folded[best].span(word.start, word.end)
        end = max(end, folded[best].origin[word.end - 1] + 1)
        if start < at:
            continue
        pieces += [(body[at:start], False), (body[start:end], True)]
        at = end
    pieces.append((body[at:], False))
    return [piece for piece in pieces if piece[0]], parts[best]


def _in_words(common: float) -> str:
    if common >= 0.75:
        return "nearly the same text"
    return "much the same words" if common >= 0.4 else "few words in common"
