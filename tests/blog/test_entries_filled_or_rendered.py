"""What is filled into a post's entry of a list is what the template makes of it, whatever its author wrote."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from blog.entries import entries_of
from blog.models import Post, Tag, User
from blog.moments import day, stamp
from blog.shapes import Shapes, mark
from tests import cast

pytestmark = pytest.mark.django_db
TITLES = ["Plain", "<b>&amp; \"'", "%s %(title)s %%", mark("title"), "{{ entry.title }}"]


def rendered(post: Post, lead_story: bool, hide_author: bool) -> str:
    """The entry as the template makes and escapes it."""
    published = timezone.localtime(post.published_at)
    tags = [
        render_to_string("blog/_tag.html", {"address": tag.get_absolute_url(), "name": tag.name})
        for tag in post.shown_tags
    ]
    entry = {
        "address": post.get_absolute_url(),
        "stamp": stamp(published),
        "day": day(published),
        "comments": post.comments_in_words if post.published_comments else "",
        "title": post.title,
        "lead": post.lead,
        "author": post.author,
        "author_address": post.author.get_absolute_url(),
        "tags": SafeString("".join(tags)),
    }
    context = {"entry": entry, "lead_story": lead_story, "hide_author": hide_author}
    return render_to_string("blog/_entry.html", context)


@pytest.fixture
def posts(author: User) -> list[Post]:
    author.display_name = "Mira <O'Hara> & sons"
    author.save()
    found = []
    for number, title in enumerate(TITLES):
        post = cast.post(author, title=title, summary=f"About {title}", published_comments=number)
        if number % 2:
            post.tags.set([Tag.objects.create(name=f"{title} {at}", slug=f"tag-{number}-{at}") for at in range(2)])
        found.append(Post.objects.get(pk=post.pk))
    return found


@pytest.mark.parametrize("lead_story", [False, True])
@pytest.mark.parametrize("hide_author", [False, True])
def test_each_entry_is_to_the_letter_the_templates(posts: list[Post], lead_story: bool, hide_author: bool) -> None:
    expected = [rendered(post, lead_story and not at, hide_author) for at, post in enumerate(posts)]
    for _ in range(2):  # the second time nothing is rendered
        assert entries_of(posts, lead_story=lead_story, hide_author=hide_author) == "\n".join(expected)


def test_an_entry_of_a_kind_that_was_shown_before_is_not_rendered(
    posts: list[Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    entries_of(posts, lead_story=True, hide_author=False)
    monkeypatch.setattr(Shapes, "make", lambda *arguments: pytest.fail("rendered again"))
    assert "Mira &lt;O&#x27;Hara&gt;" in entries_of(posts[::-1][1:], lead_story=False, hide_author=False)
