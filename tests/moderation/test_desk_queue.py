"""What the lists of the desk show: which comments, in which order, found by which filters."""

import pytest
from django.test import Client

from comments.models import Comment, Sender
from moderation import pages, queue
from moderation.queue import TABS
from tests import cast
from tests.moderation.desk import html, reviewed

pytestmark = pytest.mark.django_db


def shown(client: Client, query: str = "") -> list[int]:
    response = client.get(f"/moderation/?{query}")
    assert response.status_code == 200
    return [item.comment.pk for item in response.context["queue"].items]


def with_edit(post, body: str = "The edited words.") -> Comment:
    comment = cast.comment(post, body="The public words.")
    comment.revisions.create(number=2, body=body, html=f"<p>{body}</p>")
    Comment.objects.filter(pk=comment.pk).update(proposed_revision=2)
    return comment


def test_pending_is_what_waits_for_a_person_oldest_first(as_moderator: Client, post) -> None:
    for status in Comment.Status:
        cast.comment(post, status)
    with_edit(post)
    cast.comment(post, "pending")
    expected = list(Comment.objects.pending().order_by("pk").values_list("pk", flat=True))
    assert len(expected) == 3
    assert shown(as_moderator) == expected
    parts = [set(part.values_list("pk", flat=True)) for part in TABS["pending"][1](Comment.objects.all())]
    assert set.union(*parts) == set(expected)
    assert not set.intersection(*parts)


@pytest.mark.parametrize("tab", ["spam", "rejected", "published"])
def test_the_other_tabs_show_their_status_newest_first(tab: str, as_moderator: Client, post) -> None:
    made = [cast.comment(post, status).pk for status in ("spam", "rejected", "published") for _ in range(2)]
    wanted = Comment.objects.filter(pk__in=made, status=tab).order_by("-pk").values_list("pk", flat=True)
    assert shown(as_moderator, f"tab={tab}") == list(wanted)


def test_a_comment_that_nobody_screened_says_so(as_moderator: Client, post) -> None:
    cast.comment(post, "pending")
    broken = cast.comment(post, "pending")
    reviewed(broken, error="TimeoutError: The screening took 2100 ms.")
    page = html(as_moderator.get("/moderation/"))
    assert "Not screened" in page
    assert page.count('<p class="row-why">on this week’s post · not screened') == 2
    page = html(as_moderator.get(f"/moderation/?focus={broken.pk}"))
    assert "Screening broke" in page
    assert "The screening took 2100 ms." in page


def test_a_waiting_edit_shows_what_changed_and_its_own_buttons(as_moderator: Client, post) -> None:
    with_edit(post)
    page = html(as_moderator.get("/moderation/"))
    assert "<b>public</b>" in page
    assert "<b>edited</b>" in page
    assert 'value="accept_edit"' in page
    assert 'value="refuse_edit"' in page


def test_the_history_is_of_the_browser_and_never_of_a_typed_name(as_moderator: Client, post) -> None:
    proven = Sender.objects.create()
    cast.comment(post, "spam", sender=proven, name="Ada")
    cast.comment(post, "pending", sender=proven, name="Another name")
    cast.comment(post, "pending", sender=Sender.objects.create(), name="Ada")
    rows = as_moderator.get("/moderation/").context["queue"].items
    first, second = (as_moderator.get(f"/moderation/?focus={row.comment.pk}").context["queue"].focus for row in rows)
    assert first.history.counts == (("spam", "Spam", 1),)
    assert second.history.counts == ()


@pytest.mark.parametrize("field", ["body", "name", "email", "website"])
def test_the_search_looks_into_all_that_was_typed(field: str, as_moderator: Client, post) -> None:
    cast.comment(post, "pending")
    wanted = cast.comment(post, "pending", **{field: "find-ME@people.example"})
    assert shown(as_moderator, "q=find-me") == [wanted.pk]


def test_filters_narrow_the_list_and_can_be_taken_off(as_moderator: Client, author, post) -> None:
    sender, other = Sender.objects.create(), cast.post(author)
    wanted = cast.comment(post, "pending", sender=sender, network="1:ab", body="see http://x.example/")
    reviewed(wanted, ("links_few", 1.0, "1 link", []))
    same_network = cast.comment(other, "pending", network="1:ab")
    reviewed(same_network, ("links_many", 1.0, "9 links", []))
    cast.comment(other, "pending")
    assert shown(as_moderator, f"post={post.pk}") == [wanted.pk]
    assert shown(as_moderator, f"sender={sender.pk}") == [wanted.pk]
    assert shown(as_moderator, f"network={wanted.pk}") == [wanted.pk, same_network.pk]
    assert shown(as_moderator, "links=1") == [wanted.pk]
    assert shown(as_moderator, "signal=links_few") == [wanted.pk]
    assert len(as_moderator.get("/moderation/?links=1&signal=links_few").context["queue"].narrowings) == 2


def test_only_the_latest_screening_counts_for_a_finding(as_moderator: Client, post) -> None:
    comment = cast.comment(post, "pending")
    reviewed(comment, ("links_few", 1.0, "1 link", []))
    reviewed(comment, ("shape_shouting", 1.0, "loud", []))
    assert shown(as_moderator, "signal=links_few") == []
    assert shown(as_moderator, "signal=shape_shouting") == [comment.pk]


@pytest.mark.parametrize("tab", ["pending", "all"])
def test_pages_go_on_by_key_both_ways_and_lose_nothing(
    tab: str, as_moderator: Client, post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "SIZE", 2)
    made = [cast.comment(post, "pending").pk for _ in range(3)] + [with_edit(post).pk for _ in range(2)]
    seen, address = [], f"/moderation/?tab={tab}"
    while address:
        found = as_moderator.get(address).context["queue"]
        seen.append([item.comment.pk for item in found.items])
        address, last = found.next, found
    assert [pk for page in seen for pk in page] == (made if tab == "pending" else made[::-1])
    back = as_moderator.get(last.previous).context["queue"]
    assert [item.comment.pk for item in back.items] == seen[-2]


def test_a_search_stops_after_a_stretch_and_goes_on_from_there(
    as_moderator: Client, post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_SIFTED", 3)
    for _ in range(4):
        cast.comment(post, "pending")
    wanted = cast.comment(post, "pending", body="needle")
    first = as_moderator.get("/moderation/?q=needle")
    assert not first.context["queue"].items
    assert "Search on" in html(first)
    assert shown(as_moderator, first.context["queue"].next.partition("?")[2]) == [wanted.pk]


def test_counts_of_tabs_stop_at_99(as_moderator: Client, post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "MOST_COUNTED", 2)
    for _ in range(4):
        cast.comment(post, "spam")
    cast.comment(post, "pending")
    counts = {tab.code: tab.count for tab in as_moderator.get("/moderation/").context["queue"].tabs}
    assert counts == {"pending": "1", "spam": "2+", "rejected": "0", "published": "0", "all": ""}
