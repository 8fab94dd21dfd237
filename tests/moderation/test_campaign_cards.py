"""Who is on a card, in life: pending and spam only, from the screening on, through edits, decisions and erasure."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from comments import submission
from comments.models import Comment
from moderation import campaign_candidates, campaigns, decisions, joining_campaigns, retention, screening
from moderation.actors import person
from moderation.models import Campaign, CampaignKey, CampaignMember, CampaignTraces, Decision
from tests import cast
from tests.moderation.alike import NOW, TEXT, alike, arrives, card_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_prior")]


def decide(comment: Comment, action: str, user, **changes: object) -> Decision:
    comment.refresh_from_db()
    given = {"seen": comment.version, "actor": person(user), "now": NOW, **changes}
    return decisions.decide(comment.pk, action, **given)


def test_comments_of_different_people_that_say_nearly_the_same_are_one_card(post) -> None:
    first, second = alike(post, 2)
    other = arrives(post, "Has anybody tried to grow garlic in the shade of a wall? Ours came up late.")
    assert card_of(first) == card_of(second) is not None
    assert card_of(other) is None


def test_a_published_comment_never_joins(post) -> None:
    public = cast.comment(post, "published", body=TEXT)
    joining_campaigns.join(public, TEXT, NOW)
    newcomer = arrives(post, TEXT)
    assert card_of(public) is None
    assert card_of(newcomer) is None


def test_approving_a_member_takes_it_out_and_undo_brings_it_back(post, moderator) -> None:
    first, second, third = alike(post, 3)
    card = card_of(first)
    decision = decide(first, "approve", moderator)
    assert card_of(first) is None
    assert arrives(post, TEXT) and card_of(first) is None
    decisions.undo(decision.pk, seen=decision.to_version, actor=person(moderator), now=NOW)
    assert card_of(first) == card_of(second) == card_of(third) == card


def test_spam_stays_a_member_and_waits_no_longer(post, moderator) -> None:
    first, second = alike(post, 2)
    decide(first, "spam", moderator)
    assert card_of(first) == card_of(second)
    assert not CampaignMember.objects.get(pk=first.pk).waits
    assert card_of(arrives(post, TEXT)) == card_of(first)


def test_a_trusted_sender_joins_no_card(post, moderator) -> None:
    sender = arrives(post, "The garlic came up late here too.").sender
    decide(Comment.objects.get(sender=sender), "approve", moderator)
    alike(post, 2)
    post.mode = "hold_all"
    post.save(update_fields=["mode"])
    comment = arrives(post, TEXT, sender=sender)
    assert comment.status == "pending"
    assert card_of(comment) is None
    assert card_of(arrives(post, TEXT)) is not None, "of anybody else it would have been one more"


def test_an_edit_is_placed_anew(post) -> None:
    first, second, third = alike(post, 3)
    body = "On second thought, has anybody tried to grow garlic in the shade of a wall at all?"
    submission.edit(third, body, f"<p>{body}</p>", seen=third.version, seconds=None, now=NOW)
    assert card_of(third) is None
    assert card_of(first) == card_of(second) is not None


def test_screened_again_it_is_found_by_each_of_its_numbers_once(post) -> None:
    comment = alike(post, 2)[1]
    keys = sorted(CampaignKey.objects.filter(comment=comment).values_list("key", flat=True))
    screening.screen(comment.pk, NOW)
    assert sorted(CampaignKey.objects.filter(comment=comment).values_list("key", flat=True)) == keys
    assert len(set(keys)) == len(keys) > 3


def test_what_a_person_took_apart_stays_apart_when_it_is_screened_again(post) -> None:
    first, second = alike(post, 2)
    assert joining_campaigns.dissolve(card_of(first), "Moderator", NOW)
    assert card_of(alike(post, 2)[0]), "who comes later may be on one"
    screening.screen(second.pk, NOW)
    member = CampaignMember.objects.get(pk=second.pk)
    assert (member.campaign, member.apart) == (None, True)
    assert card_of(first) is None


@pytest.mark.parametrize("few", [1, 2, 5, 50])
def test_who_is_read_at_first_decides_nothing(post, monkeypatch, few: int) -> None:
    monkeypatch.setattr(campaign_candidates, "FEW", few)
    wave, apart = alike(post, 9), arrives(post, "Has anybody tried to grow garlic in the shade of a wall?")
    assert len({card_of(each) for each in wave}) == 1
    assert card_of(wave[0]).size == 9
    assert card_of(apart) is None
    near = [each.pk for each in reversed(wave)]
    assert [each.id for each in campaign_candidates.facts_of([*near, apart.pk], set())] == [*near, apart.pk]
    assert list(campaign_candidates.facts_of(near, {card_of(wave[0]).pk})) == []


def test_an_erasure_forgets_the_membership_and_everything_it_was_found_by(post, editor) -> None:
    first, _ = alike(post, 2)
    assert CampaignKey.objects.filter(comment=first).exists()
    decide(first, "erase", editor)
    for model in (CampaignKey, CampaignMember, CampaignTraces):
        assert not model.objects.filter(comment=first).exists(), model


def test_what_nothing_can_be_tied_to_any_more_is_forgotten(post) -> None:
    alike(post, 2)
    retention.expire(NOW + timedelta(days=20))
    assert CampaignTraces.objects.count() == 2
    retention.expire(NOW + timedelta(days=31))
    assert not CampaignTraces.objects.exists()
    assert not CampaignKey.objects.exists()
    assert CampaignMember.objects.count() == 2


def test_a_card_that_breaks_lets_nothing_pass(post, monkeypatch, caplog) -> None:
    monkeypatch.setattr(joining_campaigns, "_join", lambda *_: 1 / 0)
    first, second = alike(post, 2)
    assert first.status == second.status == "pending"
    assert card_of(second) is None
    assert "No card could be worked out" in caplog.text


def test_cards_that_a_newcomer_ties_together_become_one_and_the_old_address_leads_on(post, as_moderator) -> None:
    first, second = (
        "alpha beta gamma delta epsilon zeta eta theta",
        "river stone window garden lantern winter meadow bird",
    )
    one, _, _ = (arrives(post, f"{first} {first}{end}") for end in ("", " once", " twice"))
    other, _ = (arrives(post, f"{second} {second}{end}") for end in ("", " once"))
    old = card_of(other)
    assert card_of(one) != old
    both = arrives(post, f"{first} {first} {second} {second}")
    assert card_of(one) == card_of(other) == card_of(both)
    assert Campaign.objects.cards().get().size == 6
    answer = as_moderator.get(f"/moderation/campaigns/{old.pk}/")
    assert answer.headers["Location"] == f"/moderation/campaigns/{card_of(one).pk}/"


def test_the_queue_can_show_one_for_all_and_shows_the_next_when_that_one_is_decided(post, moderator) -> None:
    alone = arrives(post, "Has anybody tried to grow garlic in the shade of a wall? Ours came up late.")
    first, second, third = alike(post, 3)
    shown = Comment.objects.filter(~campaigns.hidden_behind_card(), status="pending").order_by("pk")
    assert list(shown.all()) == [alone, first]
    decide(first, "spam", moderator)
    assert list(shown.all()) == [alone, second]
    decision = decide(second, "approve", moderator)
    assert list(shown.all()) == [alone, third]
    decisions.undo(decision.pk, seen=decision.to_version, actor=person(moderator), now=NOW)
    assert list(shown.all()) == [alone, second]


def test_cards_of_a_page_of_comments_cost_two_queries(post, django_assert_num_queries) -> None:
    comments = alike(post, 3)
    alone = arrives(post, "Has anybody tried to grow garlic in the shade of a wall? Ours came up late.")
    with django_assert_num_queries(2):
        links = campaigns.cards_for([each.pk for each in [*comments, alone]])
    assert {pk: link.size for pk, link in links.items()} == {each.pk: 3 for each in comments}


def test_the_tenth_of_a_wave_costs_as_many_queries_as_the_thirtieth(post) -> None:
    comments = alike(post, 29)
    costs = []
    for comment in (comments[9], comments[-1]):
        with CaptureQueriesContext(connection) as queries:
            joining_campaigns.join(comment, comment.body, NOW)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_rows_by_which_a_wave_is_found_are_bounded(post, monkeypatch) -> None:
    monkeypatch.setattr(joining_campaigns, "FULL", 5)
    for at in range(12):
        arrives(post, TEXT, network=f"1:{at}")
    rows = CampaignKey.objects.values("key").annotate(n=Count("pk")).values_list("n", flat=True)
    assert max(rows) == 5
    assert card_of(Comment.objects.latest("pk")).size == 12
