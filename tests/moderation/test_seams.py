"""Where parts of the desk meet: what one of them does must not be taken for what another one means."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import User
from comments.models import Comment
from moderation import appeals, digest, joining_campaigns, standing_orders
from moderation.actors import person, system
from moderation.decisions import Impossible, decide, undo
from moderation.models import CampaignMember, Decision, IllegalContentNotice
from moderation.retention import expire
from moderation.screening import screen
from tests import cast
from tests.comments.submissions import send
from tests.moderation.complaints import notice_about, report
from tests.moderation.desk import status_of

pytestmark = pytest.mark.django_db
WAVE = "Dear number {0}, our clinic restores your hearing within nine weeks, no pill is needed https://gold.example/{0}"


@pytest.fixture
def ordered(post, moderator: User):
    """A card of three, filed as spam by the moderator with an order for what arrives later, in open mode."""
    from moderation import batches

    post.mode = "open"
    post.save(update_fields=["mode"])
    for number in range(4):
        send(post, WAVE.format(number), key=f"wave-{number}", network=f"1:{number}")
    card = CampaignMember.objects.filter(campaign__isnull=False).first().campaign
    batch = batches.start(
        "spam", actor=person(moderator), chosen={"tab": "pending", "card": card.pk}, now=timezone.now()
    )
    standing_orders.give(card, batch, actor=person(moderator), now=timezone.now())
    batches.run(batch.pk, now=timezone.now(), seconds=9)
    return card


def test_an_order_that_breaks_lets_nothing_through(post, ordered, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*args: object) -> bool:
        raise RuntimeError

    monkeypatch.setattr(standing_orders, "_carry_out", breaks)
    late = send(post, WAVE.format(9), key="late", network="1:9")
    assert late.status == "pending"


def test_a_card_that_cannot_be_worked_out_lets_nothing_through(post, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*args: object) -> None:
        raise RuntimeError

    post.mode = "open"
    post.save(update_fields=["mode"])
    assert send(post, key="before").status == "published"
    monkeypatch.setattr(joining_campaigns, "_join", breaks)
    assert send(post, "Another honest letter about the hinges of the gate.", key="after").status == "pending"


def test_an_order_leaves_alone_what_a_person_looked_at(post, ordered, editor: User) -> None:
    late = send(post, WAVE.format(9), key="late", network="1:9")
    assert late.status == "spam"
    decide(late.pk, "not_spam", seen=late.version, actor=person(editor))
    CampaignMember.objects.update(apart=False)
    screen(late.pk)
    assert status_of(late) == "pending"
    assert Decision.objects.filter(comment=late).order_by("-pk").first().actor_name == str(editor)


def test_what_staff_write_joins_no_card(post, ordered, editor: User) -> None:
    answer = send(post, WAVE.format(9), key="staff", user=editor)
    assert answer.status == "published"
    assert not CampaignMember.objects.filter(pk=answer.pk, campaign__isnull=False).exists()


def test_one_comment_that_was_filed_late_holds_up_the_end_of_no_other(post, settings) -> None:
    now = timezone.now()
    old = {"created_at": now - timedelta(days=100)}
    filed, due = cast.comment(post, "pending", **old), cast.comment(post, "spam", **old)
    decide(filed.pk, "spam", seen=1, actor=system("policy-2"), now=now - timedelta(days=1))
    assert expire(now).erased == 1
    assert (status_of(filed), status_of(due)) == ("spam", "erased")


def test_spam_is_not_erased_under_an_open_appeal(post) -> None:
    now = timezone.now()
    comment = cast.comment(post, "pending", created_at=now - timedelta(days=200))
    made = decide(comment.pk, "spam", seen=1, actor=system("policy-2"), now=now - timedelta(days=100))
    appeals.file(comment.pk, "It is none, please look.", decision=made.pk, now=now)
    with pytest.raises(Impossible, match="asked again"):
        decide(comment.pk, "erase", seen=2, actor=system("retention-1"), now=now)


def test_undoing_an_approval_settles_what_was_reported_in_between(post, moderator: User) -> None:
    comment = cast.comment(post, "pending")
    decide(comment.pk, "reject", seen=1, actor=person(moderator), reason="spam")
    approved = decide(comment.pk, "approve", seen=2, actor=person(moderator))
    report(comment)
    assert Comment.objects.get(pk=comment.pk).open_reports == 1
    undo(approved.pk, seen=3, actor=person(moderator))
    assert Comment.objects.get(pk=comment.pk).open_reports == 0
    assert not Comment.objects.pending().filter(pk=comment.pk).exists()


def test_an_open_notice_alone_is_news_for_the_moderators(post) -> None:
    assert digest.oldest_waiting() is None
    notice_about(cast.comment(post))
    assert digest.oldest_waiting() is not None


def test_erasing_one_of_several_noticed_comments_keeps_the_grounds_of_an_open_notice(post, editor: User) -> None:
    one, other = cast.comment(post), cast.comment(post)
    notice = notice_about(one, other)
    decide(one.pk, "erase", seen=1, actor=person(editor))
    assert IllegalContentNotice.objects.get(pk=notice.pk).why
    decide(other.pk, "erase", seen=1, actor=person(editor))
    alone = notice_about(third := cast.comment(post))
    decide(third.pk, "erase", seen=1, actor=person(editor))
    assert not IllegalContentNotice.objects.get(pk=alone.pk).why
