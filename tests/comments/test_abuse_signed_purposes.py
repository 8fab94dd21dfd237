"""What was signed for one purpose opens nothing at another's door."""

from django.conf import settings as site
from django.core import signing
from django.test import Client
from django.utils import timezone

from blog import preview
from blog.models import Post, User
from comments import senders, stamps
from comments.models import Comment, Sender
from tests import cast
from tests.comments.sending import send


def test_every_kind_has_a_salt_of_its_own() -> None:
    salts = [stamps.SALT, senders.SALT, preview.SALT]
    assert len(set(salts)) == len(salts)


def test_a_stamp_is_no_cookie_and_a_cookie_no_stamp(reader: Client, post: Post) -> None:
    send(reader, post)
    cookie = reader.cookies["sender"].value
    assert send(Client(), post, stamp=cookie).status_code == 422
    other = Client()
    other.cookies["sender"] = stamps.make(post.pk, timezone.now())
    assert send(other, post).status_code == 303
    assert Sender.objects.count() == 2


def test_neither_is_a_preview_or_a_session(reader: Client, post: Post) -> None:
    send(reader, post)
    cookie, stamp = reader.cookies["sender"].value, stamps.make(post.pk, timezone.now())
    for token in (cookie, stamp, signing.dumps([post.pk, 1]), Comment.objects.get().capability):
        assert reader.get(f"/preview/{token}/").status_code == 404
        other = Client()
        other.cookies[site.SESSION_COOKIE_NAME] = token
        assert other.get("/admin/").status_code == 302
        assert reader.get(f"/comments/status/{token}/").status_code == (200 if ":" not in token else 404)


def test_a_preview_link_is_no_stamp(post: Post, author: User) -> None:
    token = preview.link(cast.draft(author)).rstrip("/").rpartition("/")[2]
    assert send(Client(), post, stamp=token).status_code == 422


def test_another_sites_key_signs_nothing_here(post: Post) -> None:
    forged = signing.dumps([post.pk, timezone.now().timestamp(), "key"], key="another-key" * 6, salt=stamps.SALT)
    assert send(Client(), post, stamp=forged).status_code == 422
