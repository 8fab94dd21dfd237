"""The pages of batches: ordering one about everything, following and stopping it, taking it back, erasing."""

import re

import pytest
from django.test import Client

from blog.models import Post, User
from comments.models import Comment, Sender
from moderation import batch_views, batches
from moderation.actors import person
from moderation.decisions import decide
from moderation.models import Batch, Decision
from tests import cast
from tests.moderation.desk import html, status_of
from tests.moderation.orders import NOW, done, everything, flood

pytestmark = pytest.mark.django_db
ALL = "/moderation/batches/all/"


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the pages that ask."""
    return dict(re.findall(r'type="hidden" name="(until|since)" value="(\d+)"', page))


def test_the_queue_leads_to_a_page_that_says_how_many_and_shows_some(post: Post, as_moderator: Client) -> None:
    flood(post, 7, body="needle")
    flood(post, 100)
    assert f'<a href="{ALL}">' in html(as_moderator.get("/moderation/"))
    assert "more than 99" in html(as_moderator.get("/moderation/"))
    assert f'<a href="{ALL}?q=needle">' in html(as_moderator.get("/moderation/?q=needle"))
    page = html(as_moderator.get(f"{ALL}?q=needle"))
    assert "Decide about all 7 comments" in page
    assert "containing “needle”" in page
    assert page.count('class="excerpt"') == 5
    assert "Decide about all 107 comments" in html(as_moderator.get(ALL))
    assert as_moderator.get(f"{ALL}?tab=odd").status_code == 404


def test_what_it_asks_is_done_to_what_was_there_when_it_asked(post: Post, as_moderator: Client, editor: User) -> None:
    meant = flood(post, 3, body="needle")
    asked = hidden(html(as_moderator.get(f"{ALL}?q=needle")))
    late = flood(post, 2, body="needle")
    decide(meant[0].pk, "approve", seen=1, actor=person(editor))
    answer = as_moderator.post(ALL, {**asked, "back": "q=needle", "action": "reject", "reason": "spam"})
    batch = Batch.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/moderation/batches/{batch.pk}/?q=needle")
    assert [status_of(comment) for comment in (*meant, *late)] == ["published", "rejected", "rejected"] + [
        "pending"
    ] * 2
    page = html(as_moderator.get(answer.headers["Location"]))
    assert "Reject 3 comments" in page
    assert "with certain words, which were forgotten when it ended" in page
    assert "Done for 2, not for 1" in page
    assert "Approved by Editor after this was ordered." in page


@pytest.mark.parametrize(
    "wrong",
    [{"reason": ""}, {"action": "not_spam"}, {"until": "x"}, {"since": "-1"}, {"until": ""}, {"action": "erase"}],
)
def test_what_is_missing_or_impossible_is_asked_again_and_nothing_is_done(
    wrong: dict, post: Post, as_moderator: Client
) -> None:
    flood(post, 2)
    order = {"until": "99", "since": "0", "back": "", "action": "reject", "reason": "spam", **wrong}
    assert as_moderator.post(ALL, order).status_code == 422
    assert not Batch.objects.exists()


def test_a_long_batch_shows_how_far_it_is_and_goes_on_by_a_button(
    post: Post, as_moderator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    comments = flood(post, 250)
    monkeypatch.setattr(batch_views, "SECONDS", 0)
    monkeypatch.setattr(batches, "CHUNK_SECONDS", 3600)
    monkeypatch.setattr(batches.run, "__kwdefaults__", {"size": 100})
    monkeypatch.setattr("moderation.batch_pages.SECONDS", 0)
    answer = as_moderator.post(ALL, {**hidden(html(as_moderator.get(ALL))), "action": "spam", "back": ""}, follow=True)
    page = html(answer)
    assert "100 of 250" in page
    assert re.search(r'<progress id="batch-bar" max="250" value="100">', page)
    key = Batch.objects.get().pk
    stopped = html(as_moderator.post(f"/moderation/batches/{key}/stop/", follow=True))
    assert "Stopped" in stopped
    assert "data-continue" not in stopped, "the script goes on with what runs, and only with that"
    for expected in ("200 of 250", "All done"):
        assert expected in html(as_moderator.post(f"/moderation/batches/{key}/continue/", follow=True))
    assert status_of(comments[-1]) == "spam"
    back = as_moderator.post(f"/moderation/batches/{key}/undo/", follow=True)
    assert "100 of 250" in html(back)
    assert "200 of 250" in html(as_moderator.post(back.redirect_chain[0][0] + "continue/", follow=True))
    assert "This batch was taken back" in html(as_moderator.get(f"/moderation/batches/{key}/"))


def test_conflicts_are_listed_a_page_at_a_time(post: Post, as_moderator: Client, moderator: User, editor: User) -> None:
    comments = flood(post, 120)
    order = everything(moderator)
    other = done(everything(editor, "spam"))
    order = done(order)
    assert (other.done, order.refused) == (120, 120)
    seen, address = [], f"/moderation/batches/{order.pk}/"
    while address:
        page = html(as_moderator.get(address))
        seen += re.findall(r'<li><a href="/moderation/comments/(\d+)/', page)
        found = re.search(r'<a rel="next" href="([^"]+)"', page)
        address = found and found[1]
    assert seen == [str(comment.pk) for comment in comments]
    assert as_moderator.get(f"/moderation/batches/{order.pk}/?item=x").status_code == 404


def test_everything_from_one_browser_is_erased_by_who_may_and_nothing_else(post: Post, as_moderator: Client) -> None:
    sender, other = Sender.objects.create(), Sender.objects.create()
    mine = flood(post, 3, sender=sender) + flood(post, 2, "published", sender=sender)
    kept = flood(post, 1, sender=other)
    address = f"/moderation/senders/{sender.pk}/erase/"
    assert as_moderator.get(address).status_code == 403
    assert as_moderator.post(address, {"until": 99, "since": 0}).status_code == 403
    chief = cast.logged_in(cast.person("chief", "Editors", is_superuser=True))
    page = html(chief.get(address))
    assert "Erase all 5 comments for good?" in page
    assert Comment.objects.filter(status="erased").count() == 0
    done_page = html(chief.post(address, hidden(page), follow=True))
    assert "All done" in done_page
    assert "Undo all of them" not in done_page
    assert set(
        Comment.objects.filter(pk__in=[comment.pk for comment in mine]).values_list("status", "body", "sender")
    ) == {("erased", "", None)}
    assert status_of(kept[0]) == "pending"
    assert "Nothing is left" in html(chief.get(address))
    assert chief.get("/moderation/senders/999/erase/").status_code == 404


def test_an_erasure_takes_the_words_of_a_batch_that_rests_along(post: Post, moderator: User) -> None:
    comments = flood(post, 4, body="name@mail.example")
    order = everything(moderator, chosen={"q": "name@mail.example"}, note="about name@mail.example")
    batches.run_chunk(order.pk, NOW, 2)
    batches.stop(order.pk)
    chief = cast.person("chief", "Editors", is_superuser=True)
    decide(comments[0].pk, "erase", seen=2, actor=person(chief))
    order.refresh_from_db()
    assert "name@" not in f"{order.note}{order.message}{order.chosen}"
    assert not batches.resume(order.pk), "without its words it would mean everything"
    assert [status_of(comment) for comment in comments[2:]] == ["pending"] * 2


def test_the_list_of_batches_asks_as_often_for_many_as_for_few(
    post: Post, as_moderator: Client, moderator: User, django_assert_num_queries
) -> None:
    flood(post, 12)
    as_moderator.get("/moderation/batches/")
    for number in range(1, 12):
        done(
            everything(
                moderator, "spam" if number % 2 else "not_spam", chosen={"tab": "pending" if number % 2 else "spam"}
            )
        )
    assert Decision.objects.count() == 12 * 11
    with django_assert_num_queries(5):
        assert html(as_moderator.get("/moderation/batches/")).count("12 done") == 11
