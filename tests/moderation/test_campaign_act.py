"""One act about a card: all members now, each by its own decision, and those that arrive in the next 24 hours."""

from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from comments.models import Comment, Sender
from moderation import batches, screening, standing_orders
from moderation.actors import person
from moderation.models import Batch, Campaign, CampaignMember, Decision, StandingOrder
from moderation.verification import verify
from tests import cast
from tests.moderation import waves
from tests.moderation.alike import NOW, TEXT, alike, arrives, card_of
from tests.moderation.desk import html
from tests.moderation.orders import done

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_prior")]
HOUR = timedelta(hours=1)


def act(client: Client, card: Campaign, action: str, **changes: object):
    until, since = batches.horizon()
    given = {"action": action, "until": until, "since": since, **changes}
    with time_machine.travel(NOW, tick=False):
        return client.post(reverse("moderation:decide_campaign", args=[card.pk]), given)


@pytest.mark.slow
def test_a_wave_of_three_hundred_is_decided_by_one_act(post, as_moderator: Client, moderator) -> None:
    for variant in waves.wave("spun"):
        sender, about = Sender.objects.create(), {"website": variant.website, "network": variant.network}
        comment = cast.comment(post, "pending", body=variant.body, sender=sender, created_at=NOW, **about)
        screening.screen(comment.pk, NOW)
    cards = list(Campaign.objects.cards())
    assert len(cards) <= 3
    assert CampaignMember.objects.filter(campaign__in=cards).count() == 300
    act(as_moderator, max(cards, key=lambda card: card.size), "spam")
    batch = done(Batch.objects.get())
    decided = Decision.objects.filter(batch=batch.pk, actor=moderator, action="spam")
    assert decided.values("comment").distinct().count() == batch.done == decided.count()
    assert Comment.objects.filter(status="spam").count() >= 290


def test_each_member_has_its_own_decision(post, as_moderator: Client, moderator) -> None:
    members = alike(post, 4)
    answer = act(as_moderator, card_of(members[0]), "reject", reason="advertising", message="No adverts here.")
    assert answer.status_code == 303
    made = Decision.objects.order_by("comment")
    assert [decision.comment_id for decision in made] == [member.pk for member in members]
    assert {(decision.reason, decision.message, decision.standing) for decision in made} == {
        ("advertising", "No adverts here.", False)
    }


def test_what_arrives_within_a_day_is_decided_in_the_name_of_who_gave_the_order(
    post, as_moderator: Client, moderator
) -> None:
    card = card_of(alike(post, 3)[0])
    act(as_moderator, card, "reject", reason="advertising", message="No adverts here.")
    late = arrives(post, TEXT, NOW + 23 * HOUR)
    decision = Decision.objects.latest("pk")
    assert late.status == "rejected"
    assert late.reviewed_at is None, "nobody looked at it"
    assert (decision.comment_id, decision.actor, decision.standing) == (late.pk, moderator, True)
    assert (decision.reason, decision.message) == ("advertising", "No adverts here.")
    assert decision.batch == Batch.objects.get().pk
    assert decision.review is not None
    assert verify().fault is None


def test_what_arrives_after_a_day_waits(post, as_moderator: Client) -> None:
    card = card_of(alike(post, 3)[0])
    act(as_moderator, card, "spam")
    assert arrives(post, TEXT, NOW + 23 * HOUR).status == "spam"
    late = arrives(post, TEXT, NOW + 24 * HOUR)
    assert not Decision.objects.filter(comment=late, standing=True).exists()


def test_what_is_unlike_waits(post, as_moderator: Client) -> None:
    act(as_moderator, card_of(alike(post, 3)[0]), "spam")
    assert arrives(post, "Has anybody tried to grow garlic in the shade of a wall? Late.", NOW).status == "pending"


def test_an_approval_does_not_stand(post, as_moderator: Client) -> None:
    members = alike(post, 3)
    card = card_of(members[0])
    act(as_moderator, card, "approve")
    assert Comment.objects.filter(status="published").count() == 3
    assert not StandingOrder.objects.exists()
    assert arrives(post, TEXT, NOW + HOUR).status == "pending"


def test_an_approval_leaves_what_came_after_the_page_was_shown(post, as_moderator: Client) -> None:
    members = alike(post, 3)
    until, since = batches.horizon()
    late = arrives(post, TEXT)
    act(as_moderator, card_of(members[0]), "approve", until=until, since=since)
    late.refresh_from_db()
    assert late.status == "pending"


def test_an_order_can_be_ended_early(post, as_moderator: Client) -> None:
    act(as_moderator, card_of(alike(post, 3)[0]), "spam")
    order = StandingOrder.objects.get()
    with time_machine.travel(NOW + HOUR, tick=False):
        as_moderator.post(reverse("moderation:end_order", args=[order.pk]))
    assert not Decision.objects.filter(comment=arrives(post, TEXT, NOW + 2 * HOUR), standing=True).exists()


def test_undo_takes_back_all_of_them_late_ones_too_and_ends_the_order(post, as_moderator: Client, moderator) -> None:
    members = alike(post, 3)
    act(as_moderator, card_of(members[0]), "spam")
    members.append(arrives(post, TEXT, NOW + HOUR))
    undoing = batches.start_undo(Batch.objects.get().pk, actor=person(moderator), now=NOW + 2 * HOUR)
    done(undoing)
    assert {Comment.objects.get(pk=member.pk).status for member in members} == {"pending"}
    assert CampaignMember.objects.filter(waits=True).count() == 4
    late = arrives(post, TEXT, NOW + 3 * HOUR)
    assert not Decision.objects.filter(comment=late, standing=True).exists()


def test_an_order_of_somebody_who_may_no_longer_decide_is_not_carried_out(
    post, as_moderator: Client, moderator
) -> None:
    act(as_moderator, card_of(alike(post, 3)[0]), "spam")
    moderator.groups.clear()
    late = arrives(post, TEXT, NOW + HOUR)
    assert not Decision.objects.filter(comment=late, standing=True).exists()


def test_an_order_that_cannot_be_looked_up_leaves_what_arrives_to_a_person(
    post, as_moderator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def rows(self, **values: object) -> list:
            raise OperationalError("the database is in trouble")

    act(as_moderator, card_of(alike(post, 3)[0]), "spam")
    monkeypatch.setattr(standing_orders, "_STANDING", Broken())
    late = arrives(post, TEXT, NOW + HOUR)
    late.refresh_from_db()
    assert late.status == "pending"
    assert not Decision.objects.filter(comment=late).exists()


def test_a_rejection_needs_a_reason_and_nothing_is_done_without(post, as_moderator: Client) -> None:
    answer = act(as_moderator, card_of(alike(post, 2)[0]), "reject")
    assert answer.status_code == 422
    assert "Choose a reason" in html(answer)
    assert not Batch.objects.exists()


def test_a_card_that_is_none_is_dissolved_for_good(post, as_moderator: Client, moderator) -> None:
    members = alike(post, 3)
    card = card_of(members[0])
    as_moderator.post(reverse("moderation:dissolve_campaign", args=[card.pk]))
    assert [card_of(member) for member in members] == [None] * 3
    assert card_of(arrives(post, TEXT)) is None, "and draws no later one in"
    assert str(moderator) in html(as_moderator.get(reverse("moderation:campaign", args=[card.pk])))
