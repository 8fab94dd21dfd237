"""Whatever is typed into the comment form and the edit form, it is never the server's fault."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from blog.models import Post
from comments import stamps
from comments.models import Comment
from tests import cast
from tests.comments.sending import address, filled_in
from tests.payloads import PAYLOADS

some = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
pytestmark = pytest.mark.usefixtures("patient_door")
FORM = "application/x-www-form-urlencoded"
NAMES = ["body", "name", "email", "website", "parent", "stamp", "subject", "preview", "seen", "csrfmiddlewaretoken"]
texts = st.text(max_size=60).map(lambda text: quote(text, errors="replace")) | st.sampled_from(PAYLOADS).map(quote)
raw_bytes = st.binary(max_size=20).map(quote) | st.sampled_from(
    ["%00", "%ed%a0%80", "%c0%80", "%", "%f5%80", "a" * 12_000]
)
values = texts | raw_bytes | st.integers().map(str)
typed = st.dictionaries(st.sampled_from(NAMES), values, max_size=5)
content_types = st.sampled_from(
    [FORM, FORM, FORM, f"{FORM}; charset=utf-8", "multipart/form-data; boundary=x", "text/plain", ""]
)
EXTRAS = [
    "", '; filename="x"', "\r\nContent-Transfer-Encoding: base64", "\r\nContent-Type: text/html; charset=utf-7",
]  # fmt: skip
PARTS = st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=30), st.sampled_from(EXTRAS)), max_size=6)


@some
@given(changes=typed, known=st.booleans())
@example(changes={"body": "%00"}, known=False)
@example(changes={"stamp": "%ed%a0%80", "parent": "%F0%9F%98%80"}, known=True)
def test_no_comment_breaks_the_form(post: Post, changes: dict[str, str], known: bool) -> None:
    sent = {name: quote(str(value)) for name, value in filled_in(post).items()} | changes
    client = Client()
    if known:
        client.cookies["sender"] = changes.get("name", "x")[:80]
    answer = client.generic("POST", address(post), "&".join(f"{k}={v}" for k, v in sent.items()), FORM)
    assert answer.status_code in (200, 303, 422)


@some
@given(changes=typed, act=st.sampled_from(["edit", "withdraw"]))
def test_no_edit_breaks_a_status_page(post: Post, changes: dict[str, str], act: str) -> None:
    comment = cast.comment(post, "pending")
    sent = {"seen": "1", "body": "Changed."} | changes
    body = "&".join(f"{k}={v}" for k, v in sent.items())
    answer = Client().generic("POST", f"{comment.status_address}{act}/", body, FORM)
    assert answer.status_code in (303, 409, 422)
    assert Client().get(comment.status_address).status_code == 200


@some
@given(body=st.binary(max_size=200), content_type=content_types, strict=st.booleans())
def test_no_bytes_break_the_door(post: Post, body: bytes, content_type: str, strict: bool) -> None:
    answer = Client(enforce_csrf_checks=strict).generic("POST", address(post), body, content_type)
    assert 400 <= answer.status_code < 500


@some
@given(parts=PARTS)
def test_no_parts_break_the_form(post: Post, parts: list[tuple[str, str, str]]) -> None:
    stamp = stamps.make(post.pk, timezone.now())
    lines = [f'--x\r\nContent-Disposition: form-data; name="stamp"\r\n\r\n{stamp}\r\n']
    lines += [
        f'--x\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n{value}\r\n'
        for name, value, extra in parts
    ]
    body = "".join([*lines, "--x--\r\n"]).encode("utf-8", "replace")
    answer = Client().generic("POST", address(post), body, "multipart/form-data; boundary=x")
    assert answer.status_code in (200, 303, 400, 422)
    for comment in Comment.objects.all():
        assert "\x00" not in comment.body + comment.name + comment.email + comment.website
