"""Staff change their own name and picture; whatever they upload is drawn anew."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from blog.models import User

PAGE = "/admin/profile/"


def picture(kind: str = "PNG") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, kind)
    return SimpleUploadedFile("../../evil.php.png", out.getvalue())


def test_name_and_words_are_saved_and_nothing_else(as_author: Client, author: User) -> None:
    form = {"display_name": "Mira", "about": "Writes.", "is_superuser": "on", "username": "root", "slug": "x"}
    as_author.post(PAGE, form)
    stored = User.objects.get(pk=author.pk)
    assert (stored.display_name, stored.about) == ("Mira", "Writes.")
    assert (stored.is_superuser, stored.username, stored.slug) == (False, "author", "author")


def test_a_picture_is_drawn_anew_under_a_name_of_ours(as_author: Client, author: User, reader: Client) -> None:
    as_author.post(PAGE, {"display_name": "Mira", "new_picture": picture()})
    stored = User.objects.get(pk=author.pk).avatar
    assert stored.name.startswith("avatars/")
    assert stored.name.endswith(".webp")
    assert "evil" not in stored.name
    with default_storage.open(stored.name) as file, Image.open(file) as image:
        assert (image.format, image.size) == ("WEBP", (256, 256))
    answer = reader.get(stored.url)
    answer.close()
    assert answer.status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_old_file_goes_with_the_old_picture(as_author: Client, author: User) -> None:
    as_author.post(PAGE, {"display_name": "Mira", "new_picture": picture()})
    first = User.objects.get(pk=author.pk).avatar.name
    as_author.post(PAGE, {"display_name": "Mira", "no_picture": "on"})
    assert not User.objects.get(pk=author.pk).avatar
    assert not default_storage.exists(first)


@pytest.mark.parametrize("body", [b"<svg onload=alert(1)>", b"GIF89a broken", b"\x89PNG\r\n\x1a\n" + b"0" * 50])
def test_what_is_no_picture_is_refused_in_words(as_author: Client, author: User, body: bytes) -> None:
    answer = as_author.post(PAGE, {"display_name": "Mira", "new_picture": SimpleUploadedFile("a.png", body)})
    assert answer.status_code == 422
    assert "picture" in str(answer.context["form"].errors["new_picture"])
    assert User.objects.get(pk=author.pk).display_name == "Author"


@pytest.mark.parametrize("name", ["", "a\u202eb", "\u200b", "x" * 61])
def test_a_name_that_hides_something_is_refused(as_author: Client, name: str) -> None:
    assert as_author.post(PAGE, {"display_name": name}).status_code == 422


def test_superusers_change_accounts_with_their_pictures(admin_client: Client, author: User) -> None:
    address = f"/admin/blog/user/{author.pk}/change/"
    form = {"username": "author", "display_name": "Mira", "slug": "mira", "email": "", "about": "", "is_active": "on"}
    assert admin_client.post(address, form | {"new_picture": picture("JPEG")}).status_code == 302
    stored = User.objects.get(pk=author.pk)
    assert (stored.slug, stored.avatar.name[:8]) == ("mira", "avatars/")
    assert stored.check_password("correct-gatepost-for-tests")


def test_superusers_make_accounts(admin_client: Client) -> None:
    new = "a-very-long-secret-42"
    form = {"username": "new", "display_name": "New", "slug": "new", "email": "n@people.example",
            "usable_password": "true", "password1": new, "password2": new}  # fmt: skip
    assert admin_client.post("/admin/blog/user/add/", form).status_code == 302
    assert User.objects.get(username="new").check_password(new)


def test_nobody_takes_the_display_name_of_somebody_else(as_author: Client, moderator: User) -> None:
    answer = as_author.post(PAGE, {"display_name": moderator.display_name.upper(), "about": ""})
    assert answer.status_code in (200, 422)
    assert "has this display name already" in answer.content.decode()
