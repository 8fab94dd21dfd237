"""What the filter cannot work without is said at the start, and holds comments where it was not heard."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from blog.models import Post
from comments.models import Comment
from moderation import installed_filter, setting_checks, snapshots
from moderation.classifier.prior import UnreadablePrior
from tests.comments.submissions import send


def broken(*_: object) -> None:
    raise UnreadablePrior("it is cut off")


def test_each_word_of_the_table_passes_the_check(settings) -> None:
    for word in ("strict", "normal", "relaxed"):
        settings.FILTER_STRICTNESS = word
        assert setting_checks.strictness_is_known(None) == []


def test_another_word_stops_the_start_and_says_which_there_are(settings) -> None:
    settings.FILTER_STRICTNESS = "harsh"
    with pytest.raises(SystemCheckError, match="'harsh' is not one of strict, normal, relaxed"):
        call_command("check")


def test_a_prior_that_cannot_be_read_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed_filter, "prior", broken)
    with pytest.raises(SystemCheckError, match="it is cut off"):
        call_command("check")


@pytest.mark.parametrize("place", ["prior", "snapshot", "strictness"])
def test_without_a_model_a_comment_waits_also_where_all_are_published(
    place: str, post: Post, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Post.objects.filter(pk=post.pk).update(mode="open")
    post.refresh_from_db()
    if place == "prior":
        monkeypatch.setattr(installed_filter, "prior", broken)
    elif place == "snapshot":
        monkeypatch.setattr(snapshots, "current", broken)
    else:
        settings.FILTER_STRICTNESS = "harsh"
    comment = send(post)
    assert comment.status == Comment.Status.PENDING
    assert comment.reviews.get().error
