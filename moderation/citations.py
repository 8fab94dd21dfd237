"""A text cut into pieces for showing: which findings cite which piece, and which characters nobody would see.

Pure: no Django. What comes out is text still, and is escaped by whoever writes it into a page.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from comments.confusables import is_invisible

#: Boxes for invisible characters in one text; further ones are left out, so that no text becomes a page of boxes.
MOST_BOXES = 300
_NAMED = 3
# Joiners, variation selectors, soft hyphens and tags have honest uses in emoji and in many scripts: they are made
# visible only where a finding cites them.
_SHAPING = re.compile("[\u00ad\u200c\u200d\ufe00-\ufe0f\U000e0000-\U000e0fff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text.

    Attributes:
        text: what to show; for `unseen`, the code points in words.
        findings: numbers of the findings that cite it, in order; empty for plain text.
        ends: numbers of the findings whose citation ends with this piece.
        faint: every one of its findings cites the whole text, so that the mark tells little.
        unseen: stands for characters that show nothing.
    """

    text: str
    findings: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    faint: bool = False
    unseen: bool = False


def shows_all(text: str) -> bool:
    """Whether no character of the text is invisible. ASCII has none, since controls are never stored."""
    return text.isascii() or not any(map(is_invisible, set(text)))


def pieces(text: str, spans: Iterable[tuple[int, int, int]] = ()) -> list[Piece]:
    """Cut a text at the edges of its citations.

    Args:
        spans: (number of the finding, start, end) in characters, in any order, overlapping as they like. What lies
            outside the text is cut off.
    """
    length = len(text)
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    whole = set()
    for number, start, end in spans:
        start, end = max(0, start), min(length, end)
        if start >= end:
            continue
        opening.setdefault(start, []).append(number)
        closing.setdefault(end, []).append(number)
        if (start, end) == (0, length):
            whole.add(number)
    cuts = sorted({0, length, *opening, *closing})
    found: list[Piece] = []
    active: Counter[int] = Counter()
    for start, end in pairwise(cuts):
        active -= Counter(closing.get(start, ()))
        active += Counter(opening.get(start, ()))
        findings = tuple(sorted(active))
        ends = tuple(sorted(set(closing.get(end, ())) & set(findings)))
        found += _visible(text[start:end], findings, ends, faint=bool(findings) and whole.issuperset(findings))
    return _bounded(found)


def _visible(text: str, findings: tuple[int, ...], ends: tuple[int, ...], faint: bool) -> list[Piece]:
    """The pieces of a stretch under the same findings, invisible characters apart."""
    if shows_all(text):
        return [Piece(text, findings, ends, faint)]
    runs = [(unseen, "".join(run)) for unseen, run in groupby(text, lambda c: _is_unseen(c, bool(findings)))]
    last = len(runs) - 1
    return [
        Piece(_names(run) if unseen else run, findings, ends if at == last else (), faint, unseen)
        for at, (unseen, run) in enumerate(runs)
    ]


def _is_unseen(character: str, cited: bool) -> bool:
    return is_invisible(character) and (cited or not _SHAPING.match(character))


def _names(run: str) -> str:
    """ "U+200B U+2060", or with the count of the rest for a long run."""
    kinds = Counter(run)
    named = [f"U+{ord(c):04X}" + (f" ×{n}" if n > 1 else "") for c, n in list(kinds.items())[:_NAMED]]
    return " ".join(named) + (" …" if len(kinds) > _NAMED else "")


def _bounded(found: list[Piece]) -> list[Piece]:
    boxes = 0
    kept = []
    for piece in found:
        boxes += piece.unseen
        if not piece.unseen or boxes <= MOST_BOXES:
            kept.append(piece)
    if boxes > MOST_BOXES:
        kept.append(Piece(f"and {boxes - MOST_BOXES} more invisible places", unseen=True))
    return kept
