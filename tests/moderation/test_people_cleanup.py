"""A ban can put away what the person sent lately, as one batch; lifting the ban can put it back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import User
from comments.models import Comment, Sender
from moderation import actors, cleanups, decisions, people
from moderation.models import Batch, Decision, Sanction
from tests import cast
from tests.moderation.asking import act, hold
from tests.moderation.desk import html, status_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(db: None) -> Sender:
    return Sender.objects.create()


def ban(client: Client, sender: Sender, **changes: object):
    sent = {"kind": "ban", "reason": "advertising", "message": "Watches.", "cleanup_days": "7", "cleanup": "spam"}
    return client.post(f"/moderation/people/browser/{sender.pk}/sanctions/", {**sent, **changes})


@pytest.mark.parametrize(("cleanup", "status", "reason"), [("spam", "spam", ""), ("reject", "rejected", "advertising")])
def test_what_they_sent_in_those_days_is_put_away_and_nothing_else(
    cleanup: str, status: str, reason: str, post, sender: Sender, moderator: User, as_moderator: Client
) -> None:
    meant = [cast.comment(post, sender=sender), cast.comment(post, "pending", sender=sender)]
    older = cast.comment(post, sender=sender, created_at=timezone.now() - timedelta(days=8))
    others, gone = cast.comment(post), cast.comment(post, "withdrawn", sender=sender)
    assert ban(as_moderator, sender, cleanup=cleanup).status_code == 303
    assert [status_of(comment) for comment in meant] == [status, status]
    assert [status_of(comment) for comment in (older, others, gone)] == ["published", "published", "withdrawn"]
    held = Sanction.objects.get()
    made = Decision.objects.filter(batch=held.cleanup)
    assert {(d.actor, d.reason, d.message) for d in made} == {(moderator, reason, "Watches.")}
    assert "2 comments put away." in html(as_moderator.get(f"/moderation/people/browser/{sender.pk}/"))


def test_each_of_them_has_a_statement_and_can_be_appealed(
    post, sender: Sender, as_moderator: Client, reader: Client
) -> None:
    comment = cast.comment(post, sender=sender)
    ban(as_moderator, sender)
    shown = html(reader.get(comment.status_address))
    assert "filed as spam" in shown
    assert "Watches." in shown
    assert 'name="decision"' in shown


def test_lifting_the_ban_puts_back_what_nobody_decided_about_since(
    post, sender: Sender, moderator: User, editor: User, as_moderator: Client
) -> None:
    back, since = cast.comment(post, sender=sender), cast.comment(post, "pending", sender=sender)
    ban(as_moderator, sender)
    act(since, "not_spam", editor)
    held = Sanction.objects.get()
    shown = html(as_moderator.get(f"/moderation/people/browser/{sender.pk}/"))
    assert 'name="undo_cleanup" value="1" checked' in shown
    response = as_moderator.post(f"/moderation/sanctions/{held.pk}/lift/", {"undo_cleanup": "1"}, follow=True)
    assert "1 comment put back, 1 left as decided since." in html(response)
    assert [status_of(comment) for comment in (back, since)] == ["published", "pending"]


def test_a_ban_can_be_lifted_without_that(post, sender: Sender, as_moderator: Client) -> None:
    comment = cast.comment(post, sender=sender)
    ban(as_moderator, sender)
    as_moderator.post(f"/moderation/sanctions/{Sanction.objects.get().pk}/lift/")
    assert status_of(comment) == "spam"


def test_a_ban_without_a_clean_up_leaves_their_comments(post, sender: Sender, as_moderator: Client) -> None:
    comment = cast.comment(post, sender=sender)
    ban(as_moderator, sender, cleanup_days="")
    assert status_of(comment) == "published"
    assert not Batch.objects.exists()


def test_only_a_ban_puts_comments_away(post, sender: Sender, moderator: User, as_moderator: Client) -> None:
    comment = cast.comment(post, sender=sender)
    ban(as_moderator, sender, kind="hold_always")
    assert status_of(comment) == "published"
    with pytest.raises(decisions.Impossible):
        cleanups.clean_up(
            hold("warn", sender, moderator), people.find("browser", sender.pk), "spam", 7,
            actor=actors.person(moderator), now=timezone.now(),
        )  # fmt: skip


def test_more_than_a_request_has_time_for_is_left_to_the_batch_and_goes_on(
    post, sender: Sender, as_moderator: Client, monkeypatch
) -> None:
    from moderation import batches

    comments = [cast.comment(post, "pending", sender=sender) for _ in range(5)]
    monkeypatch.setattr(cleanups, "SECONDS", 0)
    monkeypatch.setattr(batches.run, "__kwdefaults__", {"size": 2})
    ban(as_moderator, sender)
    assert Comment.objects.filter(status="spam").count() == 2
    assert "2 comments put away; the rest follows." in html(as_moderator.get("/moderation/people/"))
    batches.continue_all(timezone.now(), 30)
    assert {status_of(comment) for comment in comments} == {"spam"}
