"""Spam is erased when its retention ends, by a decision of its own; nothing else is."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from blog.models import Post
from comments.models import Bucket, Comment
from moderation.models import Decision
from moderation.retention import RULE, expire
from tests import cast

pytestmark = pytest.mark.django_db
STATUS = Comment.Status


def test_old_spam_loses_its_text_and_keeps_its_place(post: Post) -> None:
    now = timezone.now()
    old = cast.comment(post, STATUS.SPAM, created_at=now - timedelta(days=91), email="somebody@people.example")
    reply = cast.comment(post, parent=old)
    assert expire(now).erased == 1
    old.refresh_from_db()
    assert (old.status, old.body, old.name, old.email, old.html) == (STATUS.ERASED, "", "", "", "")
    assert old.revisions.get().body == ""
    reply.refresh_from_db()
    assert reply.is_published


def test_the_erasure_is_in_the_log_under_its_rule(post: Post) -> None:
    now = timezone.now()
    cast.comment(post, STATUS.SPAM, created_at=now - timedelta(days=91))
    expire(now)
    decision = Decision.objects.get()
    assert (decision.action, decision.actor_kind, decision.actor_name) == ("erase", "system", RULE)
    assert (decision.from_status, decision.to_status) == (STATUS.SPAM, STATUS.ERASED)


def test_young_spam_and_every_other_state_stay(post: Post) -> None:
    now = timezone.now()
    cast.comment(post, STATUS.SPAM, created_at=now - timedelta(days=89))
    for status in (STATUS.PENDING, STATUS.PUBLISHED, STATUS.REJECTED, STATUS.WITHDRAWN):
        cast.comment(post, status, created_at=now - timedelta(days=900))
    before = list(Comment.objects.order_by("pk").values())
    assert expire(now).erased == 0
    assert list(Comment.objects.order_by("pk").values()) == before


def test_the_command_says_what_it_did(post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    cast.comment(post, STATUS.SPAM, created_at=timezone.now() - timedelta(days=91))
    Bucket.objects.create(key="network:old", full_at=1)
    call_command("expire")
    assert "Erased 1 comments" in capsys.readouterr().out
    assert not Bucket.objects.exists()
