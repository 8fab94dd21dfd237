"""Keys and field names in the admin's forms and addresses that are none: refused, and nothing changes."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from blog.models import User
from tests import cast

pytestmark = pytest.mark.django_db
KEYS = ["9" * 19, "9" * 5000, "-1", "²", "x", "1' OR '1'='1", "0"]


@pytest.mark.parametrize("key", KEYS)
def test_a_group_that_cannot_be_is_none(key: str, admin_client: Client, author: User) -> None:
    form = {"username": "author", "display_name": "Author", "slug": "author", "is_active": "on", "groups": [key]}
    answer = admin_client.post(f"/admin/blog/user/{author.pk}/change/", form)
    assert answer.status_code == 200
    assert "groups" in answer.context["adminform"].form.errors
    assert author.groups.get().name == "Authors"


@pytest.mark.parametrize("key", KEYS)
def test_a_permission_that_cannot_be_is_none(key: str, admin_client: Client) -> None:
    group = Group.objects.get(name="Moderators")
    before = set(group.permissions.values_list("pk", flat=True))
    for address in (f"/admin/auth/group/{group.pk}/change/", "/admin/auth/group/add/"):
        answer = admin_client.post(address, {"name": "New", "permissions": [key]})
        assert answer.status_code == 200, address
        assert "permissions" in answer.context["adminform"].form.errors
    assert set(group.permissions.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("key", KEYS)
def test_a_ticked_group_that_cannot_be_is_none(key: str, admin_client: Client) -> None:
    before = Group.objects.count()
    form = {"action": "delete_selected", "_selected_action": [key], "post": "yes"}
    assert admin_client.post("/admin/auth/group/", form).status_code in (200, 302)
    assert Group.objects.count() == before


@pytest.mark.parametrize("field", ["", "password", "no_such_field", "author__password", "id"])
def test_a_field_to_find_an_object_by_is_its_key_or_refused(
    field: str, admin_client: Client, as_author: Client
) -> None:
    post = cast.post(User.objects.get(username="author"))
    for page in ("change", "delete"):
        for client in (admin_client, as_author):
            answer = client.get(f"/admin/blog/post/{post.pk}/{page}/?_to_field={field}")
            assert answer.status_code in (200, 400), (page, field)
