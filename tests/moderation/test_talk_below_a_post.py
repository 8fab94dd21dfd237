"""What a comment is compared with beside its post: the public talk below it, and nothing that strangers do not see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Post
from comments.models import Comment
from moderation import around
from moderation.filters.reading import TextReading
from tests import cast

pytestmark = pytest.mark.django_db
SAID = "My hinges came from an abandoned lighthouse, forged by a shipwright."


def words_of_the_talk(comment: Comment) -> int | None:
    comment = Comment.objects.select_related("post").get(pk=comment.pk)
    return around.relevance_of(comment, TextReading("body", comment.body)).thread


@pytest.fixture
def newcomer(post: Post) -> Comment:
    return cast.comment(post, "pending", body="Which lighthouse was it, and who was the shipwright?")


def test_the_public_comments_of_a_public_post(post: Post, newcomer: Comment) -> None:
    cast.comment(post, body=SAID)
    assert words_of_the_talk(newcomer) == 2


@pytest.mark.parametrize("status", ["pending", "rejected", "spam"])
def test_no_other_comments(status: str, post: Post, newcomer: Comment) -> None:
    cast.comment(post, status, body=SAID)
    assert words_of_the_talk(newcomer) is None


def test_not_those_of_another_post(post: Post, newcomer: Comment) -> None:
    cast.comment(cast.post(post.author, slug="another"), body=SAID)
    assert words_of_the_talk(newcomer) is None


@pytest.mark.parametrize(
    "changes", [{"status": "draft"}, {"published_at": timezone.now() + timedelta(days=1)}], ids=["draft", "later"]
)
def test_none_of_a_post_that_is_not_public(changes: dict, post: Post, newcomer: Comment) -> None:
    cast.comment(post, body=SAID)
    Post.objects.filter(pk=post.pk).update(**changes)
    assert words_of_the_talk(newcomer) is None
