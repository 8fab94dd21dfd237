"""What is held against people: who may do it, against whom, how it ends, and how it can be appealed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from blog.models import User
from comments.models import Comment, Sender
from moderation import actors, appeals, people, sanctions, screening
from moderation.decisions import NotAllowed
from moderation.models import Appeal, Sanction
from tests import cast
from tests.moderation.asking import act, asked, browser, deny, grant, hold
from tests.moderation.desk import html

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(db: None) -> Sender:
    return Sender.objects.create()


def test_a_warning_is_shown_until_it_was_read(post, sender: Sender, moderator: User, reader: Client) -> None:
    comment, other = cast.comment(post, sender=sender), cast.comment(post, sender=sender)
    hold("warn", sender, moderator, message="Leave her alone.", comment=comment)
    client, writing = browser(sender), f"/comments/on/{post.pk}/"
    for address in (comment.status_address, other.status_address, writing):
        assert "Leave her alone." in html(client.get(address))
    assert "Leave her alone." not in html(reader.get(writing))
    response = client.post(f"{other.status_address}understood/")
    assert (response.status_code, response.headers["Location"]) == (303, other.status_address)
    assert Sanction.objects.get().acknowledged_at
    for address in (comment.status_address, writing):
        assert "Leave her alone." not in html(client.get(address))


def test_nobody_elses_page_acknowledges_it(post, sender: Sender, moderator: User, reader: Client) -> None:
    hold("warn", sender, moderator, comment=cast.comment(post, sender=sender))
    reader.post(f"{cast.comment(post).status_address}understood/")
    assert Sanction.objects.get().acknowledged_at is None


def test_hold_always_holds_whatever_else_is_good_and_says_so(post, sender: Sender, moderator: User, settings) -> None:
    settings.COMMENTS_MODERATION_MODE = "open"
    act(cast.comment(post, "pending", sender=sender), "approve", moderator)
    free = cast.comment(post, "pending", sender=sender, seconds_on_form=90, body="A plain and honest sentence.")
    assert screening.screen(free.pk).outcome == "publish"
    hold("hold_always", sender, moderator)
    held = cast.comment(post, "pending", sender=sender, seconds_on_form=90, body="Another plain honest sentence here.")
    review = screening.screen(held.pk)
    assert (review.outcome, review.facts["hold_always"]) == ("hold", True)
    assert "a moderator holds everything that comes from here" in review.why
    other = cast.comment(post, "pending", sender=Sender.objects.create(), seconds_on_form=90, body="What a nice gate.")
    assert screening.screen(other.pk).outcome == "publish"


def test_hold_always_holds_an_account_of_the_staff_too(post, author: User, moderator: User) -> None:
    somebody = people.find("account", author.pk)
    actor = actors.person(moderator)
    sanctions.impose(somebody, "hold_always", actor=actor, reason="off_topic", now=timezone.now())
    comment = cast.comment(post, "pending", user=author)
    assert screening.screen(comment.pk).outcome == "hold"


@pytest.mark.parametrize(
    ("kind", "changes", "says"),
    [
        ("suspend", {"until": None}, "Say until when"),
        ("suspend", {"until": timezone.now() - timedelta(days=1)}, "Say until when"),
        ("ban", {"reason": ""}, "Choose a reason"),
        ("ban", {"reason": "because"}, "Choose a reason"),
        ("ban", {"reason": "other"}, "what the other reason is"),
        ("exile", {}, "not one of the measures"),
    ],
)
def test_what_is_missing_or_odd_is_refused(
    kind: str, changes: dict, says: str, sender: Sender, moderator: User
) -> None:
    with pytest.raises(sanctions.SanctionRefused, match=says):
        hold(kind, sender, moderator, **changes)
    assert not Sanction.objects.exists()


def test_nobody_is_held_by_who_may_not_decide(sender: Sender, author: User, stranger: User, moderator: User) -> None:
    held = hold("ban", sender, moderator)
    for who in (author, stranger):
        with pytest.raises(NotAllowed):
            hold("warn", sender, who)
        with pytest.raises(NotAllowed):
            sanctions.end(held.pk, actor=actors.person(who), now=timezone.now())
    assert Sanction.objects.get().ended_at is None


def test_nobody_holds_anything_against_themselves_or_who_runs_the_site(moderator: User) -> None:
    chief = cast.person("chief", "Editors", is_superuser=True)
    for user in (moderator, chief):
        somebody = people.find("account", user.pk)
        with pytest.raises(sanctions.SanctionRefused):
            sanctions.impose(somebody, "ban", actor=actors.person(moderator), reason="spam", now=timezone.now())


def test_a_network_is_not_warned_and_a_comment_of_somebody_else_is_no_cause(
    post, sender: Sender, moderator: User
) -> None:
    place = people.find("network", cast.comment(post, network="9000:ab").pk)
    with pytest.raises(sanctions.SanctionRefused, match="cannot be warned"):
        sanctions.impose(place, "warn", actor=actors.person(moderator), reason="spam", now=timezone.now())
    with pytest.raises(sanctions.SanctionRefused, match="somebody else"):
        hold("ban", sender, moderator, comment=cast.comment(post))


def test_the_database_takes_no_measure_against_two_or_nobody(sender: Sender, moderator: User) -> None:
    for columns in ({}, {"sender": sender, "network": "1:ab"}, {"sender": sender, "user": moderator}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sanction.objects.create(kind="ban", reason="spam", made_by_name="x", **columns)


def test_it_is_lifted_once_and_stays_on_the_record(sender: Sender, moderator: User, editor: User) -> None:
    held = hold("ban", sender, moderator)
    sanctions.end(held.pk, actor=actors.person(editor), now=timezone.now())
    with pytest.raises(sanctions.SanctionRefused, match=str(editor)):
        sanctions.end(held.pk, actor=actors.person(moderator), now=timezone.now())
    kept = Sanction.objects.get()
    assert (kept.ended_by, kept.ended_by_name, kept.made_by_name) == (editor, str(editor), str(moderator))


def test_who_is_held_asks_again_and_a_grant_lifts_it(post, sender: Sender, moderator: User, editor: User) -> None:
    comment = cast.comment(post, sender=sender)
    held = hold("ban", sender, moderator, comment=comment)
    assert f'name="sanction" value="{held.pk}"' in html(Client().get(comment.status_address))
    appeal = asked(comment, sanction=held.pk)
    with pytest.raises(appeals.AlreadyAppealed):
        asked(comment, sanction=held.pk)
    with pytest.raises(appeals.OwnDecision):
        grant(appeal, moderator)
    grant(appeal, editor, "Agreed.")
    assert Sanction.objects.get().ended_by == editor
    shown = html(Client().get(comment.status_address))
    assert "Agreed." in shown
    assert "No comments are taken" not in shown


def test_lifting_it_by_the_normal_way_grants_and_denying_leaves_it(
    post, sender: Sender, moderator: User, editor: User
) -> None:
    comment = cast.comment(post, sender=sender)
    first, second = hold("ban", sender, moderator), hold("hold_always", sender, moderator)
    deny(asked(comment, sanction=first.pk), editor)
    asked(comment, sanction=second.pk)
    sanctions.end(second.pk, actor=actors.person(moderator), now=timezone.now())
    assert [appeal.state for appeal in Appeal.objects.order_by("pk")] == ["denied", "granted"]
    assert Sanction.objects.get(pk=first.pk).ended_at is None


def test_a_warning_or_what_is_held_against_others_cannot_be_appealed(post, sender: Sender, moderator: User) -> None:
    comment = cast.comment(post, sender=sender)
    warned, others = hold("warn", sender, moderator), hold("ban", Sender.objects.create(), moderator)
    for held in (warned, others):
        with pytest.raises(appeals.NothingToAppeal):
            asked(comment, sanction=held.pk)


def test_a_deleted_account_leaves_what_it_imposed_in_force(post, sender: Sender, moderator: User) -> None:
    hold("ban", sender, moderator)
    moderator.delete()
    kept = Sanction.objects.get()
    assert (kept.made_by, kept.made_by_name) == (None, "Moderator")
    assert sanctions.refusal_for(user=None, sender=sender, network="", now=timezone.now())
    assert not Comment.objects.exists()
