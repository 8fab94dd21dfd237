"""Differences lead from one text to the other, and stay within bounds."""

import time

from hypothesis import given
from hypothesis import strategies as st

from blog.differences import GONE, NEW, SAME, SKIPPED, Row, compare

lines = st.lists(st.text(alphabet="ab \t.é", max_size=8), max_size=12).map("\n".join)


def said(row: Row) -> str:
    return "".join(text for text, _ in row.pieces)


@given(lines, lines)
def test_the_rows_tell_both_texts_apart_from_what_is_folded(old: str, new: str) -> None:
    rows = compare(old, new)
    skipped = sum(row.count for row in rows if row.kind == SKIPPED)
    before = [said(row) for row in rows if row.kind in (GONE, SAME)]
    after = [said(row) for row in rows if row.kind in (NEW, SAME)]
    if old != new:
        assert len(before) + skipped == len(old.splitlines())
        assert len(after) + skipped == len(new.splitlines())
        assert set(before) <= set(old.splitlines())
        assert set(after) <= set(new.splitlines())


def test_equal_texts_have_none() -> None:
    assert compare("a\nb", "a\nb") == []


def test_a_changed_word_is_marked_within_its_line() -> None:
    gone, new = compare("a good old day", "a good new day")
    assert gone.pieces == [("a good ", False), ("old", True), (" day", False)]
    assert new.pieces == [("a good ", False), ("new", True), (" day", False)]


def test_large_texts_take_bounded_time() -> None:
    start = time.process_time()
    compare("\n".join(f"a {n % 7}" for n in range(40_000)), "\n".join(f"b {n % 7}" for n in range(40_000)))
    compare("x " * 50_000, "y " * 50_000)
    compare("\n" * 1999 + "a", "b\n" * 1999)
    assert time.process_time() - start < 3
