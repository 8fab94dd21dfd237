"""A text in pieces: citations by span, overlapping ones, and what nobody would see."""

from hypothesis import given
from hypothesis import strategies as some

from moderation.citations import MOST_BOXES, Piece, pieces


def test_overlapping_citations_share_the_piece_in_the_middle() -> None:
    assert pieces("abcdef", [(1, 0, 4), (2, 2, 6)]) == [
        Piece("ab", (1,)),
        Piece("cd", (1, 2), (1,)),
        Piece("ef", (2,), (2,)),
    ]


def test_what_lies_outside_the_text_is_cut_off() -> None:
    assert pieces("ab", [(1, 1, 99), (2, 5, 9), (3, 1, 1), (4, -3, 1)]) == [
        Piece("a", (4,), (4,)),
        Piece("b", (1,), (1,)),
    ]


def test_a_citation_of_everything_is_faint() -> None:
    assert pieces("ab", [(1, 0, 2)]) == [Piece("ab", (1,), (1,), faint=True)]
    assert not pieces("ab", [(1, 0, 2), (2, 0, 1)])[0].faint


def test_invisible_characters_become_boxes() -> None:
    found = pieces("che\u200b\u200bap", [(1, 0, 7)])
    assert [(piece.text, piece.unseen) for piece in found] == [("che", False), ("U+200B ×2", True), ("ap", False)]
    assert found[-1].ends == (1,)


def test_a_bidi_override_never_reaches_the_page_but_an_emoji_keeps_its_joiner() -> None:
    assert [piece.text for piece in pieces("a\u202eb")] == ["a", "U+202E", "b"]
    assert pieces("\U0001f468\u200d\U0001f469") == [Piece("\U0001f468\u200d\U0001f469")]
    assert any(piece.unseen for piece in pieces("a\u200db", [(1, 0, 3)]))


def test_a_text_of_invisible_places_stays_readable() -> None:
    found = pieces("a\u200b" * 5000)
    assert sum(piece.unseen for piece in found) == MOST_BOXES + 1
    assert found[-1].text == f"and {5000 - MOST_BOXES} more invisible places"


@given(
    some.text(some.sampled_from("abc <&\n")),
    some.lists(some.tuples(some.integers(1, 5), some.integers(-3, 20), some.integers(-3, 20))),
)
def test_nothing_is_lost_and_each_piece_is_cited_by_whoever_covers_it(text: str, spans: list) -> None:
    found = pieces(text, spans)
    assert "".join(piece.text for piece in found) == text
    place = 0
    for piece in found:
        end = place + len(piece.text)
        assert set(piece.findings) == {n for n, start, stop in spans if max(start, 0) <= place < end <= stop}
        place = end
