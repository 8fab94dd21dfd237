"""The same form sent again, by a double click, after a time-out or from the back button, is one comment."""

import pytest
from django.db import connection
from django.test import Client

from blog.models import Post
from comments.models import Comment
from tests.comments.sending import address, filled_in
from tests.together import together


@pytest.mark.django_db(transaction=True)
def test_twice_in_the_same_moment_is_one(post: Post, patient_door: None) -> None:
    for _ in range(5):
        sent, before = filled_in(post), Comment.objects.count()
        answers = together(*[lambda sent=sent: Client().post(address(post), sent)] * 3)
        assert {answer.status_code for answer in answers} == {303}
        assert len({answer.headers["Location"] for answer in answers}) == 1
        assert Comment.objects.count() == before + 1


def test_again_is_no_flood(reader: Client, post: Post, settings) -> None:
    settings.COMMENTS_FLOOD_LIMITS = dict.fromkeys(("network", "post", "site"), (1, 3600))
    sent = filled_in(post)
    answers = [reader.post(address(post), sent) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [303] * 4
    assert Comment.objects.count() == 1
    assert reader.post(address(post), filled_in(post, body="Another letter.")).status_code == 429


def test_who_was_too_fast_gets_the_text_and_a_time(reader: Client, post: Post, settings) -> None:
    settings.COMMENTS_FLOOD_LIMITS = dict.fromkeys(("network", "post", "site"), (1, 30))
    reader.post(address(post), filled_in(post))
    refused = reader.post(address(post), filled_in(post, body="Typed </textarea> fast."))
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 30
    assert "Typed &lt;/textarea&gt; fast." in refused.content.decode()


@pytest.mark.django_db(transaction=True)
def test_six_writers_are_all_served(post: Post, patient_door: None) -> None:
    def write() -> list[int]:
        return [Client().post(address(post), filled_in(post, body=f"Number {n}.")).status_code for n in range(8)]

    assert together(*[write] * 6) == [[303] * 8] * 6
    assert Comment.objects.count() == 48
    paths = list(Comment.objects.values_list("path", flat=True))
    assert len(set(paths)) == 48, connection.vendor
