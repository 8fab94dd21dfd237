"""Where counting or looking on would cost more than a moderator learns from it, the desk stops and says so."""

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments.models import Sender
from moderation import items, pages
from tests import cast
from tests.moderation.desk import decide

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("others", "says"), [(1, 1), (2, 2), (3, "2+"), (9, "2+")])
def test_comments_of_one_browser_are_counted_exactly_up_to_a_limit(
    others: int, says: object, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "MOST_OF_A_SENDER", 2)
    sender = Sender.objects.create()
    comment = cast.comment(post, "pending", sender=sender)
    for _ in range(others):
        cast.comment(post, "pending", sender=sender)
    cast.comment(post, "spam", sender=sender)
    found = items.gather([comment.pk])[0].history
    assert found.counts == (("pending", "Pending", says), ("spam", "Spam", 1))


def test_what_an_account_wrote_is_counted_by_the_account(post: Post) -> None:
    comment = cast.comment(post, user=post.author)
    cast.comment(post, "rejected", user=post.author, sender=Sender.objects.create())
    assert items.gather([comment.pk])[0].history.counts == (("rejected", "Rejected", 1),)


def test_the_log_of_one_post_is_looked_for_in_a_stretch_and_goes_on(
    post: Post, as_moderator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_SIFTED", 3)
    wanted = cast.comment(post, "pending")
    decide(as_moderator, wanted, "approve")
    other = cast.post(post.author, published_at=timezone.now())
    for _ in range(4):
        decide(as_moderator, cast.comment(other, "pending"), "approve")
    address = f"/moderation/log/?post={post.pk}"
    page = as_moderator.get(address)
    assert "Nothing in this stretch" in page.content.decode()
    assert page.context["log"].rows == []
    found = as_moderator.get(page.context["log"].next).context["log"].rows
    assert [row.comment_id for row in found] == [wanted.pk]
