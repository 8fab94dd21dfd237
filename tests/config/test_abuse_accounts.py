"""An account that ends, or changes its password, takes its sessions along and leaves its name in what it did."""

import pytest
from django.test import Client

from blog import editing
from blog.models import Post, Revision, User
from comments.models import Comment
from moderation.models import Decision
from tests import cast
from tests.moderation.desk import decide, html, undo

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_a_deleted_moderator_stays_in_the_log_by_name(
    post: Post, moderator: User, as_moderator: Client, admin_client: Client, as_editor: Client
) -> None:
    comment, gone = cast.comment(post, "pending"), moderator.pk
    decide(as_moderator, comment, "approve")
    answer = admin_client.post(f"/admin/blog/user/{gone}/delete/", {"post": "yes"})
    assert answer.status_code == 302
    assert not User.objects.filter(pk=gone).exists()
    assert not is_in(as_moderator)
    made = Decision.objects.get()
    assert (made.actor_id, made.actor_name) == (gone, "Moderator")
    for address in ("/moderation/log/", f"/moderation/log/?who={gone}", f"/moderation/comments/{comment.pk}/"):
        assert "Moderator" in html(as_editor.get(address)), address
    assert b"Moderator" in b"".join(as_editor.get("/moderation/log.csv").streaming_content)
    assert undo(as_editor, made.pk, 2).status_code == 303
    comment.refresh_from_db()
    assert (comment.status, comment.reviewed_by_id) == ("pending", None)


def test_who_published_something_is_not_deleted_and_neither_are_the_posts(post: Post, admin_client: Client) -> None:
    answer = admin_client.post(f"/admin/blog/user/{post.author_id}/delete/", {"post": "yes"})
    assert answer.status_code in (200, 302, 403)
    assert Post.objects.filter(pk=post.pk, author=post.author_id).exists()


def test_who_edited_stays_in_the_history_by_name(post: Post, editor: User, admin_client: Client) -> None:
    post.source = "Changed"
    editing.save_post(post, by=editor, seen=post.version)
    admin_client.post(f"/admin/blog/user/{editor.pk}/delete/", {"post": "yes"})
    assert Revision.objects.get(post=post, number=2).saved_by_name == "Editor"
    assert "Editor" in html(admin_client.get(f"/admin/blog/post/{post.pk}/history/"))


@pytest.mark.parametrize("how", ["deactivated", "a superuser set a password", "no longer staff"])
def test_an_account_that_is_changed_by_a_superuser_is_out_everywhere(
    how: str, moderator: User, as_moderator: Client, admin_client: Client
) -> None:
    phone = cast.logged_in(moderator)
    assert is_in(as_moderator)
    assert is_in(phone)
    if how == "a superuser set a password":
        new = "another-long-password-42"
        form = {"password1": new, "password2": new, "usable_password": "true"}
        assert admin_client.post(f"/admin/blog/user/{moderator.pk}/password/", form).status_code == 302
    else:
        form = {"username": "moderator", "display_name": "Moderator", "slug": "moderator", "email": "", "about": ""}
        form |= {"is_staff": "on"} if how == "deactivated" else {"is_active": "on"}
        assert admin_client.post(f"/admin/blog/user/{moderator.pk}/change/", form).status_code == 302
    for client in (as_moderator, phone):
        assert not is_in(client)
        assert client.get("/moderation/").status_code in (302, 403)


def test_an_old_session_key_is_worth_nothing_after_the_log_in_or_the_log_out(author: User) -> None:
    client = Client()
    client.cookies["session"] = planted = "plantedplantedplantedplanted0000"
    client.post("/admin/login/", {"username": "author", "password": cast.PASSWORD})
    given = client.cookies["session"].value
    assert given != planted
    client.post("/admin/logout/")
    for key in (planted, given):
        thief = Client()
        thief.cookies["session"] = key
        assert not is_in(thief)


def test_a_comment_of_a_deleted_account_keeps_its_name_and_loses_its_badge(
    post: Post, moderator: User, admin_client: Client, reader: Client
) -> None:
    comment = cast.comment(post, user=moderator, name="Moderator", body="Said in office.")
    admin_client.post(f"/admin/blog/user/{moderator.pk}/delete/", {"post": "yes"})
    found = Comment.objects.filter(pk=comment.pk).first()
    assert found is not None
    assert reader.get(post.get_absolute_url()).status_code == 200
