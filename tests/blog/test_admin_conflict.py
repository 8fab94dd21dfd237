"""Who saves over somebody else's save is told, keeps what was typed, and decides knowingly."""

import pytest
from django.contrib.admin import ModelAdmin
from django.test import Client

from blog import editing
from blog.editing import save_post
from blog.models import Post, User
from tests import cast


@pytest.fixture
def draft(author: User) -> Post:
    return editing.save_post(Post(author=author, title="T", source="Common.\n"), by=author, seen=None)


def form(post: Post, source: str) -> dict:
    return {"title": "T", "source": source, "slug": post.slug, "seen": post.version, "tags_typed": "", "_save": ""}


def save_as_editor(post: Post, editor: User) -> None:
    theirs = Post.objects.get(pk=post.pk)
    theirs.source = "Common.\nTheirs & <b>more</b>.\n"
    editing.save_post(theirs, by=editor, seen=theirs.version)


def test_the_second_sees_who_saved_what_changed_and_the_own_text(as_author: Client, draft: Post, editor: User) -> None:
    save_as_editor(draft, editor)
    answer = as_author.post(f"/admin/blog/post/{draft.pk}/change/", form(draft, "Common.\nMine."))
    assert answer.status_code == 409
    assert "Editor saved this post on" in answer.text
    assert "Common.\nMine.</textarea>" in answer.text
    assert "Theirs &amp; &lt;b&gt;more&lt;/b&gt;." in answer.text
    assert Post.objects.get().version == 2


def test_saving_again_from_that_page_replaces_it_and_history_keeps_both(
    as_author: Client, draft: Post, editor: User
) -> None:
    save_as_editor(draft, editor)
    address = f"/admin/blog/post/{draft.pk}/change/"
    page = as_author.post(address, form(draft, "Mine."))
    seen = page.context["form"]["seen"].value()
    assert as_author.post(address, form(draft, "Mine.") | {"seen": seen}).status_code == 302
    assert Post.objects.get().source == "Mine."
    sources = list(draft.revisions.values_list("source", flat=True))
    assert sources == ["Mine.", "Common.\nTheirs & <b>more</b>.\n", "Common.\n"]


def test_a_save_between_check_and_write_is_told_like_any_other(
    as_author: Client, draft: Post, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ModelAdmin.changeform_view

    def too_late(*args, **kwargs):
        monkeypatch.setattr(editing, "save_post", save_post)
        raise editing.EditConflict("Editor", draft.updated_at, 2)

    def asked_again(self, *args, **kwargs):
        if editing.save_post is save_post:  # the first try was rolled back; what the other saved now shows
            save_as_editor(draft, editor)
        return asked(self, *args, **kwargs)

    monkeypatch.setattr(editing, "save_post", too_late)
    monkeypatch.setattr(ModelAdmin, "changeform_view", asked_again)
    answer = as_author.post(f"/admin/blog/post/{draft.pk}/change/", form(draft, "Mine."))
    assert answer.status_code == 409
    assert "Mine.</textarea>" in answer.text
    assert Post.objects.get().source.startswith("Common.\nTheirs")


def test_a_form_without_its_version_overwrites_nothing(as_author: Client, post: Post) -> None:
    stale = form(post, "Mine.") | {"seen": ""}
    assert as_author.post(f"/admin/blog/post/{post.pk}/change/", stale).status_code == 409
    assert Post.objects.get().source == post.source


def test_two_tabs_of_one_author_are_told_apart_too(as_author: Client, author: User) -> None:
    draft = cast.draft(author)
    address = f"/admin/blog/post/{draft.pk}/change/"
    assert as_author.post(address, form(draft, "First tab.")).status_code == 302
    assert as_author.post(address, form(draft, "Second tab.")).status_code == 409
