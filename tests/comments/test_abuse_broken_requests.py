"""Requests that are no forms are refused with a word, and what was said in them is not stored."""

import pytest
from django.test import Client

from blog.models import Post
from comments.models import Comment
from tests.comments.sending import LETTER, address, filled_in

FORM = "application/x-www-form-urlencoded"
PART = '--x\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'


def multipart(post: Post, body: str, extra: str = "") -> bytes:
    parts = [PART.format(name, "", value) for name, value in filled_in(post).items() if name != "body"]
    return "".join([*parts, PART.format("body", extra, body), "--x--\r\n"]).encode()


def post_raw(client: Client, post: Post, body: bytes, content_type: str = FORM, **meta: str) -> int:
    return client.generic("POST", address(post), body, content_type, **meta).status_code


@pytest.mark.parametrize("name", ["body", "name", "email", "website", "parent", "stamp", "subject"])
def test_a_field_that_comes_twice_is_refused_with_the_text(reader: Client, post: Post, name: str) -> None:
    sent = filled_in(post)
    answer = reader.post(address(post), {**sent, name: [sent[name], sent[name]]})
    assert answer.status_code == 422
    assert "a field twice" in answer.content.decode()
    assert LETTER in answer.content.decode()


def test_a_thousand_and_one_fields_are_refused(reader: Client, post: Post) -> None:
    fields = "&".join(f"f{number}=1" for number in range(1001))
    assert post_raw(reader, post, fields.encode()) == 400


@pytest.mark.parametrize("size", [65_537, 3_000_000])
def test_a_body_beyond_the_door_is_refused_unread(reader: Client, post: Post, size: int) -> None:
    assert post_raw(reader, post, b"body=" + b"a" * size) == 413
    assert post_raw(reader, post, multipart(post, "a" * size), "multipart/form-data; boundary=x") == 413


@pytest.mark.parametrize("length", ["-1", "-5", "abc", "1e9", "+5", "\xb2", "5 5", "0x10"])
def test_a_length_that_is_none_is_refused(reader: Client, post: Post, length: str) -> None:
    for page in (address(post), "/admin/login/"):
        assert reader.generic("POST", page, b"body=x", FORM, CONTENT_LENGTH=length).status_code == 400


@pytest.mark.parametrize("length", ["", "0", "3", "20"])
def test_a_length_that_is_too_small_cuts_the_form_and_nothing_is_stored(
    reader: Client, post: Post, length: str
) -> None:
    answer = post_raw(reader, post, b"body=hello&name=x&stamp=y&parent=z", CONTENT_LENGTH=length)
    assert answer == 422


def test_a_file_in_place_of_a_text_is_no_text(reader: Client, post: Post) -> None:
    sent = multipart(post, "from a file", '; filename="letter.txt"')
    assert post_raw(reader, post, sent, "multipart/form-data; boundary=x") == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize("encoded", ["", " " * 60_000, "====", "aGVsbG8" + " \n" * 20_000, "\u00e9"])
def test_base64_of_blanks_or_of_nothing_is_refused(reader: Client, post: Post, encoded: str) -> None:
    sent = multipart(post, encoded, "\r\nContent-Transfer-Encoding: base64")
    assert post_raw(reader, post, sent, "multipart/form-data; boundary=x") in (400, 413, 422, 303)


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=" + "y" * 300,
        ";;=",
        "\xff",
    ],
)
def test_a_body_of_another_kind_stores_nothing(reader: Client, post: Post, content_type: str) -> None:
    for body in (b'{"body": "\\ud800", "name": "x"}', b"", b"\xff\xfe\x00"):
        assert 400 <= post_raw(reader, post, body, content_type) < 500
    assert not Comment.objects.exists()


def test_a_compressed_body_is_not_unpacked(reader: Client, post: Post) -> None:
    assert post_raw(reader, post, b"\x1f\x8b\x08", HTTP_CONTENT_ENCODING="gzip") == 422
