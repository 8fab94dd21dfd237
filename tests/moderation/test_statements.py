"""The private page says what was done and why, with the fields of a statement of reasons, and never who did it."""

import pytest
from django.test import Client

from blog.models import User
from comments.house_rules import RULES
from comments.models import Comment, Reason
from moderation.models import Report
from moderation.statements import LOOKED_AT, statement_of
from tests import cast
from tests.moderation.asking import act, rejected, undo
from tests.moderation.desk import html, reviewed

pytestmark = pytest.mark.django_db


def page(client: Client, comment: Comment) -> str:
    return html(client.get(comment.status_address))


@pytest.mark.parametrize("code", Reason.values)
def test_a_rejection_shows_reason_rule_message_and_that_a_person_decided(
    code: str, post, moderator: User, reader: Client
) -> None:
    comment = rejected(post, moderator, reason=code, message="Say it about the post.", note="secret-note")
    shown = page(reader, comment)
    for words in ("Your comment is not shown to readers.", "A person of this site’s team", "Say it about the post."):
        assert words in shown
    assert RULES[code].says.replace("'", "&#x27;") in shown
    assert f"/comments/rules/#{code}" in shown
    for hidden in ("secret-note", str(moderator), moderator.username, moderator.email):
        assert hidden not in shown


def test_it_has_the_fields_of_article_17_3(post, moderator: User, reader: Client) -> None:
    comment = rejected(post, moderator)
    shown = page(reader, comment)
    for words in (
        "Everywhere on this site, for readers in all countries.",  # (a) where, and how long
        "For good, unless somebody decides otherwise.",
        "The text of your comment, its name and website as you typed them",  # (b) facts
        "we look through comments on our own initiative",  # (b) notice or own initiative
        "No automation was used to find it.",  # (c) in finding
        "The decision was made by a person, not by automation.",  # (c) in deciding
        "The house rules of this site, and not the law.",  # (d), (e)
        "Ask again on this page",  # (f)
        "settling disputes out of court",
        "take it to court",
    ):
        assert words in shown, words


def test_what_is_illegal_names_the_law_as_its_ground(post, moderator: User, reader: Client) -> None:
    shown = page(reader, rejected(post, moderator, reason="illegal", message="Section 1 of the Act on Gates."))
    assert "The law. Which one, and why" in shown
    assert "Section 1 of the Act on Gates." in shown


def test_a_comment_that_readers_reported_says_so_and_not_who(post, moderator: User) -> None:
    comment = rejected(post, moderator)
    assert "Readers had reported the comment; who they are is not told." not in statement_of(comment).circumstances
    Report.objects.create(comment=comment, revision=1, reason="spam", weight=1, created_at=comment.created_at)
    assert "Readers had reported the comment; who they are is not told." in statement_of(comment).circumstances


def test_spam_by_the_policy_names_the_policy_and_what_it_looked_at_without_weights(post, reader: Client) -> None:
    comment = cast.comment(post, "pending")
    review = reviewed(comment, ("rule_spam", 7.25, "the word casino", []), outcome="spam", policy="policy-2")
    act(comment, "spam", None, signals=[("rule_spam", 7.25), ("history_good", -2.0)], review=review.pk)
    shown = page(reader, comment)
    assert "This site’s automation, under the rule named policy-2" in shown
    assert "words or addresses that this site does not take" in shown
    assert "picked out yours" in shown
    assert "The decision was made by automation. A person decides about an appeal." in shown
    for hidden in ("7.25", "casino", "rule_spam", "the same browser"):
        assert hidden not in shown


def test_a_person_who_follows_the_filters_hint_says_that_automation_found_it(post, moderator: User) -> None:
    comment = cast.comment(post, "pending")
    reviewed(comment, outcome="hold")
    act(comment, "reject", moderator, reason="off_topic")
    comment.refresh_from_db()
    assert "set yours aside for a person" in statement_of(comment).automated[0]


def test_a_held_comment_and_a_refused_edit_have_a_statement_too(post, moderator: User, reader: Client) -> None:
    held = cast.comment(post)
    act(held, "hold", moderator)
    assert "taken off the page until somebody has looked at it again" in page(reader, held)
    edited = cast.comment(post)
    edited.revisions.create(number=2, body="Other", html="<p>Other</p>")
    Comment.objects.filter(pk=edited.pk).update(proposed_revision=2)
    act(edited, "refuse_edit", moderator)
    assert "Your change was not taken over." in page(reader, edited)


def test_what_is_public_or_was_put_back_has_nothing_to_state(post, moderator: User, reader: Client) -> None:
    comment = rejected(post, moderator)
    undo(comment, moderator)
    comment.refresh_from_db()
    assert statement_of(comment) is None
    act(comment, "approve", moderator)
    comment.refresh_from_db()
    assert statement_of(comment) is None
    assert "Why</h2>" not in page(reader, comment)


def test_undoing_an_approval_brings_the_first_statement_back(post, moderator: User) -> None:
    comment = rejected(post, moderator, message="The first words.")
    act(comment, "approve", moderator)
    undo(comment, moderator)
    comment.refresh_from_db()
    assert statement_of(comment).message == "The first words."


def test_every_kind_of_finding_has_words_for_its_author(post, reader: Client) -> None:
    kinds = {"rule", "links", "markup", "name", "alike", "form", "history", "shape", "relevance", "learned"}
    assert set(LOOKED_AT) == kinds
    comment = cast.comment(post, "pending")
    act(comment, "spam", None, signals=[("learned_wording", 6.0), ("learned_site", 1.0), ("markup_bbcode", 0.5)])
    shown = page(reader, comment)
    assert "what a filter saw that learns from what moderators decide, its links." in shown
