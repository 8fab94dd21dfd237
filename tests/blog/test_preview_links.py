"""A preview link shows one revision to whoever has it, for a week, and nothing else."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog import preview
from blog.editing import save_post
from blog.models import Post, User


@pytest.fixture
def draft(author: User) -> Post:
    return save_post(Post(author=author, title="Secret plan", source="Version **one**."), by=author, seen=None)


def path_of(post: Post) -> str:
    return urlsplit(preview.link(post)).path


def test_the_link_shows_the_draft_to_a_stranger(draft: Post, reader: Client) -> None:
    answer = reader.get(path_of(draft))
    assert answer.status_code == 200
    assert "blog/post.html" in [template.name for template in answer.templates]
    assert "<strong>one</strong>" in answer.text
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


def test_the_link_is_bound_to_its_revision(draft: Post, author: User, reader: Client) -> None:
    path = path_of(draft)
    draft.source = "Version two."
    save_post(draft, by=author, seen=1)
    assert "Version <strong>one" in reader.get(path).text
    assert "Version two." in reader.get(path_of(draft)).text


def test_the_link_expires_after_a_week(draft: Post, reader: Client) -> None:
    path, now = path_of(draft), timezone.now()
    with time_machine.travel(now + timedelta(days=6, hours=23), tick=False):
        assert reader.get(path).status_code == 200
    with time_machine.travel(now + timedelta(days=7, seconds=2), tick=False):
        assert reader.get(path).status_code == 404


def forged(draft: Post) -> list[str]:
    def sign(salt: str, value: object) -> str:
        return TimestampSigner(salt=salt).sign_object(value)

    good = preview.SALT
    return [
        "nothing",
        path_of(draft).split("/")[2][:-1] + "~",
        sign("another.purpose", [draft.pk, 1]),
        sign(good, [draft.pk, 99]),
        sign(good, [draft.pk + 1, 1]),
        sign(good, "no list"),
        sign(good, [1, 2, 3]),
        sign(good, {"a": 1, "b": 2}),
    ]


def test_bad_links_of_every_kind_give_one_and_the_same_404(draft: Post, reader: Client) -> None:
    answers = [reader.get(reverse("blog:preview", args=[token])) for token in forged(draft)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_the_link_of_a_deleted_post_is_dead(draft: Post, reader: Client) -> None:
    path = path_of(draft)
    draft.delete()
    assert reader.get(path).status_code == 404


def test_the_link_takes_no_posts(draft: Post) -> None:
    assert Client(enforce_csrf_checks=False).post(path_of(draft)).status_code == 405
