"""A large piece of a page is put where its mark stands, and nowhere else."""

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from blog.pieces import Pieces, later


def test_each_piece_goes_where_its_mark_stands() -> None:
    pieces = Pieces()
    first, second = pieces.keep(mark_safe("<b>“one”</b>")), pieces.keep(mark_safe("<i>two</i>"))
    assert pieces.placed(f"a {second} b {first} ü") == "a <i>two</i> b <b>“one”</b> ü".encode()


def test_a_page_that_shows_a_piece_nowhere_is_the_page() -> None:
    pieces = Pieces()
    pieces.keep(mark_safe("<b>one</b>"))
    assert pieces.placed("a page") == b"a page"


def test_a_piece_that_says_what_looks_like_a_mark_is_left_alone() -> None:
    pieces, others = Pieces(), Pieces()
    forged = others.keep(mark_safe("<b>other</b>"))
    mark = pieces.keep(format_html("<p>{}</p>", forged))
    assert pieces.placed(mark) == f"<p>{forged}</p>".encode()


def test_where_nobody_places_pieces_they_stay_where_they_are() -> None:
    html = mark_safe("<b>one</b>")
    assert later({}, html) is html
    pieces = Pieces()
    assert later({"pieces": pieces}, html) != html
    assert later({"pieces": pieces}, mark_safe("")) == ""
