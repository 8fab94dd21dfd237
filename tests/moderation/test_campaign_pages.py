"""The pages of campaigns: what a card says in words, its members page by page, and what they cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moderation.models import Campaign
from tests.moderation.alike import HEARING, NOW, TEXT, alike, arrives, card_of
from tests.moderation.desk import html

pytestmark = pytest.mark.django_db
LIST = "/moderation/campaigns/"


def page(client: Client, card: Campaign, query: str = "") -> str:
    return html(client.get(reverse("moderation:campaign", args=[card.pk]) + query))


def test_a_card_says_what_its_members_share(post, as_moderator: Client) -> None:
    for at in range(3):
        arrives(post, f"{TEXT} https://cheap-gold.example/{at}", network=f"1:{at % 2}")
    shown = page(as_moderator, Campaign.objects.get())
    for words in (
        "3 comments alike",
        "3 senders",
        "2 networks",
        "3 of 3 link to",
        "cheap-gold.example",
        "nearly the same",
    ):
        assert words in shown


def test_what_varies_is_marked(post, as_moderator: Client) -> None:
    members = [arrives(post, f"Dear {name}! {TEXT}") for name in ("Anna", "Boris", "Clara")]
    shown = page(as_moderator, card_of(members[0]))
    assert '<span class="varies">Anna</span>' in shown
    assert HEARING[0] in shown


def test_text_of_a_card_is_shown_as_text(post, as_moderator: Client) -> None:
    alike_ones = [arrives(post, f"{TEXT} <script>x{at}</script> https://gold.example/") for at in range(2)]
    for shown in (page(as_moderator, card_of(alike_ones[0])), html(as_moderator.get(LIST))):
        assert "<script>x" not in shown
        assert 'href="https://gold' not in shown


def test_members_go_by_pages(post, as_moderator: Client, monkeypatch) -> None:
    monkeypatch.setattr("moderation.campaign_views.SIZE", 2)
    members = alike(post, 5)
    card = card_of(members[0])
    first = page(as_moderator, card)
    assert f'comments/{members[4].pk}/"' in first and f'comments/{members[2].pk}/"' not in first
    older = page(as_moderator, card, f"?after={members[3].pk}")
    assert f'comments/{members[2].pk}/"' in older and f"?before={members[2].pk}" in older


def test_the_list_shows_what_waits_and_on_demand_the_rest(post, as_moderator: Client) -> None:
    assert "No campaign waits" in html(as_moderator.get(LIST))
    members = alike(post, 3)
    card = card_of(members[0])
    assert "3 alike" in html(as_moderator.get(LIST))
    card.members.update(waits=False)
    assert "3 alike" not in html(as_moderator.get(LIST))
    assert "All decided" in html(as_moderator.get(f"{LIST}?order=latest&all=1"))


def test_what_is_no_card_is_not_found(as_moderator: Client) -> None:
    for address in (f"{LIST}1/", f"{LIST}{10**30}/", f"{LIST}?order=x", f"{LIST}1/?after=x"):
        assert as_moderator.get(address).status_code == 404, address


def test_pages_cost_the_same_however_many_members_and_cards(post, as_moderator: Client) -> None:
    costs = []
    for at in range(2):
        alike(post, 3)
        for number in range(2):
            arrives(
                post, f"river stone {at} window garden lantern winter {at} meadow bird {at} {at} tree {number}", NOW
            )
        cost = []
        for address in (LIST, reverse("moderation:campaign", args=[Campaign.objects.earliest("pk").pk])):
            with CaptureQueriesContext(connection) as queries:
                assert as_moderator.get(address).status_code == 200
            cost.append(len(queries))
        costs.append(cost)
    assert costs[0] == costs[1]
