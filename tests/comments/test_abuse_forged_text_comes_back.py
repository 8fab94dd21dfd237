"""A form that could not be verified is shown again with its text, and can be sent from there."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import Post
from comments.models import Comment
from tests import cast
from tests.comments.sending import address, filled_in

TEXT = "A long letter </textarea> that <b>nobody</b> wants to type twice."
SHOWN = "A long letter &lt;/textarea&gt; that &lt;b&gt;nobody&lt;/b&gt; wants to type twice."


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def test_a_comment_can_be_sent_from_the_page_that_refused_it(strict: Client, post: Post) -> None:
    forged = {"Origin": "https://evil.example"}
    refused = strict.post(address(post), filled_in(post, body=TEXT, name="Cora & Co"), headers=forged)
    page = refused.content.decode()
    assert refused.status_code == 403
    assert SHOWN in page
    assert 'value="Cora &amp; Co"' in page
    again = filled_in(post, body=TEXT, stamp=hidden(page, "stamp"))
    sent = strict.post(address(post), {**again, "csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken")})
    assert sent.status_code == 303
    assert Comment.objects.get().body == TEXT


def test_an_edit_can_be_sent_from_the_page_that_refused_it(strict: Client, post: Post) -> None:
    comment = cast.comment(post, Comment.Status.PENDING)
    edit = reverse("comments:edit", args=[comment.capability])
    refused = strict.post(edit, {"seen": comment.version, "body": TEXT})
    page = refused.content.decode()
    assert refused.status_code == 403
    assert SHOWN in page
    assert refused.headers["Cache-Control"] == "no-store"
    form = page.split(f'action="{edit}"')[1]
    again = {"seen": hidden(form, "seen"), "body": TEXT, "csrfmiddlewaretoken": hidden(form, "csrfmiddlewaretoken")}
    assert strict.post(edit, again).status_code == 303
    assert Comment.objects.get().revisions.last().body == TEXT


def test_a_withdrawal_says_that_nothing_happened(strict: Client, post: Post) -> None:
    comment = cast.comment(post)
    refused = strict.post(reverse("comments:withdraw", args=[comment.capability]))
    assert refused.status_code == 403
    assert "nothing was changed" in refused.content.decode()


def test_an_unknown_status_page_stays_unknown(strict: Client, db: None) -> None:
    assert strict.post("/comments/status/none/edit/", {"body": TEXT}).status_code == 404


def test_a_closed_post_gives_the_text_back_too(strict: Client, post: Post) -> None:
    Post.objects.update(mode=Post.Mode.CLOSED)
    refused = strict.post(address(post), filled_in(post, body=TEXT))
    assert refused.status_code == 404
    assert SHOWN in refused.content.decode()
