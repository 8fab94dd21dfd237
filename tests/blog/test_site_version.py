"""The site's word changes with whatever heads and lists show, however it is written, and with nothing else."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from blog.models import Post, SiteVersion, Tag, User
from blog.page_times import touch_pages
from tests import cast


def word() -> str:
    return SiteVersion.objects.get().word


def changes(post: Post, author: User) -> dict:
    posts, people = Post.objects.filter(pk=post.pk), User.objects.filter(pk=author.pk)
    tag = Tag.objects.create(name="Hinges", slug="hinges")
    return {
        "a title": lambda: posts.update(title="Another"),
        "a text": lambda: posts.update(html="<p>Another</p>"),
        "hiding": lambda: posts.update(status=Post.Status.DRAFT),
        "closing": lambda: posts.update(mode=Post.Mode.CLOSED),
        "a new post": lambda: cast.post(author),
        "a tag given": lambda: post.tags.add(tag),
        "a tag renamed": lambda: Tag.objects.filter(pk=tag.pk).update(name="Doors"),
        "a tag taken": lambda: post.tags.remove(tag),
        "a person's name": lambda: people.update(display_name="Renamed"),
        "a picture": lambda: people.update(avatar="avatars/another.webp"),
        "a post deleted": lambda: posts.delete(),
    }


def test_every_way_of_changing_what_pages_share_changes_the_word(post: Post, author: User) -> None:
    for name, change in changes(post, author).items():
        before = word()
        change()
        assert word() != before, name


def test_what_no_other_page_shows_leaves_the_word(post: Post, author: User) -> None:
    before = word()
    touch_pages([post.pk], timezone.now(), comments=1)
    User.objects.filter(pk=author.pk).update(last_login=timezone.now())
    cast.comment(post)
    assert word() == before


@pytest.mark.parametrize("step", [timedelta(0), timedelta(hours=-1), timedelta(hours=1)])
def test_no_two_states_of_a_page_share_a_time(post: Post, step: timedelta) -> None:
    def changed_at() -> datetime:
        return Post.objects.get(pk=post.pk).page_changed_at

    moment = timezone.now() + timedelta(days=1)
    touch_pages([post.pk], moment)
    assert changed_at() == moment
    touch_pages([post.pk], moment + step)
    assert changed_at() == max(moment + step, moment + timedelta(microseconds=1))
