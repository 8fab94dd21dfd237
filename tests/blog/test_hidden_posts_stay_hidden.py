"""Drafts, scheduled and published posts, asked for on every channel that a stranger has."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog import search
from blog.models import Post, Tag, User
from tests import cast

WORD = "zanzibarine"


@pytest.fixture
def hidden(author: User, request: pytest.FixtureRequest) -> Post:
    """A post that nobody may see, with a word of its own everywhere."""
    changes = {"title": WORD, "slug": WORD, "summary": WORD, "source": WORD}
    month = timezone.now() - timedelta(days=1)
    if request.param == "draft":
        made = cast.draft(author, **changes, published_at=month)
    else:
        made = cast.post(author, **changes, published_at=timezone.now() + timedelta(seconds=90))
    made.tags.add(Tag.objects.create(name=WORD, slug=WORD))
    search.index_post(made)
    return made


def channels(post: Post) -> list[str]:
    """Return the addresses on which a published post would show."""
    year, month = post.address
    return [
        "/",
        f"/{year}/",
        f"/{year}/{month}/",
        post.get_absolute_url(),
        f"/tag/{WORD}/",
        post.author.get_absolute_url(),
        f"/search/?q={WORD}",
        "/feed/",
        "/sitemap.xml",
    ]


@pytest.mark.parametrize("hidden", ["draft", "scheduled"], indirect=True)
def test_a_hidden_post_shows_nowhere(hidden: Post, post: Post, reader: Client) -> None:
    for address in [*channels(hidden), post.get_absolute_url()]:
        answer = reader.get(address)
        said = answer.content.decode()
        if "/search/" in address:  # the page repeats what was asked, and nothing more
            assert "Nothing here has" in said
        else:
            assert WORD not in said, address


@pytest.mark.parametrize("hidden", ["draft", "scheduled"], indirect=True)
def test_a_hidden_and_an_absent_post_give_the_same_404(hidden: Post, reader: Client) -> None:
    year, month = hidden.address
    at_hidden, at_absent = reader.get(hidden.get_absolute_url()), reader.get(f"/{year}/{month}/absent/")
    assert at_hidden.status_code == at_absent.status_code == 404
    assert at_hidden.content == at_absent.content
    for address in (f"/tag/{WORD}/", f"/author/{hidden.author.slug}/"):
        assert reader.get(address).status_code == 404


@pytest.mark.parametrize("hidden", ["draft", "scheduled"], indirect=True)
def test_it_shows_everywhere_once_it_is_published(hidden: Post, reader: Client) -> None:
    hidden.status, hidden.published_at = Post.Status.PUBLISHED, timezone.now() - timedelta(seconds=1)
    hidden.render()
    hidden.save()
    search.index_post(hidden)
    for address in channels(hidden):
        answer = reader.get(address)
        assert answer.status_code == 200, address
        assert WORD in answer.content.decode(), address


def test_a_post_taken_back_is_gone_from_the_index_at_once(post: Post, reader: Client) -> None:
    post.source = WORD
    post.render()
    post.save()
    search.index_post(post)
    post.status = Post.Status.DRAFT
    post.save()
    # Not even indexed anew yet: the filter on what is found hides it.
    assert search.search(WORD, timezone.now()).total == 0
