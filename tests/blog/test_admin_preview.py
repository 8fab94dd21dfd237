"""The preview shows what is typed as the page it would become, and saves nothing."""

from django.test import Client

from blog.models import Post, Tag, User
from tests import cast

NEW = "/admin/blog/post/preview/"


def test_the_unsaved_text_is_shown_by_the_real_page(as_author: Client) -> None:
    answer = as_author.post(NEW, {"title": "Not <yet>", "source": "**Bold** move", "tags_typed": "fresh, odd"})
    assert "blog/post.html" in [template.name for template in answer.templates]
    assert "<strong>Bold</strong> move" in answer.text
    assert "Not &lt;yet&gt;" in answer.text
    assert "fresh" in answer.text
    assert 'name="body"' not in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert not Post.objects.exists()
    assert not Tag.objects.exists()


def test_the_preview_equals_the_result(as_author: Client, reader: Client) -> None:
    source = "# A\n\nText with `code`, [a link](https://x.example/) and\n\n- a list\n\n```python\nprint(1)\n```\n"
    shown = as_author.post(NEW + "?part=text", {"source": source}).text
    as_author.post("/admin/blog/post/add/", {"title": "T", "source": source, "_publish": "1"})
    assert shown == Post.objects.get().html
    assert shown in reader.get(Post.objects.get().get_absolute_url()).text


def test_a_preview_of_a_stored_post_leaves_it_as_it_is(as_author: Client, post: Post) -> None:
    before = Post.objects.values().get(pk=post.pk)
    answer = as_author.post(
        f"/admin/blog/post/{post.pk}/preview/", {"title": "New", "source": "New words", "_unpublish": "1"}
    )
    assert "New words" in answer.text
    assert Post.objects.values().get(pk=post.pk) == before


def test_half_a_form_is_shown_as_far_as_it_goes(as_author: Client, author: User) -> None:
    draft = cast.draft(author)
    for form in ({}, {"source": ""}, {"title": "x\x00", "source": "y\x00", "published_at": "never", "slug": "??"}):
        for address in (NEW, f"/admin/blog/post/{draft.pk}/preview/"):
            assert as_author.post(address, form).status_code == 200


def test_scripts_do_not_survive(as_author: Client) -> None:
    answer = as_author.post(NEW + "?part=text", {"source": "<script>alert(1)</script> [x](javascript:alert(1))"})
    assert "<script" not in answer.text
    assert 'href="javascript' not in answer.text
