"""Authors reach their own posts; for those of others, every page of the admin says 404."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from blog.editing import save_post
from blog.models import Post, User
from tests import cast

SECRET = "Unheard-of zeppelins"


@pytest.fixture
def foreign(other_author: User) -> Post:
    made = cast.draft(other_author, title=SECRET, slug="unheard-of", source="Nobody must read this.")
    return save_post(made, by=other_author, seen=made.version)


PAGES = ["change/", "history/", "history/?old=2", "history/2/restore/", "delete/", "preview/", ""]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_of_a_foreign_post_is_absent(as_author: Client, foreign: Post, page: str, method: str) -> None:
    answer = getattr(as_author, method)(f"/admin/blog/post/{foreign.pk}/{page}", {"seen": foreign.version}, follow=True)
    absent = getattr(as_author, method)(f"/admin/blog/post/999999/{page}", {"seen": 1}, follow=True)
    assert answer.status_code == absent.status_code
    assert answer.status_code == 405 if (page, method) == ("preview/", "get") else 404
    assert SECRET not in answer.text
    assert Post.objects.get(pk=foreign.pk).version == foreign.version


@pytest.mark.parametrize("page", PAGES[:4])
def test_the_owner_and_editors_see_them(as_other_author: Client, as_editor: Client, foreign: Post, page: str) -> None:
    for client in (as_other_author, as_editor):
        assert client.get(f"/admin/blog/post/{foreign.pk}/{page}").status_code == 200


def test_the_list_shows_own_posts_alone(as_author: Client, foreign: Post, post: Post) -> None:
    for query in ("", "?q=zeppelins", "?q=Nobody", "?status=draft", "?author=other-author", "?o=1"):
        assert SECRET not in as_author.get(f"/admin/blog/post/{query}").text
    assert post.title in as_author.get("/admin/blog/post/").text


@pytest.mark.parametrize("action", ["publish_ticked", "unpublish_ticked", "delete_selected"])
def test_actions_on_foreign_posts_change_nothing(as_author: Client, foreign: Post, action: str) -> None:
    ticked = [str(foreign.pk), "x", "9" * 40, "-1", "1\x00", str(foreign.pk)]
    answer = as_author.post("/admin/blog/post/", {"action": action, "_selected_action": ticked}, follow=True)
    assert answer.status_code == 200
    stored = Post.objects.get(pk=foreign.pk)
    assert (stored.status, stored.version) == (foreign.status, foreign.version)


def test_an_author_can_give_a_post_neither_another_author_nor_kind(
    as_author: Client, author: User, other_author: User
) -> None:
    form = {"title": "T", "source": "x", "author": other_author.pk, "kind": "page", "status": "published", "version": 9}
    as_author.post("/admin/blog/post/add/", form)
    stored = Post.objects.get()
    assert (stored.author, stored.kind, stored.status, stored.version) == (author, "post", "draft", 1)


def test_the_link_to_the_site_tells_no_slug_of_a_foreign_draft(as_author: Client, foreign: Post, post: Post) -> None:
    kind = ContentType.objects.get_for_model(Post).pk
    assert as_author.get(reverse("admin:view_on_site", args=[kind, foreign.pk])).status_code == 404
    assert as_author.get(reverse("admin:view_on_site", args=[kind, post.pk]))["Location"] == post.get_absolute_url()


@pytest.mark.parametrize("who", ["as_moderator", "as_stranger", "reader"])
def test_who_writes_no_posts_gets_no_page_of_them(who: str, request: pytest.FixtureRequest, foreign: Post) -> None:
    client: Client = request.getfixturevalue(who)
    for page in ("", "add/", "preview/", f"{foreign.pk}/change/", f"{foreign.pk}/history/"):
        assert client.get(f"/admin/blog/post/{page}").status_code in (302, 403, 404, 405)
    assert client.post("/admin/blog/post/preview/", {"source": "x"}).status_code in (302, 403)
