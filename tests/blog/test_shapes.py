"""A template that was rendered once with marks is filled, or woven into parts, with the texts of others."""

import pytest

from blog.shapes import Shape

SHAPE = Shape(("<p>", " by ", ", again ", "</p>"), ("text", "name", "text"))


def test_it_is_filled_by_name() -> None:
    assert SHAPE.filled({"name": 7, "text": "100 %s", "else": "unused"}) == "<p>100 %s by 7, again 100 %s</p>"


def test_it_is_woven_from_a_tuple_whatever_else_stands_there() -> None:
    weave = SHAPE.weaver(("else", "name", "text"))
    assert weave(("x", "Cora", "Words")) == ("<p>", "Words", " by ", "Cora", ", again ", "Words", "</p>")


def test_one_text_is_enough() -> None:
    assert "".join(Shape(("", ""), ("text",)).weaver(("text",))(("whole",))) == "whole"


def test_a_text_that_is_no_field_is_told_at_once() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        SHAPE.weaver(("name",))
