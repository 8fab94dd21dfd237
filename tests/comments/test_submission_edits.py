"""An edit is a new text, judged like a new comment: what is public stays until the new one passes."""

import pytest
from django.utils import timezone
from pytest_django import Settings

from blog.models import Post, User
from comments import submission
from comments.models import Comment
from moderation import actors, decisions
from moderation.models import Decision, Review
from tests.comments.submissions import LETTER, edit, send

BETTER = LETTER.replace("last night", "this morning") + " I shall look at the second one next week."


def approved(post: Post, moderator: User, **facts) -> Comment:
    comment = send(post, **facts)
    decisions.decide(comment.pk, "approve", seen=comment.version, actor=actors.person(moderator))
    comment.refresh_from_db()
    return comment


def test_an_edit_of_a_waiting_comment_replaces_the_text_to_be_judged(post: Post) -> None:
    comment = send(post)
    edited = edit(comment, BETTER)
    assert (edited.status, edited.body, edited.revision, edited.version) == ("pending", BETTER, 2, 2)
    assert edited.proposed_revision is None
    assert [text.body for text in edited.revisions.all()] == [LETTER, BETTER]
    assert [review.revision for review in Review.objects.order_by("pk")] == [1, 2]


def test_an_edit_of_a_public_comment_waits_until_a_person_accepts_it(post: Post, moderator: User) -> None:
    Post.objects.filter(pk=post.pk).update(mode="hold_all")
    comment = approved(post, moderator)
    edited = edit(comment, BETTER)
    assert (edited.status, edited.body, edited.proposed_revision) == ("published", LETTER, 2)
    assert edited in Comment.objects.pending()
    decisions.decide(edited.pk, "accept_edit", seen=edited.version, actor=actors.person(moderator))
    edited.refresh_from_db()
    assert (edited.body, edited.revision, edited.proposed_revision) == (BETTER, 2, None)
    assert edited.edited_at is not None
    assert edited not in Comment.objects.pending()


def test_a_refused_edit_leaves_the_public_text(post: Post, moderator: User) -> None:
    Post.objects.filter(pk=post.pk).update(mode="hold_all")
    edited = edit(approved(post, moderator), BETTER)
    decisions.decide(edited.pk, "refuse_edit", seen=edited.version, actor=actors.person(moderator))
    edited.refresh_from_db()
    assert (edited.status, edited.body, edited.revision, edited.proposed_revision) == ("published", LETTER, 1, None)
    again = edit(edited, BETTER + " Please?")
    assert again.proposed_revision == 3, "a number once used stays used"


@pytest.mark.parametrize("mode", ["open", "hold_new"])
def test_a_trusted_senders_edit_is_public_at_once_where_the_mode_allows(post: Post, moderator: User, mode: str) -> None:
    Post.objects.filter(pk=post.pk).update(mode=mode)
    comment = send(post)
    if comment.status == "pending":
        decisions.decide(comment.pk, "approve", seen=comment.version, actor=actors.person(moderator))
        comment.refresh_from_db()
    edited = edit(comment, BETTER)
    assert (edited.body, edited.revision, edited.proposed_revision) == (BETTER, 2, None)
    latest = Decision.objects.latest("pk")
    assert (latest.action, latest.actor_kind, latest.revision) == ("accept_edit", "system", 2)


def test_a_good_comment_cannot_be_edited_into_spam_while_public(post: Post, moderator: User) -> None:
    links = " ".join(f"https://pills{number}.example/buy" for number in range(9))
    edited = edit(approved(post, moderator), f"Buy cheap pills now!!! {links}")
    assert (edited.status, edited.body) == ("published", LETTER)
    assert edited.proposed_revision == 2


def test_a_text_that_a_moderator_took_off_the_page_is_not_back_by_an_edit(post: Post, moderator: User) -> None:
    Post.objects.filter(pk=post.pk).update(mode="open")
    comment = send(post)
    assert comment.status == "published"
    decisions.decide(comment.pk, "hold", seen=comment.version, actor=actors.person(moderator))
    comment.refresh_from_db()
    assert edit(comment, BETTER).status == "pending"


def test_a_refused_edit_is_not_public_by_sending_it_again(post: Post, moderator: User, settings: Settings) -> None:
    comment = approved(post, moderator)
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
    edited = edit(comment, BETTER)
    decisions.decide(edited.pk, "refuse_edit", seen=edited.version, actor=actors.person(moderator))
    settings.COMMENT_SCREENER = "moderation.screening.screen"
    edited.refresh_from_db()
    assert edit(edited, BETTER).body == LETTER


def test_an_edit_of_what_changed_since_is_refused_and_leaves_no_text(post: Post, moderator: User) -> None:
    comment = approved(post, moderator)
    with pytest.raises(submission.ChangeRefused, match="Approved by Moderator"):
        edit(comment, BETTER, seen=1)
    assert comment.revisions.count() == 1


@pytest.mark.parametrize("status", ["rejected", "spam", "withdrawn", "erased", "unconfirmed"])
def test_what_is_neither_waiting_nor_public_can_be_neither_edited_nor_withdrawn(post: Post, status: str) -> None:
    comment = send(post)
    Comment.objects.filter(pk=comment.pk).update(status=status)
    for attempt in (
        lambda: edit(comment, BETTER),
        lambda: submission.withdraw(comment, comment.version, timezone.now()),
    ):
        with pytest.raises(submission.ChangeRefused):
            attempt()
    assert comment.revisions.count() == 1
    assert not Decision.objects.exists()


def test_its_author_withdraws_a_comment_for_good(post: Post, moderator: User) -> None:
    comment = approved(post, moderator)
    submission.withdraw(comment, comment.version, timezone.now())
    comment.refresh_from_db()
    assert comment.status == "withdrawn"
    latest = Decision.objects.latest("pk")
    assert (latest.action, latest.actor_kind, latest.actor) == ("withdraw", "sender", None)
    with pytest.raises(decisions.NothingToUndo):
        decisions.undo(latest.pk, seen=comment.version, actor=actors.person(moderator))
    post.refresh_from_db()
    assert post.published_comments == 0
