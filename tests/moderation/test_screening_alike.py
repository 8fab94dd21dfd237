"""The same wording from many senders is found, wherever on the site, and remembered to the last bit."""

import pytest

from blog.models import Post, User
from comments.models import Comment
from moderation import fingerprint
from moderation.actors import person
from moderation.decisions import decide
from moderation.models import Fingerprint, Review, Signal
from moderation.screening import screen
from moderation.sharing import BAND_COLUMNS
from tests import cast
from tests.comments.submissions import LETTER, edit, send

pytestmark = pytest.mark.usefixtures("without_prior")

WAVE = "What a wonderful article, {}! I have learned so much about this today and will surely tell all my friends."
NAMES = ["dear author", "dear writer", "my friend", "good people", "everyone"]


def codes(comment: Comment) -> set[str]:
    return set(Signal.objects.filter(review=comment.reviews.latest("pk")).values_list("code", flat=True))


def test_a_wave_of_near_duplicates_is_found_from_its_third_comment(post: Post, author: User) -> None:
    posts = [post, cast.post(author)]
    sent = [send(posts[number % 2], WAVE.format(name), key=name) for number, name in enumerate(NAMES)]
    found = [codes(comment) & {"alike_pair", "alike_wave"} for comment in sent]
    assert found[0] == set()
    assert found[1] == {"alike_pair"}
    assert found[2:] == [{"alike_wave"}] * 3
    assert {comment.status for comment in sent} == {"pending"}


def test_what_people_filed_as_spam_once_is_known_again(post: Post, moderator: User) -> None:
    first = send(post, WAVE.format(NAMES[0]), key="one")
    decide(first.pk, "spam", seen=first.version, actor=person(moderator))
    again = send(post, WAVE.format(NAMES[1]).upper(), key="two")
    assert "alike_spam" in codes(again)
    assert again.status == "pending"


def test_different_letters_are_not_alike(post: Post) -> None:
    send(post, LETTER, key="one")
    other = send(post, WAVE.format("author"), key="two")
    assert not {code for code in codes(other) if code.startswith("alike")}


def test_a_comment_is_not_alike_itself(post: Post) -> None:
    comment = send(post)
    screen(comment.pk)
    screen(comment.pk)
    assert not {code for code in codes(comment) if code.startswith("alike")}
    assert Fingerprint.objects.count() == 1


@pytest.mark.parametrize("text", [LETTER, WAVE.format("author"), "Ja.", "👍", *(f"{n} {LETTER}" for n in range(12))])
def test_the_fingerprint_comes_back_from_the_database_as_it_was(post: Post, text: str) -> None:
    stored = Fingerprint.objects.get(comment=send(post, text))
    minhash = fingerprint.minhash(text)
    assert stored.digest == fingerprint.digest(text)
    bands = tuple(getattr(stored, name) for name in BAND_COLUMNS)
    assert (bands, stored.signature) == (minhash or ((None,) * fingerprint.BANDS, ""))


def test_an_edit_is_compared_by_its_new_text(post: Post) -> None:
    send(post, WAVE.format(NAMES[0]), key="one")
    send(post, WAVE.format(NAMES[1]), key="two")
    third = edit(send(post, LETTER, key="three"), WAVE.format(NAMES[2]))
    assert "alike_wave" in codes(third)
    assert Review.objects.filter(comment=third).count() == 2
