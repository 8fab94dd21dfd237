"""The address of a status page opens that one comment, and what may be changed there is judged anew."""

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import Post, User
from comments import markup
from comments.models import Comment
from moderation import decisions
from moderation.actors import person
from tests import cast
from tests.comments.sending import edit

WRONG = ["", "x", "A" * 22, "A" * 33, "a" * 3000, "../1", "%2e%2e", "\u00e9", "\ufffd", "None", "' OR ''='"]


@pytest.mark.parametrize("capability", WRONG)
def test_a_guessed_address_opens_nothing(reader: Client, post: Post, capability: str) -> None:
    cast.comment(post)
    for below in ("", "edit/", "withdraw/"):
        page = f"/comments/status/{capability}/{below}"
        assert reader.get(page).status_code in (404, 405), page
        assert reader.post(page, {"body": "x", "seen": 1}).status_code in (404, 405), page


def test_the_case_of_a_letter_matters(reader: Client, post: Post) -> None:
    comment = cast.comment(post, capability="AbCdEfGhIjKlMnOpQrStUv")
    assert reader.get(comment.status_address).status_code == 200
    assert reader.get(comment.status_address.replace("AbCd", "abcd")).status_code == 404


def test_one_comments_address_changes_no_other(reader: Client, post: Post) -> None:
    mine, other = cast.comment(post), cast.comment(post)
    before = Comment.objects.filter(pk=other.pk).values().get()
    assert edit(reader, mine, "Changed.", id=other.pk, comment=other.pk, capability=other.capability).status_code == 303
    assert reader.post(reverse("comments:withdraw", args=[mine.capability]), {"id": other.pk}).status_code == 303
    assert Comment.objects.filter(pk=other.pk).values().get() == before


def test_an_edit_of_what_is_public_waits_and_the_decided_text_stays(
    reader: Client, post: Post, moderator: User
) -> None:
    comment = cast.comment(post, Comment.Status.PENDING, body="The decided text.")
    decisions.decide(comment.pk, "approve", seen=comment.version, actor=person(moderator))
    assert edit(reader, comment, "Buy <b>gold</b> at https://gold.example/").status_code == 303
    page = Client().get(post.get_absolute_url()).content.decode()
    assert "The decided text." in page
    assert "gold.example" not in page
    stored = Comment.objects.get()
    assert (stored.status, stored.body) == ("published", "The decided text.")
    assert stored.revisions.last().html == markup.render("Buy <b>gold</b> at https://gold.example/")


def test_a_page_that_was_open_while_a_moderator_decided_is_told_so_and_keeps_the_text(
    reader: Client, post: Post, moderator: User
) -> None:
    comment = cast.comment(post, Comment.Status.PENDING)
    decisions.decide(comment.pk, "approve", seen=comment.version, actor=person(moderator))
    answer = edit(reader, comment, "A text typed before.", seen=comment.version)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "A text typed before." in page
    assert str(moderator) not in page
    assert comment.revisions.count() == 1


@pytest.mark.parametrize("status", ["rejected", "spam", "withdrawn", "erased"])
def test_what_was_decided_against_can_not_be_edited_and_the_text_comes_back(
    reader: Client, post: Post, status: str
) -> None:
    comment = cast.comment(post, status)
    answer = edit(reader, comment, "A text </textarea> typed in vain.")
    assert answer.status_code == 409
    assert "A text &lt;/textarea&gt; typed in vain." in answer.content.decode()
    assert reader.post(reverse("comments:withdraw", args=[comment.capability])).status_code == 409
    assert Comment.objects.get().status == status
    assert comment.revisions.count() == 1


@pytest.mark.parametrize("changes", [{"body": ["a", "b"]}, {"seen": ["1", "1"]}, {"seen": "x"}, {"seen": "9" * 5000}])
def test_an_edit_with_fields_twice_or_wrong_is_refused(reader: Client, post: Post, changes: dict) -> None:
    comment = cast.comment(post)
    sent = {"seen": 1, "body": "Changed.", **changes}
    assert reader.post(reverse("comments:edit", args=[comment.capability]), sent).status_code == 422
    assert comment.revisions.count() == 1


def test_an_erased_comment_has_no_address_any_more(reader: Client, post: Post, editor: User) -> None:
    comment = cast.comment(post, Comment.Status.SPAM)
    decisions.decide(comment.pk, "erase", seen=comment.version, actor=person(editor))
    assert reader.get(comment.status_address).status_code == 404
