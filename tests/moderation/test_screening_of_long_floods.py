"""However many copies of a text come, each is told by what a person made of one of them, and by few others."""

import pytest

from blog.models import Post, User
from comments.models import Comment, Sender
from moderation.actors import person
from moderation.decisions import decide, latest_decision, undo
from moderation.models import CampaignMember, Fingerprint, Review, Signal
from moderation.screening import screen
from moderation.sharing import MOST, NEWEST, rows_of
from tests.comments.submissions import send

pytestmark = pytest.mark.usefixtures("without_prior")

COPY = "The tax credit of this year is open again, and our office in town will claim it for you, dear reader {}."
LATER = NEWEST + 3


@pytest.fixture
def flood(post: Post) -> list[Comment]:
    """A few copies, none of which a person has looked at."""
    return [send(post, COPY.format(number), key=f"copy {number}") for number in range(4)]


def more(post: Post, count: int = LATER) -> Comment:
    """So many copies more; the last of them."""
    return [send(post, COPY.format(f"number {at}"), key=f"later {at}") for at in range(count)][-1]


def codes(comment: Comment) -> set[str]:
    return set(Signal.objects.filter(review=comment.reviews.latest("pk")).values_list("code", flat=True))


def judge(comment: Comment, action: str, by: User, **given: str) -> None:
    comment.refresh_from_db()
    decide(comment.pk, action, seen=comment.version, actor=person(by), **given)


def test_the_thirtieth_copy_is_still_like_the_one_that_a_person_filed(
    post: Post, flood: list[Comment], moderator: User
) -> None:
    judge(flood[1], "spam", moderator)
    assert "alike_spam" in codes(more(post))


def test_and_like_the_one_that_a_person_rejected(post: Post, flood: list[Comment], moderator: User) -> None:
    judge(flood[1], "reject", moderator, reason="off_topic")
    assert "alike_rejected" in codes(more(post))


def test_one_that_was_filed_before_there_was_a_second_is_remembered_too(post: Post, moderator: User) -> None:
    judge(send(post, COPY.format("one"), key="one"), "spam", moderator)
    assert "alike_spam" in codes(more(post))


def test_what_was_taken_back_tells_nothing(post: Post, flood: list[Comment], moderator: User) -> None:
    judge(flood[1], "spam", moderator)
    undo(latest_decision(flood[1]).pk, seen=2, actor=person(moderator))
    assert not {"alike_spam", "alike_filed"} & codes(more(post))
    assert not CampaignMember.objects.exclude(judged="").exists()


def test_what_the_machine_filed_proves_nothing_however_often(post: Post, flood: list[Comment], moderator: User) -> None:
    judge(flood[1], "spam", moderator)
    more(post, 5)
    filed = Comment.objects.filter(status="spam", reviewed_at=None)
    assert not CampaignMember.objects.filter(comment__in=filed).exclude(judged="").exists()


def test_what_a_person_puts_back_where_the_machine_filed_it_proves_nothing(
    post: Post, flood: list[Comment], moderator: User
) -> None:
    judge(flood[1], "spam", moderator)
    more(post, 2)
    filed = Comment.objects.filter(status="spam", reviewed_at=None).latest("pk")
    judge(filed, "not_spam", moderator)
    undo(latest_decision(filed).pk, seen=filed.version + 1, actor=person(moderator))
    assert CampaignMember.objects.get(comment=filed).judged == ""


def test_a_screening_looks_at_few_of_a_hundred_copies(post: Post) -> None:
    first = send(post, COPY.format("one"), key="one")
    stored = Fingerprint.objects.get(comment=first)
    others = [send(post, COPY.format("one"), key=f"copy {at}", sender=Sender.objects.create()) for at in range(60)]
    bands = {f"band{at}": getattr(stored, f"band{at}") for at in range(8)}
    assert [row[0] for row in rows_of(first.pk, stored.digest, bands)] == [c.pk for c in others[: -NEWEST - 1 : -1]]
    screen(others[-1].pk)
    assert len(Review.objects.filter(comment=others[-1]).latest("pk").facts["alike"]) == NEWEST <= MOST


def test_of_all_that_share_a_number_those_that_share_the_most_are_looked_at(post: Post) -> None:
    near = send(post, COPY.format("one"), key="near")
    Fingerprint.objects.filter(comment=near).update(band0=10, band1=11, band2=12)
    for at in range(MOST):  # all of them newer, and each with one number in common
        other = send(post, f"Something else entirely, told for the {at}th time in a row by nobody.", key=f"other {at}")
        Fingerprint.objects.filter(comment=other).update(**{f"band{at % 3}": 10 + at % 3})
    found = [row[0] for row in rows_of(0, "none", {f"band{at}": 10 + at for at in range(8)})]
    assert near.pk in found
    assert len(found) == MOST
