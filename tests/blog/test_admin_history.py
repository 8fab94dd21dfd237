"""Revisions can be read as differences, and brought back."""

import pytest
from django.test import Client

from blog.editing import save_post
from blog.models import Post, User
from tests import cast


@pytest.fixture
def written(author: User, editor: User) -> Post:
    post = save_post(Post(author=author, title="First title", source="One.\nTwo.\nThree."), by=author, seen=None)
    post.source = "One.\nTwo and a half.\nThree."
    save_post(post, by=editor, seen=1)
    post.title, post.source = "Third title", "One.\nTwo and a half.\nThree.\nFour <script>."
    return save_post(post, by=author, seen=2)


def page(client: Client, post: Post, query: str = ""):
    return client.get(f"/admin/blog/post/{post.pk}/history/{query}")


def test_the_list_says_who_saved_what(as_author: Client, written: Post) -> None:
    answer = page(as_author, written)
    assert [(r.number, r.saved_by_name) for r in answer.context["page"]] == [
        (3, "Author"),
        (2, "Editor"),
        (1, "Author"),
    ]
    assert "First title" in answer.text


def test_any_two_are_compared_word_by_word(as_author: Client, written: Post) -> None:
    answer = page(as_author, written, "?old=1&new=2")
    assert '<ins><span class="visually-hidden">New: </span>Two<b> and a half</b>.</ins>' in answer.text
    assert '<del><span class="visually-hidden">Gone: </span>Two.</del>' in answer.text
    assert [label for label, _ in answer.context["changes"]] == ["Text"]


def test_one_is_compared_with_what_is_stored_now(as_author: Client, written: Post) -> None:
    answer = page(as_author, written, "?old=1")
    assert [label for label, _ in answer.context["changes"]] == ["Title", "Text"]
    assert "Four &lt;script&gt;." in answer.text


@pytest.mark.parametrize(
    "query", ["?old=9", "?old=x", "?old=1&new=99", "?old=-1", "?old=" + "9" * 30, "?page=9", "?page=x"]
)
def test_versions_that_there_are_not_are_absent(as_author: Client, written: Post, query: str) -> None:
    assert page(as_author, written, query).status_code == 404


def test_restoring_asks_first_and_then_saves_anew(as_author: Client, written: Post) -> None:
    address = f"/admin/blog/post/{written.pk}/history/1/restore/"
    assert as_author.get(address).status_code == 200
    assert Post.objects.get().version == 3
    as_author.post(address, {"seen": "3"})
    stored = Post.objects.get()
    assert (stored.title, stored.source, stored.version) == ("First title", "One.\nTwo.\nThree.", 4)


def test_restoring_over_a_newer_save_is_told(as_author: Client, written: Post, editor: User) -> None:
    save_post(Post.objects.get(), by=editor, seen=3)
    answer = as_author.post(f"/admin/blog/post/{written.pk}/history/1/restore/", {"seen": "3"}, follow=True)
    assert "Editor saved this post in the meantime" in answer.text
    assert Post.objects.get().version == 4


def test_a_revision_of_another_post_is_absent(as_author: Client, written: Post, author: User) -> None:
    other = cast.draft(author)
    assert as_author.post(f"/admin/blog/post/{other.pk}/history/3/restore/", {"seen": "1"}).status_code == 404
    assert Post.objects.get(pk=other.pk).version == 1


def test_a_name_stays_when_the_account_goes(as_author: Client, written: Post, editor: User) -> None:
    editor.delete()
    assert "Editor" in page(as_author, written).text
