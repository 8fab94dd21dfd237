"""The filter's page: what it says of a fresh site, a busy one and a broken one, and what it costs."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post, User
from moderation import learning, snapshots
from moderation.actors import person
from moderation.classifier import prior as frozen
from moderation.decisions import decide
from moderation.models import Lesson, Snapshot
from tests import cast
from tests.moderation.desk import html
from tests.moderation.judged import judged, screened

pytestmark = pytest.mark.django_db
PAGE = "/moderation/filter/"


def said(client: Client, address: str = PAGE) -> str:
    """The page's text without tags, blanks made single."""
    response = client.get(address)
    assert response.status_code == 200
    main = re.search(r"<main.*</main>", html(response), re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\N{NO-BREAK SPACE}", " ").split())


def test_a_fresh_site_has_calm_words_and_no_nonsense(as_moderator: Client) -> None:
    page = said(as_moderator)
    for words in (
        "Learned from 0 nobody has decided anything yet; it judges by what it began with",
        "Last learned –",
        "Waits to be learned 0 nothing is left to learn",
        "Setting normal a person looks from 15 in 100, it is filed as spam from 95 in 100",
        "there is nothing to hold it against yet",
        "That shows once people have decided about something.",
        "The filter has screened nothing in the last 30 days.",
        "There is nothing to compare yet.",
        "Words show here once people have decided about something.",
        "FILTER_STRICTNESS takes strict, normal or relaxed",
    ):
        assert words in page
    for odd in ("None", "nan", "inf", "100 %", "Snapshot"):
        assert odd not in page
    assert "<svg" not in html(as_moderator.get(PAGE))


def test_it_says_what_it_began_with(as_moderator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [{"name": "old-blog", "kind": "blog", "comments": 1200, "spam": 34}]
    known = replace(frozen.nothing(), about={"comments": 1200, "spam": 34, "sources": sources})
    monkeypatch.setattr(frozen, "shipped", lambda: known)
    page = said(as_moderator)
    assert f"Digest {known.digest}" in page
    assert "what comments of other blogs taught it: 1,200 comments, 34 of them spam." in page
    assert "old-blog 1,200 comments, 34 of them spam (blog)" in page
    monkeypatch.setattr(frozen, "shipped", frozen.nothing)
    assert "what comments of other blogs taught it. This knowledge never changes" in said(as_moderator)


def test_after_one_decision_everything_is_said_of_one(as_moderator: Client, moderator: User, post: Post) -> None:
    review = screened(post, 0.5)
    decide(review.comment_id, "spam", seen=1, actor=person(moderator))
    page = said(as_moderator)
    assert "Waits to be learned 1 the first said" in page
    learning.learn(timezone.now())
    page = said(as_moderator, f"{PAGE}?strictness=relaxed")
    snapshot = Snapshot.objects.get()
    assert "Learned from 1 comment: 1 refused as spam, advertising or off topic, 0 fine" in page
    assert f"Snapshot {snapshot.number}, digest {snapshot.digest}" in page
    assert "Of the 1 comment that people decided about" in page
    assert "Of 1 that people refused, its score alone would have published none." in page
    assert "the 1 comment of the last 30 days" in page
    assert "“Relaxed” would have treated none of these comments otherwise." in page


def test_another_setting_shows_what_it_would_have_changed(as_moderator: Client, post: Post) -> None:
    changed = screened(post, 0.1, False, text={"name": "Ada <b>", "body": "A question <script> about bells"})
    screened(post, 0.5, True)
    page = said(as_moderator, f"{PAGE}?strictness=strict&days=90")
    assert "“Strict” would have treated 1 of 2 otherwise: 1 held instead of published." in page
    assert "10 in 100 · held instead of published; people found it fine" in page
    shown = html(as_moderator.get(f"{PAGE}?strictness=strict"))
    assert f'<a href="/moderation/comments/{changed.comment_id}/">' in shown
    assert "A question &lt;script&gt; about bells" in shown


@pytest.mark.parametrize("query", ["days=31", "days=x", "strictness=severe"])
def test_what_is_no_choice_is_no_page(as_moderator: Client, query: str) -> None:
    assert as_moderator.get(f"{PAGE}?{query}").status_code == 404


def test_the_setting_marks_its_line_and_one_that_is_none_is_told(as_moderator: Client, post: Post, settings) -> None:
    screened(post, 0.2, False)
    settings.FILTER_STRICTNESS = "strict"
    page = html(as_moderator.get(PAGE))
    assert '<tr class="current"><th scope="row">6, the setting</th>' in page
    assert "strict, as now" in page
    settings.FILTER_STRICTNESS = "severe"
    assert "FILTER_STRICTNESS is “severe”, which is no setting: every comment waits for a person." in said(as_moderator)


def test_where_nobody_learns_it_says_so_and_what_to_do(as_moderator: Client, post: Post) -> None:
    lesson = judged(cast.comment(post), True, timezone.now() - timedelta(minutes=14), applied=False)
    assert "Nobody learns" not in said(as_moderator)
    Lesson.objects.filter(pk=lesson.pk).update(created_at=timezone.now() - timedelta(minutes=16))
    page = said(as_moderator)
    assert "Nobody learns: what people said waits for longer than a quarter of an hour." in page
    assert "manage.py work" in page


def test_a_damaged_model_is_told_and_the_rest_of_the_page_stands(
    as_moderator: Client, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    screened(post, 0.5, True)
    Lesson.objects.update(applied=False)
    learning.learn(timezone.now())
    monkeypatch.setattr(snapshots, "_kept", None)
    Snapshot.objects.update(state=b"x")
    page = said(as_moderator)
    assert "The model cannot be used: snapshot 1 is not what was written." in page
    assert "manage.py learn --from-nothing" in page
    assert "Until then every comment waits for a person." in page
    assert "The model cannot be asked now." in page
    assert "Of 1 that people refused" in page


def test_a_model_of_another_version_is_told(as_moderator: Client, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    screened(post, 0.5, True)
    Lesson.objects.update(applied=False)
    learning.learn(timezone.now())
    Snapshot.objects.update(features_version=0)
    monkeypatch.setattr(snapshots, "_kept", None)
    assert "The model was made by another version of the filter and is folded anew" in said(as_moderator)


def test_a_prior_that_cannot_be_read_is_told(as_moderator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise frozen.UnreadablePrior("it is cut off")

    monkeypatch.setattr(frozen, "shipped", gone)
    page = said(as_moderator)
    assert "The file that ships with the filter cannot be read: it is cut off." in page
    assert "The model cannot be asked now." in page


def test_it_asks_as_often_for_many_comments_as_for_few(as_moderator: Client, post: Post) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_moderator.get(f"{PAGE}?strictness=strict").status_code == 200
        return len(captured)

    screened(post, 0.1, False)
    screened(post, 0.1, True)
    Lesson.objects.update(applied=False)
    learning.learn(timezone.now())
    cost()  # reads the model
    few = cost()
    for number in range(60):
        screened(post, 0.01 + number / 65, number % 2 == 0 if number % 3 else None, days=number)
    Lesson.objects.update(applied=False)
    learning.learn(timezone.now())
    cost()
    assert cost() == few <= 17


def test_the_bar_leads_there(as_moderator: Client) -> None:
    assert f'<a href="{PAGE}">Filter</a>' in html(as_moderator.get("/moderation/numbers/"))
    assert f'<a href="{PAGE}" aria-current="page">Filter</a>' in html(as_moderator.get(PAGE))
