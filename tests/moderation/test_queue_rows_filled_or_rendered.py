"""The list of the queue is filled into patterns of its template; what comes out is what the template renders."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from blog.models import Post
from comments.models import Comment
from moderation.campaigns import CardLink
from moderation.row_shapes import html_of
from moderation.rows import Row
from moderation.templatetags.desk import live

HOSTILE = ["<script>", "a & b", "100% %s %(pk)s {{ x }} {% y %}", "'\"", "Zero\u200bwidth", "mark0pk0mark", ""]
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20))


def row(status: str = "pending", name: str = "Ann", excerpt: str = "Words.", **given) -> Row:
    comment = Comment(
        pk=1_234_567, version=1_001, status=status, name=name, created_at=datetime(2026, 3, 1, 4, 5, 6, tzinfo=UTC),
        proposed_revision=given.pop("edit", None), user_id=given.pop("user", None),
        post=Post(title=given.pop("title", "A post")),
    )  # fmt: skip
    return Row(
        comment, "1234567", "1001", excerpt, given.pop("why", ()), given.pop("held_by", ""), given.pop("card", None)
    )


def rendered(rows: list[Row], **context) -> str:
    return "".join(render_to_string("moderation/_row.html", {"row": one, **context}) for one in rows)


@pytest.mark.parametrize("status", Comment.Status.values)
@pytest.mark.parametrize("tab", ["pending", "spam", "rejected", "published", "all"])
def test_every_way_through_the_template(status: str, tab: str) -> None:
    place = {"tab": tab, "focusing": f"/moderation/?tab={tab}&focus="}
    turns = product((None, 2), (None, 3), ("Ann", ""), ((), ("public now", "reported by 2")), ("", "Bo"), (None, 9))
    rows = [
        row(status, name, edit=edit, user=user, why=why, held_by=held, card=CardLink(card, 12) if card else None)
        for edit, user, name, why, held, card in turns
    ]
    for current in ("", "1234567", "12"):
        assert html_of(rows, current=current, **place) == rendered(rows, current=current, **place)


@given(texts, texts, texts, texts, st.lists(texts, max_size=2), texts)
def test_any_text_is_escaped_as_the_template_does(
    name: str, excerpt: str, title: str, held_by: str, why: list[str], focusing: str
) -> None:
    one = row(name=name, excerpt=excerpt, title=title, held_by=held_by, why=tuple(why))
    place = {"tab": "all", "focusing": focusing}
    assert html_of([one], **place) == rendered([one], **place)
    assert "<script>" not in html_of([one], **place)


def test_rows_of_one_way_do_not_mix() -> None:
    rows = [row(name=f"Reader {number}", excerpt=f"Text {number}") for number in range(3)]
    page = html_of(rows, tab="pending", focusing="?")
    assert [page.count(f"Reader {number}") for number in range(3)] == [2, 2, 2]


@given(st.integers(0, 230 * 366 * 86_400))
def test_a_live_moment_is_written_as_django_writes_it(seconds: int) -> None:
    local = timezone.localtime(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
    assert f'title="{date_format(local, "j F Y, H:i:s")}"' in live(local)
