"""Near-duplicates through the whole screener: remembered, found again, and told to the filters."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import Comment
from moderation.filters.reading import TextReading
from moderation.fingerprint import print_of
from moderation.gathering import gather
from moderation.models import Fingerprint
from moderation.screening import screen
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_prior")]

QUEUE = json.loads((Path(__file__).parents[2] / "config/demo/queue.json").read_text())
WAVE = [entry["body"] for entry in QUEUE if entry["kind"] == "wave"]
THANKS = ["Thanks, great post!", "Great post, thanks!", "Thanks! A great post.", "thanks, great post"]


@pytest.fixture
def waiting(author):
    """Screens a text as the comment of a new sender, under a post of its own, that waits for a person."""

    def wait(body: str) -> dict[str, str]:
        comment = cast.comment(cast.post(author, mode="hold_all"), Comment.Status.PENDING, body=body)
        return {signal.code: signal.says for signal in screen(comment.pk).signals.all()}

    return wait


def test_a_wave_of_reworded_adverts_is_seen(waiting):
    says = [waiting(body).get("alike_wave") for body in WAVE]
    assert says.count(None) <= 3  # the first has no forerunner, the next two at most one
    assert says[-1] == "6 comments of other senders, all still waiting, say nearly the same"


def test_short_thanks_of_many_people_are_no_wave(waiting):
    assert not any(code.startswith("alike") for body in THANKS for code in waiting(body))


def test_the_likeness_is_stored_with_the_review(author):
    first, second = (cast.comment(cast.post(author), Comment.Status.PENDING, body=WAVE[at]) for at in (0, 7))
    screen(first.pk)
    ((pk, status, same_sender, same_post, likeness, by_person),) = screen(second.pk).facts["alike"]
    assert (pk, status, same_sender, same_post, by_person) == (first.pk, "pending", False, False, False)
    assert 0.5 <= likeness < 1


def test_screening_again_replaces_the_fingerprint(author):
    comment = cast.comment(cast.post(author), Comment.Status.PENDING, body=WAVE[0])
    screen(comment.pk)
    comment.revisions.update(body="Only short now.")
    Comment.objects.update(body="Only short now.")
    screen(comment.pk)
    kept = Fingerprint.objects.get(comment=comment)
    assert kept.signature == ""
    assert kept.band0 is kept.band7 is None


def test_looking_for_likeness_costs_the_same_queries_however_many_are_alike(author):
    def queries() -> int:
        comment = cast.comment(cast.post(author), Comment.Status.PENDING, body=WAVE[0])
        with CaptureQueriesContext(
            connection,
        ) as captured:
            gather(comment, WAVE[0], print_of(TextReading("body", WAVE[0])))
        return len(captured)

    few = queries()
    assert [queries() for _ in range(5)] == [few] * 5
