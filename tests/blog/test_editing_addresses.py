"""An address that was public once leads to its post for ever; none tells anything of a draft."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.addresses import RESERVED, AddressReserved, AddressTaken
from blog.editing import publish, save_post, unpublish
from blog.models import OldAddress, Post, User
from tests import cast

MARCH = datetime(2026, 3, 10, 12, tzinfo=UTC)
MAY = datetime(2026, 5, 10, 12, tzinfo=UTC)


def moved(post: Post, slug: str = "", at: datetime | None = None) -> Post:
    post.slug, post.published_at = slug or post.slug, at or post.published_at
    return save_post(post, by=post.author, seen=post.version)


def test_a_changed_slug_redirects_from_the_old_address(author: User, reader: Client) -> None:
    post = cast.post(author, slug="first", published_at=MARCH)
    moved(post, "second")
    moved(post, "third")
    for old in ("first", "second"):
        answer = reader.get(f"/2026/03/{old}/")
        assert (answer.status_code, answer["Location"]) == (301, "/2026/03/third/")


def test_a_changed_month_redirects_too(author: User, reader: Client) -> None:
    moved(cast.post(author, slug="first", published_at=MARCH), at=MAY)
    assert reader.get("/2026/03/first/")["Location"] == "/2026/05/first/"


def test_a_post_that_moves_back_does_not_redirect_to_itself(author: User, reader: Client) -> None:
    post = moved(moved(cast.post(author, slug="first", published_at=MARCH), "second"), "first")
    assert list(OldAddress.objects.values_list("slug", flat=True)) == ["second"]
    assert reader.get(post.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("at", [None, timezone.now() + timedelta(days=30)])
def test_what_was_never_public_leaves_no_address(author: User, at: datetime | None) -> None:
    status = Post.Status.PUBLISHED if at else Post.Status.DRAFT
    moved(cast.post(author, slug="secret", status=status, published_at=at), "other")
    assert not OldAddress.objects.exists()


def test_an_address_survives_a_time_as_draft_under_another_slug(author: User, reader: Client) -> None:
    post = cast.post(author, slug="first", published_at=MARCH)
    unpublish(post, author)
    assert reader.get("/2026/03/first/").status_code == 404
    moved(post, "second")
    assert reader.get("/2026/03/first/").status_code == 404
    publish(post, author)
    assert reader.get("/2026/03/first/")["Location"] == "/2026/03/second/"


def test_an_old_address_of_another_post_is_taken_over(author: User, reader: Client) -> None:
    moved(cast.post(author, slug="first", published_at=MARCH), "second")
    new = moved(cast.post(author, slug="new", published_at=MARCH), "first")
    assert reader.get("/2026/03/first/").context["post"].pk == new.pk
    moved(new, "third")
    assert reader.get("/2026/03/first/")["Location"] == "/2026/03/third/"


def test_a_live_address_of_another_post_is_refused(author: User) -> None:
    cast.post(author, slug="first", published_at=MARCH)
    with pytest.raises(AddressTaken, match="March 2026"):
        moved(cast.post(author, slug="new", published_at=MARCH), "first")
    assert moved(cast.post(author, slug="other", published_at=MAY), "first").slug == "first"


def test_slugs_made_from_equal_titles_differ_within_a_month(author: User) -> None:
    made = [
        save_post(Post(author=author, title="Été à Paris!", source="x", published_at=at), by=author, seen=None).slug
        for at in (MARCH, MARCH, MARCH, MAY)
    ]
    assert made == ["ete-a-paris", "ete-a-paris-2", "ete-a-paris-3", "ete-a-paris"]


def test_a_title_without_letters_that_an_address_can_have_still_gives_one(author: User) -> None:
    assert save_post(Post(author=author, title="日本", source="x"), by=author, seen=None).slug == "post"


@pytest.mark.parametrize("slug", sorted(RESERVED | {"2026", "0001"}))
def test_a_page_cannot_take_an_address_of_the_site(editor: User, slug: str) -> None:
    page = Post(kind=Post.Kind.PAGE, author=editor, title="P", slug=slug, source="x")
    with pytest.raises(AddressReserved):
        save_post(page, by=editor, seen=None)


def test_a_page_called_search_gets_another_address(editor: User) -> None:
    page = Post(kind=Post.Kind.PAGE, author=editor, title="Search", source="x")
    assert save_post(page, by=editor, seen=None).slug == "search-2"
