"""Whatever an author writes, the HTML holds only what stands on the list and calls on no other host."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.markup import plain_text, render
from tests.html_walls import breaches, read
from tests.payloads import PAYLOADS

ALLOWED = {
    **{tag: set() for tag in ("p", "br", "hr", "em", "strong", "s", "blockquote", "ul", "li")},
    **{tag: set() for tag in ("table", "thead", "tbody", "tr")},
    **{f"h{level}": {"id"} for level in range(2, 7)},
    "ol": {"start"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "loading"},
    "pre": {"class", "tabindex"},
    "code": {"class"},
    "span": {"class"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "th": {"class", "scope"},
    "td": {"class"},
}  # fmt: skip

PIECES = st.sampled_from(
    [
        *PAYLOADS,
        *"[]()*_`~<>!#&\\\n-+:/.@| ",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "```py\n",
        "    ",
        "|-|-|\n",
        "![x](/media/a.png)",
    ]
)


def assert_clean(html):
    assert breaches(html, ALLOWED, {"", "http", "https", "mailto"}) == []
    ids = [attributes["id"] for _, attributes in read(html) if "id" in attributes]
    assert len(ids) == len(set(ids))
    for name, attributes in read(html):
        if name == "img":
            assert attributes["src"].startswith(("/media/", "/static/"))
            assert "alt" in attributes


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_leaves_nothing_but_permitted_html(payload):
    for text in (
        payload,
        f"before\n\n{payload}\n\nafter",
        f"# {payload}",
        f"|a|\n|-|\n|{payload}|",
        f"![{payload}](/media/x.png)",
    ):
        assert_clean(render(text))


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join)))
@settings(deadline=None, max_examples=300)
def test_any_text_renders_clean(text):
    html = render(text)
    assert_clean(html)
    plain_text(html)


@given(st.lists(PIECES, max_size=20).map("".join))
@settings(deadline=None, max_examples=100)
def test_the_second_wall_has_nothing_left_to_change(text):
    from blog.markup import _wall

    html = render(text)
    assert _wall().clean(html) == html
