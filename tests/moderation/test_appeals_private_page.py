"""The form of the private page: who holds its address asks again, and nothing that they wrote is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import User
from comments.models import Comment
from moderation import appeals
from moderation.models import Appeal
from tests import cast
from tests.moderation.asking import ask, asked, deny, grant, rejected
from tests.moderation.desk import html
from tests.page_walls import page_faults
from tests.payloads import PAYLOADS

pytestmark = pytest.mark.django_db


def decision(comment: Comment) -> int:
    return appeals.appealable(comment).pk


def test_its_author_asks_again_and_reads_the_answer_there(post, moderator: User, editor: User, reader: Client) -> None:
    comment = rejected(post, moderator)
    assert "Why you see it differently" in html(reader.get(comment.status_address))
    response = ask(reader, comment, "The third section is about this.", decision=decision(comment))
    assert (response.status_code, response.headers["Location"]) == (303, comment.status_address)
    shown = html(reader.get(comment.status_address))
    assert "A person will answer here." in shown
    assert "The third section is about this." in shown
    assert "Why you see it differently" not in shown
    deny(Appeal.objects.get(), editor, "It is about locks.")
    shown = html(reader.get(comment.status_address))
    assert "It stays as it is." in shown
    assert "It is about locks." in shown
    assert str(editor) not in shown


def test_a_granted_one_says_so(post, moderator: User, editor: User, reader: Client) -> None:
    comment = rejected(post, moderator)
    grant(asked(comment), editor, "Sorry.")
    shown = html(reader.get(comment.status_address))
    assert "You were right." in shown
    assert "Sorry." in shown
    assert "Published</h1>" in shown


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Say in your own words"),
        ("  \n ", "The text is empty."),
        ("\u200b", "The text is empty."),
        ("w" * 2001, "longer than 2000 characters"),
    ],
)
def test_a_text_that_cannot_be_taken_comes_back_with_why(
    text: str, says: str, post, moderator: User, reader: Client
) -> None:
    comment = rejected(post, moderator)
    response = ask(reader, comment, text, decision=decision(comment))
    assert response.status_code == 422
    assert says in html(response)
    assert text.strip() in html(response)
    assert not Appeal.objects.exists()
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("fields", [{}, {"decision": "x"}, {"decision": "10" * 30}, {"sanction": 1, "decision": 1}])
def test_a_form_that_does_not_say_what_it_is_about_comes_back_with_its_text(
    fields: dict, post, moderator: User, reader: Client
) -> None:
    comment = rejected(post, moderator)
    response = ask(reader, comment, "Words that stay.", **fields)
    assert response.status_code == 422
    assert "Words that stay." in html(response)
    assert not Appeal.objects.exists()


def test_what_changed_meanwhile_is_said_and_the_text_comes_back(post, moderator: User, reader: Client) -> None:
    comment = rejected(post, moderator)
    number = decision(comment)
    gone = ask(reader, comment, "Words that stay.", decision=number + 1000)
    asked(comment)
    twice = ask(reader, comment, "Words that stay.", decision=number)
    for response, words in ((gone, "this has changed"), (twice, "asked again about this already")):
        assert response.status_code == 409
        assert words in html(response)
        assert "Words that stay." in html(response)


def test_without_the_token_of_the_form_nothing_is_stored_and_the_text_comes_back(post, moderator: User) -> None:
    comment = rejected(post, moderator)
    client = Client(enforce_csrf_checks=True)
    response = ask(client, comment, "Words that stay.", decision=decision(comment))
    assert response.status_code == 403
    assert "Words that stay." in html(response)
    assert not Appeal.objects.exists()
    assert "no-store" in response.headers["Cache-Control"]


def test_many_in_a_short_time_are_slowed_down(post, moderator: User, reader: Client, settings) -> None:
    settings.COMMENTS_FLOOD_LIMITS = {**settings.COMMENTS_FLOOD_LIMITS, "network": (1, 60)}
    first, second = rejected(post, moderator), rejected(post, moderator)
    assert ask(reader, first, decision=decision(first)).status_code == 303
    response = ask(reader, second, "Words that stay.", decision=decision(second))
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert "Words that stay." in html(response)


def test_a_wrong_address_is_404_and_reading_changes_nothing(post, moderator: User, reader: Client) -> None:
    comment = rejected(post, moderator)
    for name in ("appeal", "understood"):
        assert reader.post(reverse(f"appeals:{name}", args=["x" * 22]), {"body": "x"}).status_code == 404
        assert reader.post(reverse(f"appeals:{name}", args=["x" * 99]), {"body": "x"}).status_code == 404
        for method in ("get", "head", "options", "put"):
            address = reverse(f"appeals:{name}", args=[comment.capability])
            assert getattr(reader, method)(address).status_code == 405
    assert not Appeal.objects.exists()


def test_a_field_that_came_twice_is_refused(post, moderator: User, reader: Client) -> None:
    comment = rejected(post, moderator)
    assert ask(reader, comment, ["one", "two"], decision=decision(comment)).status_code == 422
    assert not Appeal.objects.exists()


def test_hostile_words_stay_words_on_both_sides(
    post, moderator: User, editor: User, reader: Client, as_editor: Client, settings
) -> None:
    settings.COMMENTS_FLOOD_LIMITS = {**settings.COMMENTS_FLOOD_LIMITS, "network": (1000, 1)}
    for payload in PAYLOADS[::5]:
        words = payload.replace("\x00", "").encode("utf-8", "replace").decode()
        comment = rejected(post, moderator, message=words[:1000])
        answered = ask(reader, comment, payload[:2000], decision=decision(comment))
        assert answered.status_code in (303, 422)
        pages = [reader.get(comment.status_address), answered]
        for appeal in Appeal.objects.filter(comment=comment):
            deny(appeal, editor, words[:1000].strip() or "x")
            pages += [reader.get(comment.status_address), as_editor.get(f"/moderation/appeals/{appeal.pk}/")]
        for page in pages:
            assert page_faults(html(page)) == []
    assert page_faults(html(as_editor.get("/moderation/appeals/?tab=decided"))) == []


def test_a_comment_that_was_never_decided_about_still_has_its_page(post, reader: Client) -> None:
    for status in ("rejected", "spam", "withdrawn", "pending"):
        comment = cast.comment(post, status, reason="off_topic" if status == "rejected" else "")
        shown = html(reader.get(comment.status_address))
        assert ("Off the topic" in shown) == (status == "rejected")
