"""What is filled into a row's pattern is what the template makes of it, whatever a comment says."""

from datetime import UTC, datetime

import pytest
from django.template import engines
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from blog.models import Post
from blog.shapes import Shapes, mark
from comments.lines import PLACE, lines
from comments.paths import new_step
from comments.rows import SHAPES, TEMPLATE, in_template, rows
from comments.threads import Page, Row, Shown

NOW = datetime(2026, 5, 3, 12, 5, 9, 123456, tzinfo=UTC)
WRITE, REPORT = "/comments/on/7/", f"/reports/{PLACE}/"
texts = st.text(max_size=12) | st.sampled_from(
    [mark("name"), mark("html"), "%(html)s", "%s %%", "<script>&amp;\"'", "{{ line.html }}", str(PLACE)]
)
shown = st.builds(
    Shown,
    pk=st.integers(1, 2**40),
    parent_id=st.none() | st.integers(1, 2**40),
    path=st.integers(1, 9).map(lambda depth: new_step(NOW) * depth),
    name=texts,
    website=st.just("") | texts,
    body=texts | st.just("long " * 600) | st.just("\n" * 40),
    html=texts,
    user_id=st.sampled_from([None, 1, 2]),
    created_at=st.sampled_from(["2026-05-03 12:05:09.123456+00", "2026-05-03 12:05:09.123456", "2026-05-03 12:05:09"]),
    edited_at=st.none() | st.just(NOW),
)
some_rows = st.builds(
    Row,
    path=st.integers(1, 9).map(lambda depth: new_step(NOW) * depth),
    comment=st.none() | shown,
    parent=st.just("") | texts,
    parent_here=st.booleans(),
    own=st.sampled_from(["", "", "a-capability"]),
)


def by_template(row: Row, line: dict, thread: dict) -> str:
    """The row as the template makes and escapes it, from the texts as they were typed."""
    context = in_template(line, thread)
    if row.comment:
        typed = {"name": row.comment.name, "website": row.comment.website, "parent": row.parent}
        context["line"] |= typed
    return render_to_string(TEMPLATE, context)


@given(
    found=st.lists(some_rows, min_size=1, max_size=6),
    target=st.booleans(),
    is_open=st.booleans(),
    report=st.sampled_from(["", REPORT]),
)
def test_each_row_is_to_the_letter_the_templates(found: list[Row], target: bool, is_open: bool, report: str) -> None:
    first = found[0].comment
    page = Page("oldest", found, target=first.pk if target and first else None)
    told = lines(Post(author_id=1), page)
    thread = {"open": is_open, "write": WRITE, "report": report}
    expected = "".join(f"{by_template(row, line, thread)}\n" for row, line in zip(found, told, strict=True))
    assert rows(told, is_open=is_open, write=WRITE, report=report) == expected


@pytest.fixture
def line() -> dict:
    comment = Shown(
        5, None, new_step(NOW), "A reader", "", "Words.", "<p>Words.</p>", None, "2026-05-03 12:05:09.123456", None
    )
    return lines(Post(author_id=1), Page("oldest", [Row(comment.path, comment)]))[0]


def test_a_row_of_a_kind_that_was_shown_before_is_not_rendered(line: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    rows([line], is_open=True, write=WRITE)
    monkeypatch.setattr(Shapes, "make", lambda *arguments: pytest.fail("rendered again"))
    assert "<p>Words.</p>" in rows([line, line], is_open=True, write="/comments/on/8/")


def test_a_template_that_changed_is_rendered_anew(line: dict) -> None:
    rows([line], is_open=True, write=WRITE)
    assert SHAPES.known()
    for loader in engines["django"].engine.template_loaders:
        loader.reset()
    assert not SHAPES.known()
