"""A link of the digest: GET shows, POST decides as that moderator; once, for three days, past no second factor."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from blog.models import Post, User
from comments import mail_links, outbox
from comments.models import Comment
from moderation import digest
from moderation.actors import person
from moderation.decisions import decide
from moderation.models import Decision
from tests import cast
from tests.moderation.desk import html, status_of
from tests.post_office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(post: Post) -> Comment:
    return cast.comment(post, "pending", name="Cora", body="See https://a-link.example/x <b>now</b>")


def link(user: User, comment: Comment, *, purpose: str = digest.DECIDE, now: datetime | None = None) -> str:
    token = mail_links.make(purpose, user.pk, comment.pk, comment.version, now=now or timezone.now())
    return reverse("moderation:decide_by_mail", args=[token])


def test_the_link_from_the_mail_decides_in_a_browser_that_nobody_logged_in_with(
    moderator: User, comment: Comment, office: Office
) -> None:
    digest.enqueue(timezone.now())
    outbox.send_due(timezone.now() + timedelta(seconds=1))
    text = office.to(moderator.email)[0].get_content()
    found = next(word for word in text.split() if "/moderation/mail/" in word).removeprefix("http://blog.example")
    browser = Client(enforce_csrf_checks=True)
    page = html(browser.get(found))
    assert "See https://a-link.example/x &lt;b&gt;now" in page
    assert 'href="https://a-link' not in page
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert browser.post(found, {"action": "approve"}).status_code == 403
    assert status_of(comment) == "pending"
    assert browser.post(found, {"action": "approve", "csrfmiddlewaretoken": token}).status_code == 200
    assert status_of(comment) == "published"
    assert Decision.objects.get().actor_id == moderator.pk


def test_a_scanner_that_follows_the_link_decides_nothing(moderator: User, comment: Comment) -> None:
    for method in ("get", "head", "options"):
        answer = getattr(Client(), method)(link(moderator, comment) + "?action=approve")
        assert answer.status_code in (200, 405)
    assert not Decision.objects.exists()


def test_used_a_second_time_it_says_so(moderator: User, comment: Comment) -> None:
    address = link(moderator, comment)
    assert Client().post(address, {"action": "spam"}).status_code == 200
    for answer in (Client().post(address, {"action": "approve"}), Client().get(address)):
        assert answer.status_code == 409
        assert "Marked as spam by <bdi>Moderator</bdi>" in html(answer)
        assert "It was you" in html(answer)
    assert Decision.objects.count() == 1


def test_somebody_else_was_faster(moderator: User, editor: User, comment: Comment) -> None:
    decide(comment.pk, "reject", seen=1, actor=person(editor), reason="hate")
    answer = Client().post(link(moderator, comment), {"action": "approve"})
    assert answer.status_code == 409
    assert "Rejected by <bdi>Editor</bdi>" in html(answer)
    assert status_of(comment) == "rejected"


def test_a_rejection_needs_its_reason(moderator: User, comment: Comment) -> None:
    address = link(moderator, comment)
    for wrong in (
        {"action": "reject"},
        {"action": "erase"},
        {"action": "hold"},
        {},
        {"action": "approve", "note": "x" * 1001},
    ):
        answer = Client().post(address, wrong)
        assert answer.status_code == 422, wrong
        assert "Nothing was decided." in html(answer)
    assert Client().post(address, {"action": "reject", "reason": "off_topic"}).status_code == 200
    assert status_of(comment) == "rejected"


def test_a_link_that_is_old_forged_or_for_something_else_does_nothing(moderator: User, comment: Comment) -> None:
    now = timezone.now()
    good = link(moderator, comment)
    bad = [
        link(moderator, comment, now=now - timedelta(days=3, minutes=1)),
        link(moderator, comment, purpose=mail_links.CONFIRM),
        link(moderator, comment, purpose=mail_links.STOP),
        good[:-2] + "x/",
        reverse("moderation:decide_by_mail", args=["x"]),
    ]
    for address in bad:
        for answer in (Client().get(address), Client().post(address, {"action": "approve"})):
            assert answer.status_code == 403, address
            assert "Cora" not in html(answer)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("change", ["inactive", "no group", "not staff", "deleted"])
def test_it_dies_with_the_moderators_rights(moderator: User, comment: Comment, change: str) -> None:
    address = link(moderator, comment)
    if change == "no group":
        moderator.groups.clear()
    elif change == "deleted":
        moderator.delete()
    else:
        User.objects.update(**{"is_active" if change == "inactive" else "is_staff": False})
    for answer in (Client().get(address), Client().post(address, {"action": "approve"})):
        assert answer.status_code == 403
        assert "Cora" not in html(answer)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("asked_by", ["the site", "the account"])
def test_it_never_goes_round_a_second_factor(moderator, comment: Comment, office, settings, asked_by: str) -> None:
    address = link(moderator, comment)
    if asked_by == "the site":
        settings.STAFF_SECOND_FACTOR_REQUIRED = True
    else:
        TOTPDevice.objects.create(user=moderator, confirmed=True)
    for answer in (Client().get(address), Client().post(address, {"action": "approve"})):
        assert answer.headers["Location"] == reverse("moderation:item", args=[comment.pk])
    assert not Decision.objects.exists()
    digest.enqueue(timezone.now())
    outbox.send_due(timezone.now() + timedelta(seconds=1))
    text = office.to(moderator.email)[0].get_content()
    assert f"http://blog.example/moderation/comments/{comment.pk}/" in text
    assert text.count("/moderation/mail/") == 1, "only the page of its settings"
