"""The text of a comment as filters judge it, with the way back to what was written.

Pure: no Django, no settings.
"""

import re
from dataclasses import dataclass

from comments.confusables import fold_character

#: Characters that fold to themselves in small letters: most texts have no others, and fold at once.
_PLAIN = re.compile(r"[\x20-\x7e\n]*")


@dataclass(frozen=True, slots=True)
class Folded:
    """Text without disguises.

    Attributes:
        text: the folded text.
        origin: for every character of `text` the index, in the source, of the character that it came from.
        length: the length of the source, in characters.
    """

    text: str
    origin: tuple[int, ...]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a match stands in the source, to cite it there.

        Args:
            start: index of the first matched character of `text`.
            end: index after the last one.

        Returns:
            The half-open span of the source. Invisible characters and accents inside and right after the match
            belong to it: they are part of the disguise.
        """
        if start >= end:
            place = self.origin[start] if start < len(self.origin) else self.length
            return place, place
        return self.origin[start], self.origin[end] if end < len(self.origin) else self.length


def fold(text: str) -> Folded:
    """Take the disguises off a text: look-alike letters, invisible characters, accents, case, odd spaces.

    Letters are folded one by one, in one pass, so any number of them costs in proportion. Digits stay digits.
    """
    if _PLAIN.fullmatch(text):
        return Folded(text.lower(), tuple(range(len(text))), len(text))
    letters: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        folded = fold_character(character)
        letters.append(folded)
        origin.extend([index] * len(folded))
    return Folded("".join(letters), tuple(origin), len(text))
