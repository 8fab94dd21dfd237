"""A reply stands below a public comment of its own post, or is refused with its text."""

import pytest
from django.test import Client

from blog.models import Post, User
from comments.models import Comment
from tests import cast
from tests.comments.sending import LETTER, address, filled_in, send

NONSENSE = [
    "x", "-1", "0", "1e3", "+1", " 1 2", "1.0", "0x1", "9" * 18, "9" * 19, "9" * 400, "\u0661", "\u00b2", "None",
    "1;2", "1 OR 1=1", "{{ 1 }}", "[1]", "1\x00",
]  # fmt: skip


@pytest.mark.parametrize("parent", NONSENSE)
def test_a_parent_that_is_none_is_refused_with_the_text(reader: Client, post: Post, parent: str) -> None:
    answer = send(reader, post, parent=parent)
    assert answer.status_code == 422
    assert LETTER in answer.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("status", [status for status in Comment.Status.values if status != "published"])
def test_a_hidden_parent_is_refused_as_an_absent_one_is(reader: Client, post: Post, status: str) -> None:
    hidden = cast.comment(post, status, name="Somebody hidden")
    refused = send(reader, post, parent=hidden.pk)
    assert refused.status_code == 422
    assert "Somebody hidden" not in refused.content.decode()
    assert Comment.objects.count() == 1


def test_a_parent_on_another_post_is_refused(reader: Client, post: Post, author: User) -> None:
    elsewhere = cast.comment(cast.post(author), name="Elsewhere")
    refused = send(reader, post, parent=elsewhere.pk)
    assert refused.status_code == 422
    assert "Elsewhere" not in refused.content.decode()
    assert not post.comments.exists()


def test_a_parent_named_twice_is_refused(reader: Client, post: Post) -> None:
    one, two = cast.comment(post), cast.comment(post)
    assert send(reader, post, parent=[one.pk, two.pk]).status_code == 422
    assert Comment.objects.count() == 2


def test_the_refused_form_comes_back_without_the_parent_and_passes(reader: Client, post: Post) -> None:
    refused = send(reader, post, parent="77")
    assert 'name="parent" value="77"' not in refused.content.decode()
    assert send(reader, post).status_code == 303


def test_a_form_page_for_a_parent_that_is_none_is_the_plain_form(reader: Client, post: Post, author: User) -> None:
    hidden = cast.comment(post, Comment.Status.SPAM, name="Somebody hidden")
    elsewhere = cast.comment(cast.post(author), name="Elsewhere")
    for parent in (hidden.pk, elsewhere.pk, *NONSENSE[:-1]):
        page = reader.get(address(post), {"parent": parent})
        assert page.status_code == 200
        assert "<h1>Write a comment</h1>" in page.content.decode()


def test_a_parent_that_was_hidden_meanwhile_gives_a_clear_answer(reader: Client, post: Post) -> None:
    parent = cast.comment(post)
    sent = filled_in(post, parent=parent.pk)
    Comment.objects.update(status="rejected")
    answer = reader.post(address(post), sent)
    assert answer.status_code == 422
    assert "is not there any more" in answer.content.decode()
