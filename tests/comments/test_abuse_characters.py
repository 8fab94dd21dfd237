"""Characters that databases, feeds or readers can not bear are refused or taken out before anything is stored."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments.models import Comment
from tests import cast
from tests.comments.sending import LETTER, address, edit, filled_in, send

pytestmark = pytest.mark.usefixtures("patient_door")
FIELDS = [
    "body",
    "name",
    "email",
    "website",
    "parent",
    "stamp",
    "subject",
    "preview",
    "seen",
    "csrfmiddlewaretoken",
    "other",
]
# The bytes that UTF-8 does not know: half characters, overlong NUL, cut sequences.
BAD_BYTES = ["%ed%a0%80", "%ed%bf%bf", "%c0%80", "%f4%90%80%80", "%ff%fe", "%e4%b8", "%80"]
CONTROLS = "\x00\x01\x08\x0b\x0c\x0e\x1b\x1c\x1d\x1e\x1f\x7f\x80\x85\x9f\ufffe\uffff\ufdd0"
HIDDEN = "\u202e\u202a\u2066\u2069\u200b\u200e\u200f\u061c\u00ad\ufeff\u2060\u180e\U000e0041"


@pytest.mark.parametrize("field", FIELDS)
def test_a_nul_in_a_field_is_no_error(reader: Client, post: Post, field: str) -> None:
    comment = cast.comment(post, "pending")
    for value in ("\x00", "a\x00b", "1\x00"):
        assert send(reader, post, **{field: value}).status_code in (200, 303, 422)
        assert edit(reader, comment, "Changed.", **({field: value} if field != "body" else {})).status_code in (
            303,
            422,
            409,
        )
    assert not Comment.objects.filter(body__contains="\\x00").exists()


@pytest.mark.parametrize("bad", BAD_BYTES)
@pytest.mark.parametrize("field", ["body", "name", "email", "website", "parent", "stamp", "subject"])
def test_bytes_that_are_no_text_are_no_error(reader: Client, post: Post, field: str, bad: str) -> None:
    typed = {**filled_in(post), field: "MARK"}
    sent = "&".join(f"{name}={value}" for name, value in typed.items()).replace("MARK", f"a{bad}b").replace(" ", "+")
    answer = reader.generic("POST", address(post), sent, "application/x-www-form-urlencoded")
    assert answer.status_code in (303, 422)


@pytest.mark.parametrize(
    "place", ["/search/?q={}", "/?page={}", "/{}/", "/tag/{}/", "/author/{}/", "/comments/status/{}/"]
)
def test_nor_are_they_in_an_address(reader: Client, post: Post, place: str) -> None:
    for bad in [*BAD_BYTES, "%00", "a%00b", "%e2%80%ae", "%1b%5b31m", "%0d%0a"]:
        for below in (place, post.get_absolute_url() + "?after={}", post.get_absolute_url() + "?c={}&order={}"):
            assert reader.get(below.format(bad, bad)).status_code in (200, 400, 404)


@pytest.mark.parametrize("letter", CONTROLS)
def test_a_control_is_in_no_stored_text_and_no_feed_breaks(reader: Client, post: Post, letter: str) -> None:
    send(reader, post, body=f"A gate{letter} of oak.", name=f"Co{letter}ra")
    for stored in Comment.objects.values_list("name", "body", "html"):
        assert not any(letter in text for text in stored)
    Comment.objects.update(status="published", published_at=timezone.now())
    for feed in ("/comments/feed/", f"{post.get_absolute_url()}feed/"):
        ElementTree.fromstring(reader.get(feed).content)  # noqa: S314 - our own


@pytest.mark.parametrize("letter", CONTROLS.replace("\x85", ""))
def test_a_control_that_is_stored_all_the_same_breaks_no_feed(reader: Client, post: Post, letter: str) -> None:
    if letter == "\x00":
        letter = "\x01"  # PostgreSQL stores no NUL
    cast.comment(post, name=f"Co{letter}ra", body=f"a{letter}b")
    answer = reader.get("/comments/feed/")
    assert answer.status_code == 200
    ElementTree.fromstring(answer.content)  # noqa: S314 - our own


@pytest.mark.parametrize("letter", HIDDEN)
def test_a_name_holds_nothing_that_turns_or_hides(reader: Client, post: Post, letter: str) -> None:
    send(reader, post, name=f"Co{letter}ra")
    assert Comment.objects.get().name == "Cora"


@pytest.mark.parametrize(
    "name", [*HIDDEN, HIDDEN, "\u3164", "\u2800", " \u00a0\u3000", "\u0301", "\x00", "\ufeff\u200b"]
)
def test_a_name_that_shows_nothing_is_refused_with_the_text(reader: Client, post: Post, name: str) -> None:
    refused = send(reader, post, name=name)
    assert refused.status_code == 422
    assert LETTER in refused.content.decode()


@pytest.mark.parametrize(
    "email",
    [
        '"\x0bx"@a.example',
        '"<b>"@a.example',
        '"a\x1cb"@a.example',
        "a@b\u202ec.example",
        "a@b\u200bc.example",
        "a\n@b.example",
        "a@b.example\r\nBcc: c@d.example",
    ],
)
def test_an_email_that_could_deceive_is_refused(reader: Client, post: Post, email: str) -> None:
    assert send(reader, post, email=email).status_code == 422


def test_names_and_texts_stand_apart_from_the_page_around_them(reader: Client, post: Post) -> None:
    first = cast.comment(post, name="\u05d0\u05d1")
    cast.comment(post, parent=first)
    page = reader.get(post.get_absolute_url()).content.decode()
    assert page.count("<bdi>\u05d0\u05d1</bdi>") >= 2
    assert page.count('class="comment-body prose') == page.count('class="comment-body prose" dir="auto"')
