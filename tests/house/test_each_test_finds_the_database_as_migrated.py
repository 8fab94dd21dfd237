"""Tests that commit leave nothing behind, and take nothing away that migrations wrote."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction

from blog.models import Post
from comments.models import Comment
from moderation.actors import person
from moderation.decisions import decide
from moderation.models import Decision
from tests import cast

GROUPS = ["Authors", "Editors", "Moderators"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_number", [1, 2])
def test_a_committed_decision_is_gone_in_the_next_test(round_number: int) -> None:
    assert not Decision.objects.exists()
    assert not ContentType.objects.filter(app_label="none").exists()
    assert sorted(Group.objects.values_list("name", flat=True)) == GROUPS
    waiting = cast.comment(cast.post(cast.person("author", "Authors")), Comment.Status.PENDING)
    decide(waiting.pk, "approve", seen=waiting.version, actor=person(cast.person("moderator", "Moderators")))
    assert Decision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_append_only_triggers_are_back_after_a_flush(post: Post) -> None:
    waiting = cast.comment(post, Comment.Status.PENDING)
    decision = decide(waiting.pk, "approve", seen=waiting.version, actor=person(cast.person("moderator", "Moderators")))
    for change in (lambda rows: rows.delete(), lambda rows: rows.update(actor_name="rewritten")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(Decision.objects.filter(pk=decision.pk))
    assert Decision.objects.get().actor_name == "Moderator"


def test_the_tests_run_on_a_database_file_or_server_like_production(db: None) -> None:
    name = str(connection.settings_dict["NAME"])
    assert ":memory:" not in name
    assert "mode=memory" not in name
