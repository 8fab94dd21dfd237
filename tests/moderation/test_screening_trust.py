"""Trust is earned by a moderator's approval and proven by the browser's token, and by nothing that is typed."""

import pytest

from blog.models import Post, User
from comments.models import Comment, Sender
from moderation.actors import person, system
from moderation.decisions import decide, latest_decision, undo
from moderation.gathering import is_trusted
from tests.comments.submissions import LETTER, edit, send

OTHER = "A different remark altogether: the drawing of the pages in the second part made the order clear to me."
SPAM = "Buy cheap pills now!!! " + " ".join(f"https://pills{number}.example/buy" for number in range(9))


def act(comment: Comment, action: str, user: User, **given) -> Comment:
    comment.refresh_from_db()
    decide(comment.pk, action, seen=comment.version, actor=person(user), **given)
    comment.refresh_from_db()
    return comment


@pytest.fixture
def regular(post: Post, moderator: User) -> Comment:
    """An approved first comment; its sender holds the token."""
    typed = {"name": "Regular", "email": "regular@mail.example"}
    return act(send(post, key="first", typed=typed), "approve", moderator)


def test_a_first_comment_waits(post: Post) -> None:
    assert send(post).status == "pending"


def test_who_was_approved_and_holds_the_token_is_public_at_once(post: Post, regular: Comment) -> None:
    assert send(post, OTHER, key="second", sender=regular.sender).status == "published"


def test_a_typed_name_and_address_of_an_approved_sender_earn_nothing(post: Post, regular: Comment) -> None:
    typed = {"name": regular.name, "email": regular.email}
    assert send(post, OTHER, key="second", typed=typed).status == "pending"
    assert send(post, OTHER, key="third", typed=typed, network=regular.network).status == "pending"


def test_another_senders_token_earns_nothing(post: Post, regular: Comment) -> None:
    assert send(post, OTHER, key="second", sender=Sender.objects.create()).status == "pending"
    assert not is_trusted(None)


def test_what_the_machine_published_earns_nothing(post: Post, author: User) -> None:
    comment = send(post)
    decide(comment.pk, "approve", seen=comment.version, actor=system("policy-1"))
    assert not is_trusted(comment.sender)


def test_an_approval_that_was_undone_earns_nothing(post: Post, regular: Comment, moderator: User) -> None:
    undo(latest_decision(regular).pk, seen=regular.version, actor=person(moderator))
    assert not is_trusted(regular.sender)
    assert send(post, OTHER, key="second", sender=regular.sender).status == "pending"


def test_a_moderator_who_refuses_an_edit_approves_of_nothing(post: Post, moderator: User) -> None:
    comment = send(post)
    decide(comment.pk, "approve", seen=comment.version, actor=system("policy-1"))
    comment = edit(Comment.objects.get(pk=comment.pk), SPAM)
    act(comment, "refuse_edit", moderator)
    assert comment.status == "published"
    assert not is_trusted(comment.sender)
    assert send(post, OTHER, key="second", sender=comment.sender).status == "pending"


def test_a_moderator_who_accepts_an_edit_approves(post: Post, moderator: User) -> None:
    comment = send(post)
    decide(comment.pk, "approve", seen=comment.version, actor=system("policy-1"))
    comment = edit(Comment.objects.get(pk=comment.pk), OTHER)
    act(comment, "accept_edit", moderator)
    assert is_trusted(comment.sender)


@pytest.mark.parametrize("action", ["spam", "reject"])
def test_trust_is_lost_with_one_comment_that_a_person_refused(
    post: Post, regular: Comment, moderator: User, action: str
) -> None:
    second = send(post, OTHER, key="second", sender=regular.sender)
    act(second, action, moderator, reason="advertising" if action == "reject" else "")
    assert not is_trusted(regular.sender)
    undo(latest_decision(second).pk, seen=second.version, actor=person(moderator))
    assert is_trusted(regular.sender)


def test_trust_does_not_publish_spam(post: Post, regular: Comment) -> None:
    assert send(post, SPAM, key="second", sender=regular.sender).status != "published"


def test_trust_publishes_nothing_where_everything_is_held(post: Post, regular: Comment) -> None:
    Post.objects.filter(pk=post.pk).update(mode="hold_all")
    post.refresh_from_db()
    assert send(post, LETTER, key="second", sender=regular.sender).status == "pending"


def test_staff_are_public_at_once_by_their_account_alone(post: Post, editor: User, stranger: User) -> None:
    assert send(post, OTHER, key="one", user=editor).status == "published"
    assert send(post, OTHER, key="two", user=stranger, typed={"name": "Editor"}).status == "pending"
