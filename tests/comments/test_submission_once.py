"""One form makes one comment, however often it arrives."""

import pytest
from django.db import IntegrityError
from django.utils import timezone
from pytest_django import Settings

from blog.models import Post
from comments import submission
from comments.models import Comment, Sender
from moderation.models import Review
from tests import cast
from tests.comments.submissions import ORIGIN, draft, send
from tests.together import together


def test_the_same_form_sent_again_gives_the_comment_that_is_there(post: Post) -> None:
    first = send(post)
    assert send(post) == first
    assert (Comment.objects.count(), Sender.objects.count(), Review.objects.count()) == (1, 1, 1)


def test_it_gives_it_also_after_its_author_edited_it(post: Post, settings: Settings) -> None:
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
    first = send(post, "First.")
    submission.edit(first, "Second.", "<p>Second.</p>", 1, None, timezone.now())
    assert send(post, "First.").body == "Second."


def test_a_form_used_for_another_text_is_refused_in_words(post: Post) -> None:
    send(post, "First.")
    with pytest.raises(submission.KeyUsed, match="sent before with another text"):
        send(post, "Second.")
    assert Comment.objects.get().body == "First."


@pytest.mark.django_db(transaction=True)
def test_the_same_form_eight_times_at_once_is_one_comment(post: Post) -> None:
    for number in range(10):
        made = together(*[lambda key=f"key-{number}": send(post, key=key)] * 8)
        assert [outcome for outcome in made if isinstance(outcome, Exception)] == []
        assert len({comment.pk for comment in made}) == 1
    assert Comment.objects.count() == Sender.objects.count() == 10
    assert Review.objects.count() == 10, "only the one that was stored is judged"


@pytest.mark.django_db(transaction=True)
def test_the_same_form_at_once_with_two_texts_keeps_one_and_refuses_the_other(post: Post) -> None:
    both = together(lambda: send(post, "First."), lambda: send(post, "Second."))
    (kept,) = [outcome for outcome in both if isinstance(outcome, Comment)]
    (refused,) = [outcome for outcome in both if not isinstance(outcome, Comment)]
    assert isinstance(refused, submission.KeyUsed)
    assert Comment.objects.get() == kept


def test_two_steps_that_collide_are_tried_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = cast.comment(post)
    steps = iter([taken.path, taken.path, "z" * 12])
    monkeypatch.setattr(submission, "new_step", lambda now: next(steps))
    made = submission.store(post, None, draft(), ORIGIN, "key", timezone.now())
    assert made.path == "z" * 12
    assert Sender.objects.count() == 1, "a failed try left its sender behind"


def test_a_collision_that_does_not_end_is_an_error_and_stores_nothing(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = cast.comment(post)
    monkeypatch.setattr(submission, "new_step", lambda now: taken.path)
    with pytest.raises(IntegrityError):
        submission.store(post, None, draft(), ORIGIN, "key", timezone.now())
    assert Comment.objects.get() == taken
    assert not Sender.objects.exists()
