"""Every act has a page: the state before and after, what readers saw, why, and whether its row still verifies."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import Post, User
from comments.models import Comment
from moderation.actors import person
from moderation.decisions import decide
from tests import cast
from tests.moderation.chains import sql, tampering, written
from tests.moderation.desk import html

pytestmark = pytest.mark.django_db(transaction=True)


def page(client: Client, number: int) -> str:
    return html(client.get(f"/moderation/decisions/{number}/"))


@pytest.fixture
def told(post: Post, moderator: User, as_editor: Client) -> list[str]:
    """The pages of the seven decisions of `chains.written`."""
    return [page(as_editor, row.pk) for row in written(post, moderator)]


def test_each_says_what_was_before_and_after_and_what_led_to_it(told: list[str]) -> None:
    approved, spam, undone, rejected, standing, erased, _ = told
    assert "Readers saw nothing before, and this text after:" in approved
    assert "The screening behind it: hold" in approved
    assert "links_few" in approved
    assert "Readers saw this text before, and nothing after:" in spam
    assert '<td dir="auto">Published</td><td dir="auto">Spam <span' in spam
    assert "Nöte “mit” Ünïcode" in spam
    assert "To you." in spam
    assert "Undone by <bdi>Moderator</bdi>" in spam
    assert "This took back <a" in undone
    assert "a batch</a>" in rejected
    assert "covered by what a person had ordered" in standing
    assert "The text was erased." in erased


def test_words_that_were_taken_out_are_said_to_be(told: list[str]) -> None:
    assert "taken out when the comment was erased" in told[3]
    assert "said" not in told[3].partition("<main")[2].replace("is said", "")


def test_each_says_whether_its_row_verifies_now_and_leads_to_its_neighbours(told: list[str], as_editor: Client) -> None:
    assert all("This row is as it was written" in text for text in told)
    assert '<a rel="next" href="/moderation/decisions/2/"' in told[0]
    assert '<a rel="prev" href="/moderation/decisions/1/"' in told[1]
    with tampering():
        sql("UPDATE moderation_decision SET actor_name = 'x' WHERE id = 3")
        assert "This row does not verify: its content is not what was written." in page(as_editor, 3)
        assert "This row is as it was written" in page(as_editor, 2)


def test_an_edit_that_was_accepted_shows_how_the_public_text_changed(
    post: Post, moderator: User, as_moderator: Client
) -> None:
    comment = cast.comment(post, body="The old words.")
    comment.revisions.create(number=2, body="The new words.", html="<p>The new words.</p>")
    Comment.objects.filter(pk=comment.pk).update(proposed_revision=2)
    made = decide(comment.pk, "accept_edit", seen=1, actor=person(moderator))
    text = page(as_moderator, made.pk)
    assert "Readers saw another text before than after:" in text
    assert "<b>old</b>" in text
    assert "<b>new</b>" in text


def test_the_log_and_a_comments_page_link_each_act_to_its_page(told: list[str], as_editor: Client) -> None:
    log = html(as_editor.get("/moderation/log/"))
    for number in range(1, 8):
        assert f'href="/moderation/decisions/{number}/"' in log
    assert 'To its author: <q dir="auto">To you.</q>' in log
    assert as_editor.get("/moderation/decisions/8/").status_code == 404
    assert as_editor.get(f"/moderation/decisions/{10**30}/").status_code == 404


def test_the_page_asks_as_often_after_many_decisions(post: Post, moderator: User, as_moderator: Client) -> None:
    comment, asked = cast.comment(post, "pending"), []
    for action in ("approve", "hold") * 5:
        comment.refresh_from_db()
        made = decide(comment.pk, action, seen=comment.version, actor=person(moderator))
        as_moderator.get("/moderation/log/")
        with CaptureQueriesContext(connection) as queries:
            page(as_moderator, made.pk)
        asked.append(len(queries))
    assert len(set(asked[1:])) == 1
    assert asked[-1] < 16
