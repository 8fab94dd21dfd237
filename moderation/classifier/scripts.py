"""Which script a text is written in."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from .counting import letters

# Where each script's block begins; what lies between is "other".
_BLOCKS = (
    (0x0000, "latin"),
    (0x0250, "other"),
    (0x0370, "greek"),
    (0x0400, "cyrillic"),
    (0x0530, "other"),
    (0x0590, "hebrew"),
    (0x0600, "arabic"),
    (0x0780, "other"),
    (0x0900, "indic"),
    (0x0E00, "thai"),
    (0x0F00, "other"),
    (0x1E00, "latin"),
    (0x1F00, "greek"),
    (0x2000, "other"),
    (0x3040, "kana"),
    (0x3100, "other"),
    (0x3400, "han"),
    (0xA000, "other"),
    (0xAC00, "hangul"),
    (0xD7B0, "other"),
)
_STARTS = [start for start, _ in _BLOCKS]
NONE = "none"


def scripts(text: str) -> Counter[str]:
    """How many letters of each script a text has."""
    if text.isascii():
        latin = letters(text)
        return Counter({"latin": latin} if latin else {})
    found: Counter[str] = Counter()
    for letter, times in Counter(text).items():
        if letter.isalpha():
            found[_BLOCKS[bisect_right(_STARTS, ord(letter)) - 1][1]] += times
    return found


def main_script(text: str) -> str:
    """The script of most letters; NONE for a text without letters."""
    found = scripts(text)
    return max(sorted(found), key=found.__getitem__) if found else NONE
