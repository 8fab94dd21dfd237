"""Who works on this site is known by the account, and nobody else can look like it by typing."""

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from tests.comments.sending import LETTER, send

STAFF_LIKE = [
    "\u0410dmin", "adm\u0131n", "ad\u00admin", "\uff41\uff44\uff4d\uff49\uff4e", "rnoderator", "ADMIN", "a d m i n",
    "@dmin", "adm1n", "M\u00f6derator", "\u00adGatepost", "AUTHOR", "auth0r", "\u0430uthor",
]  # fmt: skip


@pytest.mark.parametrize("name", STAFF_LIKE)
def test_a_name_like_that_of_the_staff_is_refused_with_the_text(
    reader: Client, post: Post, name: str, author: User
) -> None:
    refused = send(reader, post, name=name)
    assert refused.status_code == 422
    assert LETTER in refused.content.decode()


def test_a_badge_comes_from_the_account_alone(reader: Client, post: Post, as_author: Client) -> None:
    send(reader, post, name="Cora \u2713 Author of the site", body='<span class="badge">Author</span>')
    assert Comment.objects.count() == 1
    send(as_author, post, body="From the author.", name="Somebody else")
    assert list(Comment.objects.order_by("pk").values_list("name", flat=True)[1:]) == [str(post.author)]
    Comment.objects.update(status="published", published_at=timezone.now())
    page = reader.get(post.get_absolute_url()).content.decode()
    assert page.count('<span class="badge">') == 1


def test_who_is_no_longer_staff_writes_as_a_guest(post: Post, as_author: Client, author: User) -> None:
    User.objects.filter(pk=author.pk).update(is_staff=False)
    assert send(as_author, post, name="").status_code == 422
    assert send(as_author, post, name="Cora").status_code == 303
    assert Comment.objects.get().user is None
