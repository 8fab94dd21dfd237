"""Whatever a reader writes, the HTML holds only what stands on the list."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.markup import MAX_HTML_BYTES, TextTooLong, UnusableText, check, render
from tests.html_walls import breaches, read
from tests.payloads import PAYLOADS

ALLOWED = {
    **{tag: set() for tag in ("p", "br", "strong", "em", "s", "code", "blockquote", "ul", "li")},
    "ol": {"start"},
    "pre": {"tabindex"},
    "a": {"href", "rel"},
}

PIECES = st.sampled_from(
    [*PAYLOADS, *"[]()*_`~<>!#&\\\n-+:/.@ ", "\n\n", "> ", "- ", "1. ", "```\n", "    ", "http://", "www.", "a.example"]
)


def assert_clean(html):
    assert breaches(html, ALLOWED, {"http", "https"}) == []
    for name, attributes in read(html):
        if name == "a":
            assert attributes["rel"] == "nofollow ugc noopener"
            assert attributes["href"].startswith(("http://", "https://"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_leaves_nothing_but_permitted_html(payload):
    for text in (
        payload,
        f"before\n\n{payload}\n\nafter",
        f"> - {payload}",
        f"*{payload}*",
        f"[{payload}](http://a.example)",
    ):
        assert_clean(render(text))


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(deadline=None, max_examples=300)
def test_any_mixture_of_pieces_renders_clean_or_is_refused_by_name(text):
    try:
        html = render(text)
    except (TextTooLong, UnusableText):
        return
    assert_clean(html)
    assert len(html.encode()) <= MAX_HTML_BYTES


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=300)
def test_any_text_renders_clean_or_is_refused_by_name(text):
    try:
        checked = check(text)
    except (TextTooLong, UnusableText):
        return
    assert check(checked) == checked
    try:
        html = render(text)
    except (TextTooLong, UnusableText):
        return
    assert_clean(html)
    # What is stored renders as what was sent: an edit, an import and a form agree.
    assert render(checked) == html


@given(st.lists(PIECES, max_size=20).map("".join))
@settings(deadline=None, max_examples=100)
def test_the_second_wall_has_nothing_left_to_change(text):
    from comments.markup import _wall

    try:
        html = render(text)
    except (TextTooLong, UnusableText):
        return
    assert _wall().clean(html) == html
