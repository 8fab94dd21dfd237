"""Two screenings of one comment at the same moment: the later text is what it is found by, and where it stands."""

from collections.abc import Callable
from threading import Event
from time import monotonic, sleep

import pytest
from django.db import connection

from blog.models import Post
from comments.models import Comment
from moderation import joining_campaigns
from moderation.filters.reading import TextReading
from moderation.fingerprint import print_of
from moderation.models import CampaignKey
from tests import cast
from tests.moderation.alike import NOW, TEXT, alike, card_of
from tests.together import PATIENCE, together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_prior"),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer, so none waits in the middle"),
]
OTHER = "Has anybody tried to grow garlic in the shade of a wall? Ours came up late and had no cloves at all, it seems."


def screened(comment: Comment, text: str) -> None:
    printed = print_of(TextReading("body", text))
    joining_campaigns.join(Comment.objects.get(pk=comment.pk), text, NOW, printed=printed)


def someone_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]


@pytest.fixture
def overtaken(monkeypatch: pytest.MonkeyPatch) -> Callable[[Comment, str, str], None]:
    """Screen a comment by one text, and by another one that must wait for the first to end."""
    remember, inside = joining_campaigns._remember, Event()

    def slow(*given, **more) -> None:
        remember(*given, **more)
        if not inside.is_set():
            inside.set()
            until = monotonic() + PATIENCE
            while not someone_waits() and monotonic() < until:
                sleep(0.02)

    def both(comment: Comment, first: str, second: str) -> None:
        monkeypatch.setattr(joining_campaigns, "_remember", slow)
        done = together(lambda: screened(comment, first), lambda: inside.wait(PATIENCE) and screened(comment, second))
        assert done == [None, None]
        monkeypatch.undo()

    return both


@pytest.mark.parametrize("second", [TEXT, OTHER], ids=["the same text", "a new text"])
def test_it_is_found_by_what_it_says_and_by_each_number_once(overtaken, post: Post, second: str) -> None:
    comment, alone = (cast.comment(post, "pending", body=TEXT, created_at=NOW) for _ in range(2))
    overtaken(comment, TEXT, second)
    found = sorted(CampaignKey.objects.filter(comment=comment).values_list("key", flat=True))
    screened(alone, second)
    right = sorted(CampaignKey.objects.filter(comment=alone).values_list("key", flat=True))
    assert found == right


def test_a_new_text_takes_it_off_the_card_of_the_old_one(overtaken, post: Post) -> None:
    wave, comment = alike(post, 2), cast.comment(post, "pending", body=TEXT, created_at=NOW)
    overtaken(comment, TEXT, OTHER)
    assert card_of(wave[0])
    assert card_of(comment) is None
