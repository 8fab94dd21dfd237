"""The author of a post gets new comments by mail: those that are due together as one, and none of their own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post, User
from comments import outbox
from moderation.actors import person
from moderation.decisions import decide
from tests.comments.submissions import send
from tests.post_office import Office

pytestmark = pytest.mark.django_db


def approved(post: Post, moderator: User, number: int, **changes):
    comment = send(post, f"Comment number {number}, about hinges.", key=f"k{number}", **changes)
    decide(comment.pk, "approve", seen=1, actor=person(moderator))
    return comment


def deliver() -> outbox.Sent:
    return outbox.send_due(timezone.now() + timedelta(hours=1))


def test_twelve_comments_are_one_mail(post: Post, moderator: User, office: Office) -> None:
    comments = [approved(post, moderator, number) for number in range(12)]
    assert deliver().sent == 12
    (mail,) = office.mails
    assert (mail["To"], mail["Subject"]) == (post.author.email, "12 new comments on your posts")
    words = mail.get_content().split()
    links = [f"http://blog.example/comments/{comment.pk}/" for comment in comments]
    assert [link in words for link in links] == [True] * 10 + [False] * 2
    assert "And 2 more." in mail.get_content()


def test_one_is_named_by_its_post(post: Post, moderator: User, office: Office) -> None:
    approved(post, moderator, 1)
    deliver()
    assert office.subjects == [f"New comment on “{post.title}”"]


def test_of_several_only_those_still_public_are_told(post: Post, moderator: User, office: Office) -> None:
    kept, hidden = approved(post, moderator, 1), approved(post, moderator, 2)
    decide(hidden.pk, "spam", seen=2, actor=person(moderator))
    deliver()
    assert f"/comments/{kept.pk}/" in office.mails[0].get_content()
    assert f"/comments/{hidden.pk}/" not in office.mails[0].get_content()


def test_an_authors_own_comment_and_a_site_that_wants_none(post: Post, moderator: User, office, settings) -> None:
    assert send(post, "From the author.", user=post.author).is_published
    settings.NOTIFY_AUTHORS = False
    approved(post, moderator, 2)
    deliver()
    assert office.mails == []


def test_an_author_ends_these_mails_by_the_link_in_one(post: Post, moderator: User, office: Office) -> None:
    approved(post, moderator, 1)
    deliver()
    link = office.mails[0]["List-Unsubscribe"].strip(" <>")
    assert Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    approved(post, moderator, 2)
    deliver()
    assert len(office.mails) == 1
