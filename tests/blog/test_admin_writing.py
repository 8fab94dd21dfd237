"""An author writes, publishes, schedules and takes back on one page."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post, Tag, User
from tests import cast

ADD = "/admin/blog/post/add/"


def change(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/change/"


def typed(post: Post | None = None, **changes) -> dict:
    given = {"title": "On walking", "source": "One step."}
    if post:
        given = {"title": post.title, "source": post.source, "slug": post.slug, "seen": post.version}
        if post.published_at:
            given["published_at"] = timezone.localtime(post.published_at).strftime("%Y-%m-%dT%H:%M")
    return given | changes


def test_a_first_draft_is_saved_under_the_writers_name(as_author: Client, author: User) -> None:
    answer = as_author.post(ADD, typed(_save=""), follow=True)
    made = Post.objects.get()
    assert (made.author, made.status, made.slug, made.version) == (author, "draft", "on-walking", 1)
    assert answer.redirect_chain[0][0] == change(made)
    assert "Draft saved." in answer.text


def test_one_button_publishes_at_once(as_author: Client, reader: Client) -> None:
    as_author.post(ADD, typed(_publish="1"))
    assert "One step." in reader.get(Post.objects.get().get_absolute_url()).text


def test_with_a_time_in_the_future_it_schedules(as_author: Client, reader: Client) -> None:
    then = timezone.localtime() + timedelta(days=3)
    answer = as_author.post(ADD, typed(_publish="1", published_at=then.strftime("%Y-%m-%dT%H:%M")), follow=True)
    made = Post.objects.get()
    assert made.is_scheduled()
    assert "It appears on" in answer.text
    assert reader.get(made.get_absolute_url()).status_code == 404


def test_one_button_takes_it_back(as_author: Client, post: Post, reader: Client) -> None:
    as_author.post(change(post), typed(post, _unpublish="1"))
    assert Post.objects.get().status == "draft"
    assert reader.get(post.get_absolute_url()).status_code == 404


def test_a_time_that_was_not_touched_keeps_its_seconds(as_author: Client, author: User) -> None:
    moment = (timezone.now() - timedelta(days=1)).replace(second=42, microsecond=7)
    public = cast.post(author, published_at=moment)
    as_author.post(change(public), typed(public, title="Other", _save=""))
    stored = Post.objects.get()
    assert (stored.title, stored.published_at) == ("Other", moment)


def test_tags_are_typed_with_commas_and_made_when_new(as_author: Client) -> None:
    Tag.objects.create(name="Garden", slug="garden")
    as_author.post(ADD, typed(tags_typed="garden,  new  ideas , GARDEN,日本,, ", _save=""))
    made = Post.objects.get()
    assert sorted(made.tags.values_list("name", "slug")) == [
        ("Garden", "garden"),
        ("new ideas", "new-ideas"),
        ("日本", "tag"),
    ]
    page = as_author.get(change(made)).text
    assert 'value="Garden, new ideas, 日本"' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "a\u202eb"),
        ("title", "x" * 201),
        ("source", ""),
        ("slug", "not a slug"),
        ("slug", "Größe"),
        ("tags_typed", "x" * 51),
        ("tags_typed", "a\u200bb"),
        ("published_at", "soon"),
        ("mode", "nonsense"),
        ("source", "nul\x00"),
    ],
)
def test_what_cannot_be_saved_comes_back_with_what_was_typed(as_author: Client, field: str, value: str) -> None:
    answer = as_author.post(ADD, typed(summary="A summary to keep.", _publish="1") | {field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "A summary to keep." in answer.text
    assert not Post.objects.exists()


def test_a_taken_address_is_said_at_the_field(as_author: Client, author: User) -> None:
    first, second = cast.post(author, slug="first"), cast.post(author, slug="second")
    answer = as_author.post(change(second), typed(second, slug="first", published_at=typed(first)["published_at"]))
    assert "has the slug “first” already" in answer.context["form"].errors["slug"][0]


def test_a_page_with_a_reserved_address_is_refused(as_editor: Client, editor: User) -> None:
    form = typed(slug="search", kind="page", author=editor.pk, _save="")
    assert "own addresses" in as_editor.post(ADD, form).context["form"].errors["slug"][0]
    as_editor.post(ADD, form | {"slug": "imprint"})
    assert Post.objects.get().is_page


def test_the_page_offers_a_link_to_share_with_its_end(as_author: Client, author: User, reader: Client) -> None:
    draft = cast.draft(author)
    as_author.post(change(draft), typed(draft, source="Shared words.", _save=""))
    answer = as_author.get(change(draft))
    assert answer.context["share"] in answer.text.replace("&amp;", "&")
    week = timezone.localtime(timezone.now() + timedelta(days=7))
    assert f"{week:%B}" in answer.text
    assert "Shared words." in reader.get(answer.context["share"]).text


def test_editors_may_give_a_post_to_another_author(as_editor: Client, post: Post, other_author: User) -> None:
    as_editor.post(change(post), typed(post, author=other_author.pk, kind="post"))
    assert Post.objects.get().author == other_author
    assert isinstance(Post.objects.get().published_at, datetime)
