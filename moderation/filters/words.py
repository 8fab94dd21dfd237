"""What a word is: a run of letters, digits and their marks in any script, or a word s p a c e d out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

# Texts of fewer words say nothing even when they are equal: of 18,000 labelled comments, none of five words or more
# was written by three honest people, "Thank you very much!" by many.
ENOUGH_WORDS = 5
# Texts of fewer words are no near-duplicates, only equal or different: "Thank you for this post" and "Thank you for
# this great post" are alike by two thirds, and written by two people.
COMPARABLE_WORDS = 8

# Scripts written without spaces: here each character is a word of its own, so that a rule of several
# characters is found inside a sentence, as a phrase. (Kana, Han with its extensions, Thai, Lao, Burmese,
# Khmer.)
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)


def _character_class_of_marks() -> str:
    """All combining marks, for a character class; `\\w` alone would cut Hindi words at every vowel."""
    marks = [code for code in range(0x20000) if unicodedata.category(chr(code))[0] == "M"]
    starts = [code for before, code in pairwise([-2, *marks]) if code != before + 1]
    ends = [code for code, after in pairwise([*marks, 0x110000]) if after != code + 1]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


_MARKS = _character_class_of_marks()
# Each alternative begins with a character that the other cannot begin with, and nothing is optional after a
# repetition: one pass, no backtracking.
_WORD = re.compile(f"[{_UNSPACED}][{_MARKS}]*|[^\\W_{_UNSPACED}](?:[^\\W_{_UNSPACED}]|[{_MARKS}])*")
_NARROW_GAP = re.compile(r"[^\w\n\r]{1,3}|_{1,3}")


class Word(NamedTuple):
    """One word of a folded text, at `folded[start:end]`."""

    text: str
    start: int
    end: int


def words_of(folded: str) -> list[Word]:
    """All words of a folded text, in order. Linear in its length."""
    return [Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(folded)]


def joined_letters(folded: str, words: list[Word]) -> list[list[Word]]:
    """Runs of three or more single letters that are one word pulled apart: "v i a g r a", "v.i.a.g.r.a".

    Letters belong together while the gaps between them are equally narrow, so that "b u y   n o w" is two
    runs. "b.u.y n.o.w" is two as well, and of "a b.o.n.u.s" the "a" is a word of its own.
    """
    return [
        run
        for letters in _runs_of_single_letters(folded, words)
        for equal in _split_at_wide_gaps(letters)
        for run in _split_at_blanks(folded, equal)
        if len(run) >= 3 and sum(word.text.isalpha() for word in run) * 2 > len(run)
    ]


def with_runs_joined(words: list[Word], runs: list[list[Word]]) -> list[Word]:
    """The same words in order, each run replaced by the one word that it spells."""
    first_of_run = {run[0].start: run for run in runs}
    joined: list[Word] = []
    skip_to = 0
    for word in words:
        if word.start < skip_to:
            continue
        run = first_of_run.get(word.start)
        if run is None:
            joined.append(word)
        else:
            skip_to = run[-1].end
            joined.append(Word("".join(letter.text for letter in run), run[0].start, skip_to))
    return joined


def _runs_of_single_letters(folded: str, words: list[Word]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in words:
        if len(word.text) > 1:
            if len(run) >= 3:
                yield run
            run = []
        elif run and _NARROW_GAP.fullmatch(folded, run[-1].end, word.start):
            run.append(word)
        else:
            if len(run) >= 3:
                yield run
            run = [word]
    if len(run) >= 3:
        yield run


def _split_at_wide_gaps(letters: list[Word]) -> Iterator[list[Word]]:
    gaps = [after.start - before.end for before, after in pairwise(letters)]
    narrowest = min(gaps)
    run = [letters[0]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > narrowest:
            yield run
            run = []
        run.append(letter)
    yield run


def _split_at_blanks(folded: str, letters: list[Word]) -> list[list[Word]]:
    """The words of letters that signs hold together; all as one where blanks stand between signs at random."""
    runs = [letters[:1]]
    for before, letter in pairwise(letters):
        if folded[before.end : letter.start].isspace():
            runs.append([letter])
        else:
            runs[-1].append(letter)
    in_words = sum(len(run) for run in runs if len(run) >= 3)
    return runs if 2 * in_words > len(letters) else [letters]
