"""What this product was made against: a well-formed letter about something else, with adverts in its sentences."""

import pytest

from blog.models import Post, User
from comments.models import Comment
from tests import cast
from tests.comments.submissions import send

POST = (
    "The leaders of seven nations met last week to talk about sanctions and the war. The summit ended without an "
    "agreement on the embargo, and diplomats spent the night drafting a communique that says little. The balance of "
    "power shifts toward the east while the elections come closer. Foreign ministers promised aid to refugees. Nobody "
    "mentioned the treaty by name, and the alliance has not replied to the note that its members sent in spring."
)
CREDIT = (
    "Families with two children may claim a credit of up to four thousand when they file their return, and the office "
    "has extended the deadline, buy cheap game gold here, until the end of April. My accountant told me that the form "
    "is another one this year and that income limits were raised, fastest power leveling for every hero, so more "
    "parents qualify than before. Keep all receipts, because an audit may follow, gold delivered in ten minutes, even "
    "three years later."
)
REFUND = (
    "A refundable credit is paid out even to households that owe nothing, which many pensioners do not know. The "
    "amount depends on wages and dependants, cheap coins for all servers, and a valid number of each child is "
    "required. Whoever is unsure should ask at the local tax office before the deadline, safe item trading day and "
    "night, or let a volunteer fill in the worksheet, since mistakes delay the refund by months."
)
LETTERS = (CREDIT, REFUND)
ANSWER = (
    "I was in the capital during the summit, and what struck me is how little the sanctions were discussed in public. "
    "The communique that you quote is weaker than the last one, and refugees stand in half a sentence of it. Do you "
    "think that the embargo holds through the winter, with elections so close and the alliance still silent about the "
    "treaty?"
)


@pytest.fixture
def open_post(author: User) -> Post:
    return cast.post(author, title="What the summit changed", source=POST, mode="open")


def reasons(comment: Comment) -> str:
    return " ".join(comment.reviews.get().why)


@pytest.mark.parametrize("letter", LETTERS)
def test_the_letter_is_held_on_a_fresh_install_because_it_says_nothing_about_the_post(
    open_post: Post, letter: str
) -> None:
    comment = send(open_post, letter)
    assert comment.status == Comment.Status.PENDING
    assert "says nothing about this post" in reasons(comment)
    (finding,) = comment.reviews.get().signals.filter(code="relevance_none")
    assert finding.spans == []


def test_where_newcomers_wait_anyway_the_reason_is_told_too(open_post: Post) -> None:
    Post.objects.filter(pk=open_post.pk).update(mode="hold_new")
    open_post.refresh_from_db()
    comment = send(open_post, LETTERS[0])
    assert comment.status == Comment.Status.PENDING
    assert "says nothing about this post" in comment.reviews.get().signals.get(code="relevance_none").says


def test_a_letter_about_the_post_is_published(open_post: Post) -> None:
    comment = send(open_post, ANSWER)
    assert comment.status == Comment.Status.PUBLISHED
    assert not comment.reviews.get().signals.filter(code="relevance_none").exists()


def test_a_short_thank_you_needs_none_of_the_posts_words(open_post: Post) -> None:
    assert send(open_post, "Thank you, I had not thought of it that way.").status == Comment.Status.PUBLISHED


ADVERT = "Buy cheap replica watches with free shipping at http://watches.example/now"


def test_words_of_the_post_do_not_carry_an_advert_onto_the_page(open_post: Post) -> None:
    comment = send(open_post, f"{ADVERT} {POST[:300]}")
    assert comment.status == Comment.Status.PENDING
    signal = comment.reviews.get().signals.get(code="relevance_copied")
    assert signal.says.startswith("repeats ")
    assert signal.says in comment.reviews.get().why or "person looks" in reasons(comment)


def test_who_quotes_the_post_and_answers_it_is_published(open_post: Post) -> None:
    assert send(open_post, f"> {POST[:120]}\n\n{ANSWER}").status == Comment.Status.PUBLISHED
