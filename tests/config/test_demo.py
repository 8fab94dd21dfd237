"""The demo fills an empty site once, keeps what is there, and is refused without DEBUG."""

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from blog.models import Post, User
from comments.models import Comment
from config.demo import loading


@pytest.mark.django_db
def test_without_debug_no_account_is_made() -> None:
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_it_loads_once_and_then_keeps_everything(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEBUG = True
    call_command("demo")
    said = capsys.readouterr().out
    assert all(f"{settings.SITE_URL}{path}" in said for path in ("/", "/moderation/", "/admin/"))
    waiting = Comment.objects.pending().count()
    # The filter files the plainest of the adverts by itself; one of those that wait was reported by readers.
    assert waiting >= 20
    assert Comment.objects.filter(status=Comment.Status.SPAM, reviewed_at=None).exists()
    assert Post.objects.published().posts().count() >= 10
    assert Comment.objects.filter(status=Comment.Status.PUBLISHED, depth=8).exists()
    assert Post.objects.get(slug="which-bell").published_comments == 300
    for post in Post.objects.all():
        published = post.comments.filter(status=Comment.Status.PUBLISHED).count()
        assert post.published_comments == published

    User.objects.filter(username="author").update(display_name="Changed since")
    Post.objects.filter(slug="first-frost").update(title="Changed since")
    assert loading.load() is None
    assert User.objects.get(username="author").display_name == "Changed since"
    assert Post.objects.get(slug="first-frost").title == "Changed since"
    assert Comment.objects.pending().count() == waiting
