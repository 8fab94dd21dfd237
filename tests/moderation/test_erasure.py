"""After an erasure nothing that a person wrote is in any table; the place in the thread and the log stay."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from moderation.actors import person, system
from moderation.decisions import Impossible, decide
from moderation.models import Decision, Rule
from tests.comments.submissions import edit, send

SECRETS = ("zanzibar", "quokka", "marzipan", "tintinnabulation", "rutabaga")
NAME, MAIL, SITE, TEXT, EDITED = SECRETS


def everything_stored() -> str:
    """All rows of all tables as one text."""
    return "\n".join(str(row) for model in apps.get_models() for row in model.objects.values()).lower()


@pytest.fixture
def comment(post: Post) -> Comment:
    Rule.objects.create(kind="domain", text="links.example", effect="hold")
    typed = {"name": f"Mx {NAME}", "email": f"{MAIL}@mail.example", "website": f"https://{SITE}.example/"}
    sent = send(post, f"A word: {TEXT} and https://links.example/{TEXT} too.", typed=typed, user_agent="Some browser")
    return edit(sent, f"Another: {EDITED}.")


def test_an_editor_erases_every_word_from_every_table(comment: Comment, editor: User) -> None:
    assert all(secret in everything_stored() for secret in SECRETS)
    before = Comment.objects.get(pk=comment.pk)
    decide(comment.pk, "erase", seen=comment.version, actor=person(editor))
    stored = everything_stored()
    assert [secret for secret in (*SECRETS, "some browser") if secret in stored] == []
    after = Comment.objects.get(pk=comment.pk)
    assert (after.path, after.post_id, after.created_at) == (before.path, before.post_id, before.created_at)
    assert (after.status, after.sender, after.network, after.submission_key) == ("erased", None, "", None)
    assert after.capability != before.capability, "the private address must lead nowhere"


def test_the_log_of_an_erased_comment_stays(comment: Comment, editor: User) -> None:
    before = list(Decision.objects.values())
    decide(comment.pk, "erase", seen=comment.version, actor=person(editor))
    assert list(Decision.objects.order_by("pk").values())[:-1] == before


def test_the_machine_erases_spam_only_after_its_retention(comment: Comment, moderator: User) -> None:
    now = timezone.now()
    decide(comment.pk, "spam", seen=comment.version, actor=person(moderator), now=now)
    seen = comment.version + 1
    with pytest.raises(Impossible, match="90 days"):
        decide(comment.pk, "erase", seen=seen, actor=system("retention-1"), now=now + timedelta(days=89, hours=23))
    decide(comment.pk, "erase", seen=seen, actor=system("retention-1"), now=now + timedelta(days=90))
    assert TEXT not in everything_stored()


@pytest.mark.parametrize("status", ["pending", "published", "rejected", "withdrawn"])
def test_the_machine_erases_nothing_else(comment: Comment, status: str) -> None:
    Comment.objects.filter(pk=comment.pk).update(status=status, published_at=timezone.now())
    with pytest.raises(Impossible):
        decide(
            comment.pk,
            "erase",
            seen=comment.version,
            actor=system("retention-1"),
            now=timezone.now() + timedelta(days=4000),
        )
