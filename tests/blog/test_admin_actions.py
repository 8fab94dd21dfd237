"""Publishing, unpublishing and deleting from the list go through the same door, post by post."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post, Revision, User
from blog.search import search
from tests import cast


def act(client: Client, action: str, *posts: Post):
    data = {"action": action, "_selected_action": [str(post.pk) for post in posts]}
    return client.post("/admin/blog/post/", data, follow=True)


def test_ticked_drafts_are_published_with_a_revision_each(as_author: Client, author: User) -> None:
    drafts = [cast.draft(author), cast.draft(author)]
    assert "2 posts published." in act(as_author, "publish_ticked", *drafts).text
    assert Post.objects.published().count() == 2
    assert Revision.objects.count() == 2


def test_publish_now_brings_a_scheduled_post_forward(as_author: Client, author: User) -> None:
    later = cast.post(author, published_at=timezone.now() + timedelta(days=9))
    act(as_author, "publish_ticked", later)
    assert Post.objects.published().filter(pk=later.pk).exists()


def test_what_is_so_already_is_left_alone(as_author: Client, post: Post) -> None:
    assert "No post had to be published." in act(as_author, "publish_ticked", post).text
    assert Post.objects.get().version == 1


def test_unpublished_posts_vanish(as_author: Client, post: Post, reader: Client) -> None:
    act(as_author, "unpublish_ticked", post)
    assert reader.get(post.get_absolute_url()).status_code == 404


def test_one_that_cannot_be_published_does_not_stop_the_others(as_author: Client, author: User) -> None:
    cast.post(author, slug="same", published_at=timezone.now())
    clash, fine = cast.draft(author, slug="same"), cast.draft(author)
    answer = act(as_author, "publish_ticked", clash, fine)
    assert "was not published" in answer.text
    assert "1 post published." in answer.text


def test_editors_act_on_every_post(as_editor: Client, author: User) -> None:
    draft = cast.draft(author)
    act(as_editor, "publish_ticked", draft)
    assert Revision.objects.get(post=draft).saved_by_name == "Editor"


@pytest.mark.parametrize("status", ["published", "pending", "spam"])
def test_a_post_with_comments_stays(as_author: Client, post: Post, status: str) -> None:
    cast.comment(post, status)
    page = as_author.get(f"/admin/blog/post/{post.pk}/delete/")
    assert "Unpublish it instead" in page.text
    as_author.post(f"/admin/blog/post/{post.pk}/delete/", {"post": "yes"})
    assert Post.objects.filter(pk=post.pk).exists()


def test_a_post_without_comments_goes_with_its_place_in_search(as_author: Client, author: User) -> None:
    draft = cast.draft(author, source="A zeppelin.")
    act(as_author, "publish_ticked", draft)
    assert search("zeppelin", timezone.now()).hits
    as_author.post(f"/admin/blog/post/{draft.pk}/delete/", {"post": "yes"})
    assert not Post.objects.exists()
    assert not search("zeppelin", timezone.now()).hits
