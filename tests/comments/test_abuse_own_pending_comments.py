"""A waiting comment is shown in its thread to the browser that sent it, and to no other, whatever its cookie."""

import pytest
from django.core import signing
from django.test import Client

from blog.models import Post, User
from comments.models import Comment, Sender
from comments.senders import SALT
from tests import cast
from tests.comments.sending import send

WORDS = "Words for me alone."


def page(client: Client, post: Post, query: str = "") -> str:
    return client.get(post.get_absolute_url() + query).content.decode()


def test_its_sender_sees_it_and_nobody_else_does(reader: Client, post: Post, as_moderator: Client) -> None:
    cast.comment(post)
    send(reader, post, body=WORDS)
    assert WORDS in page(reader, post)
    assert "Only you see this" in page(reader, post)
    for stranger in (Client(), as_moderator):
        for query in ("", "?order=newest"):
            assert WORDS not in page(stranger, post, query)


def test_it_is_not_told_to_machines_even_in_its_senders_own_page(reader: Client, post: Post) -> None:
    send(reader, post, body=WORDS)
    told = page(reader, post).split("application/ld+json", 1)[1].split("</script>")[0]
    assert WORDS not in told
    assert '"commentCount": 0' in told
    assert "No comments" in page(reader, post)


def test_the_page_with_it_is_kept_by_no_cache(reader: Client, post: Post) -> None:
    send(reader, post, body=WORDS)
    answer = reader.get(post.get_absolute_url())
    assert "private" in answer.headers["Cache-Control"]
    assert "no-cache" in answer.headers["Cache-Control"]
    assert "Cookie" in answer.headers["Vary"]
    assert "ETag" not in answer.headers


def test_a_reader_with_the_strangers_page_in_hand_still_gets_their_own(reader: Client, post: Post) -> None:
    etag = Client().get(post.get_absolute_url()).headers["ETag"]
    send(reader, post, body=WORDS)
    answer = reader.get(post.get_absolute_url(), headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert WORDS in answer.content.decode()


def test_one_post_does_not_show_what_waits_on_another(reader: Client, post: Post, author: User) -> None:
    send(reader, post, body=WORDS)
    assert WORDS not in page(reader, cast.post(author))


@pytest.mark.parametrize("status", ["rejected", "spam", "withdrawn", "erased", "unconfirmed"])
def test_what_was_decided_against_is_not_shown_to_its_sender_either(reader: Client, post: Post, status: str) -> None:
    send(reader, post, body=WORDS)
    Comment.objects.update(status=status)
    assert WORDS not in page(reader, post)


def test_a_made_up_cookie_opens_nothing(reader: Client, post: Post) -> None:
    send(reader, post, body=WORDS)
    key, value = Sender.objects.get().key, reader.cookies["sender"].value
    forged = [
        key,
        f"{key}:",
        f"{key}:{'x' * 43}",
        value[:-1],
        value + "x",
        value.swapcase(),
        signing.Signer(salt="x").sign(key),
    ]
    forged += [
        signing.Signer(key="x" * 50, salt=SALT).sign(key),
        signing.TimestampSigner(salt=SALT).sign(key),
        "1",
        "",
        "\u00ff:x",
    ]
    forged += [
        ":",
        "a" * 9000,
        '"a\\000b"',
        "null",
        signing.Signer(salt=SALT).sign("no such key"),
        signing.dumps(key, salt=SALT),
    ]
    for cookie in forged:
        other = Client()
        other.cookies["sender"] = cookie
        assert WORDS not in page(other, post), cookie
