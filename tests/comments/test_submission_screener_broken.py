"""A comment is stored before it is judged: whatever the screener does, it is there and waits for a person."""

import pytest
from pytest_django import Settings

from blog.models import Post
from comments.models import Comment
from moderation import installed_filter
from moderation.models import Decision, Review
from tests.comments import submissions
from tests.comments.submissions import LETTER, edit, send

HERE = "tests.comments.submissions."
BROKEN = [
    f"{HERE}raises",
    f"{HERE}runs_out_of_memory",
    f"{HERE}recurses",
    f"{HERE}fails_inside",
    f"{HERE}no_such_function",
    "no.such.module",
    "",
    f"{HERE}LETTER",  # no callable
]

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def open_post(post: Post) -> Post:
    """A post on which an ordinary comment would be public at once."""
    Post.objects.filter(pk=post.pk).update(mode="open")
    post.refresh_from_db()
    return post


def waits(comment: Comment) -> None:
    stored = Comment.objects.get(pk=comment.pk)
    assert (stored.status, stored.body, stored.version) == ("pending", LETTER, 1)
    assert stored.revisions.get().body == LETTER
    assert stored in Comment.objects.pending()
    assert not Decision.objects.exists()


def test_with_a_screener_that_works_the_comment_would_be_public(open_post: Post) -> None:
    assert send(open_post).status == "published"


@pytest.mark.parametrize("path", BROKEN)
def test_a_broken_or_missing_screener_leaves_it_waiting(open_post: Post, settings: Settings, path: str) -> None:
    settings.COMMENT_SCREENER = path
    waits(send(open_post))


@pytest.mark.django_db(transaction=True)
def test_a_screener_that_goes_past_the_door_into_a_constraint_leaves_it_waiting(
    open_post: Post, settings: Settings
) -> None:
    settings.COMMENT_SCREENER = f"{HERE}breaks_the_database"
    waits(send(open_post))


def test_a_filter_that_fails_holds_the_comment_and_says_so(open_post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed_filter.filters, "run", submissions.raises)
    waits(send(open_post))
    review = Review.objects.get()
    assert (review.outcome, review.error) == ("hold", "Outage: ")


def test_a_slow_screening_decides_nothing(open_post: Post, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SCREENING_SECONDS = 0.01
    monkeypatch.setattr(installed_filter.filters, "run", submissions.is_slow)
    waits(send(open_post))
    review = Review.objects.get()
    assert review.outcome == "hold"
    assert review.error.startswith("TimeoutError")
    assert review.milliseconds > 10


def test_an_edit_under_a_broken_screener_waits_too(open_post: Post, settings: Settings) -> None:
    comment = send(open_post)
    settings.COMMENT_SCREENER = f"{HERE}raises"
    edited = edit(comment, "Another text.")
    assert (edited.status, edited.body, edited.proposed_revision) == ("published", LETTER, 2)
    assert edited in Comment.objects.pending()
