"""Every save of a post renders, counts up, keeps a revision, and writes nothing that is not the author's."""

from datetime import timedelta

from django.utils import timezone

from blog.editing import publish, restore, save_post, unpublish
from blog.models import Post, Revision, Tag, User
from blog.page_times import touch_pages
from blog.search import search
from tests import cast


def new(author: User, **changes) -> Post:
    return save_post(
        Post(author=author, **{"title": "A walk", "source": "One *step*.", **changes}), by=author, seen=None
    )


def test_a_new_post_is_rendered_and_has_its_first_revision(author: User) -> None:
    made = new(author)
    assert "<em>step</em>" in made.html
    assert made.text == "One step."
    assert (made.version, made.status, made.slug) == (1, "draft", "a-walk")
    kept = Revision.objects.get(post=made)
    assert (kept.number, kept.source, kept.saved_by, kept.saved_by_name) == (1, "One *step*.", author, "Author")


def test_each_save_is_one_version_and_one_revision(author: User, editor: User) -> None:
    made = new(author)
    made.source = "Two steps."
    save_post(made, by=editor, seen=1)
    assert made.version == Post.objects.get().version == 2
    assert list(made.revisions.values_list("number", "saved_by_name")) == [(2, "Editor"), (1, "Author")]


def test_a_comment_decided_meanwhile_keeps_its_count_and_its_moment(author: User) -> None:
    made = new(author)
    held = Post.objects.get(pk=made.pk)
    later = timezone.now() + timedelta(seconds=5)
    touch_pages([made.pk], later, comments=3)
    held.title = "A longer walk"
    save_post(held, by=author, seen=held.version)
    stored = Post.objects.get(pk=made.pk)
    assert (stored.published_comments, stored.title) == (3, "A longer walk")
    assert stored.page_changed_at > later, "never the same twice, and never before"
    assert held.published_comments == 3


def test_publishing_without_a_time_means_now(author: User) -> None:
    now = timezone.now()
    made = publish(new(author), author, now=now)
    assert made.published_at == now
    assert made.month == timezone.localtime(now).date().replace(day=1)
    assert Post.objects.published(now).filter(pk=made.pk).exists()


def test_publishing_in_the_future_schedules(author: User) -> None:
    now = timezone.now()
    made = publish(new(author), author, at=now + timedelta(days=2), now=now)
    assert made.is_scheduled(now)
    assert not Post.objects.published(now).exists()
    assert Post.objects.published(now + timedelta(days=2)).exists()


def test_unpublishing_keeps_the_time_and_publishing_again_the_address(author: User) -> None:
    public = cast.post(author)
    address, moment = public.get_absolute_url(), public.published_at
    unpublish(public, author)
    assert not Post.objects.published().exists()
    publish(public, author)
    assert (public.published_at, public.get_absolute_url()) == (moment, address)


def test_a_restored_revision_is_a_new_save_with_the_old_text(author: User, editor: User) -> None:
    made = new(author, summary="Short.")
    first = made.revisions.get()
    made.title, made.source, made.summary = "Gone wrong", "Nothing.", ""
    save_post(made, by=author, seen=1)
    restore(made, first, editor)
    stored = Post.objects.get()
    assert (stored.title, stored.source, stored.summary) == ("A walk", "One *step*.", "Short.")
    assert stored.version == 3
    assert "<em>step</em>" in stored.html
    assert stored.revisions.count() == 3


def test_publishing_alone_does_not_say_that_the_text_changed(author: User) -> None:
    made = new(author)
    changed = made.updated_at
    assert publish(made, author).updated_at == changed


def test_what_no_database_takes_is_taken_out_at_the_door(author: User) -> None:
    made = new(author, title="Nu\x00l", source="a\x00b\ud800c\r\nd", summary="s\x00")
    stored = Post.objects.get(pk=made.pk)
    assert (stored.title, stored.source, stored.summary) == ("Nul", "ab\ufffdc\nd", "s")


def test_tags_go_along_with_the_save(author: User) -> None:
    made = new(author)
    tag = Tag.objects.create(name="walks", slug="walks")
    save_post(made, by=author, seen=1, tags=[tag])
    assert list(made.tags.all()) == [tag]
    save_post(made, by=author, seen=2)
    assert list(made.tags.all()) == [tag]


def test_search_knows_the_saved_text_and_forgets_drafts(author: User) -> None:
    made = publish(new(author, source="A zeppelin."), author)
    assert [hit.post.pk for hit in search("zeppelin", timezone.now()).hits] == [made.pk]
    unpublish(made, author)
    assert not search("zeppelin", timezone.now()).hits
