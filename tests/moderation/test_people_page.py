"""The page about somebody: their comments, decisions, measures and notes; and the acts that start from it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import User
from comments.models import Comment, Sender
from moderation import people
from moderation.models import PersonNote, Sanction
from tests import cast
from tests.moderation.asking import act, hold, rejected
from tests.moderation.desk import html
from tests.page_walls import page_faults
from tests.payloads import PAYLOADS

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(db: None) -> Sender:
    return Sender.objects.create()


def address(sender: Sender, act_: str = "") -> str:
    return f"/moderation/people/browser/{sender.pk}/{act_}"


def test_it_shows_counts_decisions_measures_and_notes(
    post, sender: Sender, moderator: User, as_moderator: Client
) -> None:
    for _ in range(3):
        cast.comment(post, sender=sender)
    refused = rejected(post, moderator, note="For the log")
    Comment.objects.filter(pk=refused.pk).update(sender=sender)
    hold("ban", sender, moderator, message="To them", private="To us")
    assert as_moderator.post(address(sender, "notes/"), {"text": "Often kind."}).status_code == 303
    shown = html(as_moderator.get(address(sender)))
    for words in ("3 published", "1 rejected", "For the log", "Banned", "To them", "To us", "Often kind."):
        assert words in shown, words


@pytest.mark.parametrize("kind", ["browser", "account", "network"])
def test_each_kind_of_person_has_a_page_and_a_hash_stands_in_no_address(
    kind: str, post, sender: Sender, author: User, as_moderator: Client
) -> None:
    comment = cast.comment(post, sender=sender, network="777:abcdef")
    number = {"browser": sender.pk, "account": author.pk, "network": comment.pk}[kind]
    shown = html(as_moderator.get(f"/moderation/people/{kind}/{number}/"))
    assert "abcdef" not in shown
    assert "abcdef" not in html(as_moderator.get(f"/moderation/comments/{comment.pk}/"))


@pytest.mark.parametrize("place", ["browser/999/", "account/999/", "network/999/", "name/1/", f"browser/{10**25}/"])
def test_nobody_is_404(place: str, as_moderator: Client) -> None:
    for act_ in ("", "notes/", "sanctions/"):
        assert as_moderator.post(f"/moderation/people/{place}{act_}", {"text": "x"}).status_code in (404, 405)
    assert as_moderator.get(f"/moderation/people/{place}").status_code == 404


def test_a_measure_is_imposed_from_the_page_and_lifted_again(
    post, sender: Sender, moderator: User, as_moderator: Client
) -> None:
    comment = cast.comment(post, sender=sender)
    sent = {"kind": "suspend", "days": "7", "reason": "harassment", "message": "A week.", "comment": comment.pk}
    assert as_moderator.post(address(sender, "sanctions/"), sent).status_code == 303
    held = Sanction.objects.get()
    assert (held.kind, held.comment, held.made_by, (held.until - held.made_at).days) == (
        "suspend",
        comment,
        moderator,
        7,
    )
    assert "Suspended" in html(as_moderator.get("/moderation/people/"))
    response = as_moderator.post(f"/moderation/sanctions/{held.pk}/lift/")
    assert (response.status_code, response.headers["Location"]) == (303, address(sender))
    again = as_moderator.post(f"/moderation/sanctions/{held.pk}/lift/")
    assert again.status_code == 409
    assert "has lifted this already" in html(again)
    assert as_moderator.post("/moderation/sanctions/999/lift/").status_code == 404
    assert "Suspended" in html(as_moderator.get("/moderation/people/?tab=over"))


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": ""},
        {"kind": "exile"},
        {"kind": "suspend", "days": ""},
        {"kind": "suspend", "days": "9999"},
        {"reason": ""},
        {"reason": "other", "message": ""},
        {"message": "w" * 1001},
        {"cleanup_days": "500"},
        {"cleanup": "erase"},
    ],
)
def test_an_odd_form_comes_back_with_what_was_typed(changes: dict, sender: Sender, as_moderator: Client) -> None:
    sent = {"kind": "ban", "reason": "spam", "message": "To them", "private": "Kept words", **changes}
    response = as_moderator.post(address(sender, "sanctions/"), sent)
    assert response.status_code == 422
    assert "Nothing was done." in html(response)
    assert "Kept words" in html(response)
    assert not Sanction.objects.exists()


def test_an_empty_note_is_none(sender: Sender, as_moderator: Client) -> None:
    assert as_moderator.post(address(sender, "notes/"), {"text": " \n"}).status_code == 422
    assert not PersonNote.objects.exists()


def test_a_measure_about_a_network_is_named_by_a_comment_that_came_from_it(post, as_moderator: Client) -> None:
    comment = cast.comment(post, network="9000:abcdef")
    sent = {"kind": "hold_always", "reason": "spam"}
    assert as_moderator.post(f"/moderation/people/network/{comment.pk}/sanctions/", sent).status_code == 303
    held = Sanction.objects.get()
    assert (held.network, held.comment, held.until is None) == ("9000:abcdef", comment, False)
    shown = html(as_moderator.get("/moderation/people/"))
    assert f"Network of comment {comment.pk}" in shown
    assert "abcdef" not in shown


def test_beside_a_comment_stands_who_sent_it_and_what_is_in_force(
    post, sender: Sender, moderator: User, author: User
) -> None:
    guest = cast.comment(post, sender=sender, network="1:ab")
    staff = cast.comment(post, user=author, sender=sender, network="1:ab")
    unknown = cast.comment(post)
    hold("ban", sender, moderator)
    PersonNote.objects.create(sender=sender, text="x", made_by_name="x")
    known = people.of([guest, staff, unknown], timezone.now())
    assert [person.kind for person in known[guest.pk].people] == ["browser", "network"]
    assert ([one.kind for one in known[guest.pk].sanctions], known[guest.pk].notes) == (["ban"], 1)
    assert [person.kind for person in known[staff.pk].people] == ["account"]
    assert (known[unknown.pk].people, known[unknown.pk].sanctions) == ((), ())


def test_that_takes_two_queries_for_any_number(post, moderator: User, django_assert_num_queries) -> None:
    comments = [cast.comment(post, sender=Sender.objects.create(), network=f"1:{n}") for n in range(30)]
    for comment in comments:
        hold("warn", comment.sender, moderator)
    with django_assert_num_queries(2):
        people.of(comments, timezone.now())
    with django_assert_num_queries(2):
        people.of(comments[:1], timezone.now())


@pytest.mark.parametrize("kind", ["browser", "network"])
def test_the_page_asks_as_often_for_many_as_for_few(kind: str, post, moderator: User, as_moderator: Client) -> None:
    sender = Sender.objects.create()

    def more(number: int) -> int:
        for _ in range(number):
            comment = cast.comment(post, "pending", sender=sender, network="1:ab")
            act(comment, "reject", moderator, reason="spam", note="x")
            hold("warn", sender, moderator)
        return comment.pk

    def queries(address_: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_moderator.get(address_).status_code == 200
        return len(captured)

    place = f"/moderation/people/{kind}/{more(1) if kind == 'network' else sender.pk}/"
    more(1)
    as_moderator.get(place)
    few = queries(place), queries("/moderation/people/")
    more(12)
    assert (queries(place), queries("/moderation/people/")) == few
    assert few[0] < 18
    assert few[1] < 10


def test_hostile_words_are_words(post, sender: Sender, moderator: User, as_moderator: Client) -> None:
    comment = cast.comment(post, sender=sender)
    for payload in PAYLOADS[::6]:
        words = payload.replace("\x00", "").encode("utf-8", "replace").decode()
        as_moderator.post(address(sender, "notes/"), {"text": payload[:2000]})
        hold("warn", sender, moderator, message=words[:1000], private=words[:1000], comment=comment)
    for place in (address(sender), "/moderation/people/", comment.status_address):
        assert page_faults(html(as_moderator.get(place))) == []
