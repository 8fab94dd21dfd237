"""Headings of a post form an outline below the page's own."""

import re

import pytest

from blog.markup import render


def headings(source):
    return re.findall(r'<(h\d) id="([^"]+)">', render(source))


@pytest.mark.parametrize(
    ("source", "levels"),
    [
        ("# a\n## b\n### c", "234"),
        ("## a\n### b\n## c", "232"),
        ("### a\n# b", "22"),
        ("# a\n### b\n## c", "233"),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", "234566"),
        ("a\n=\nb\n-", "23"),
    ],
)
def test_levels_start_at_two_and_leave_none_out(source, levels):
    assert "".join(level[1] for level, _ in headings(source)) == levels


def test_ids_are_prefixed_and_never_used_twice():
    ids = [name for _, name in headings("# A b!\n# A b\n# a-b-2\n# a b\n# Straße\n# ???\n# `x` *y*")]
    assert ids == ["s-a-b", "s-a-b-2", "s-a-b-2-2", "s-a-b-3", "s-straße", "s-section", "s-x-y"]


def test_a_heading_without_words_is_left_out():
    assert headings("#\n\n##  ##") == []
