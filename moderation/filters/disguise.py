"""Letters dressed up to get past a filter: look-alikes, ornamental alphabets, invisible characters, spacing.

The rules see through these tricks, because they match folded text. Here the trick itself is the finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .evidence import Evidence, Signal, Span
from .reading import Reading, TextReading
from .words import Word

_MOST_CITED = 20
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a"
_LATIN_LETTER = re.compile(f"[{_LATIN}]")
_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")
# Latin letters that have a twin in Cyrillic; "VPN" or "USB" with a Russian ending is honest, "дoxoд" is not.
_TWINS = frozenset("aceiopsxyjkmtABCEHIKMOPSTXYJ")

# Alphabets of symbols: mathematical, circled, squared, regional, small capitals out of phonetics. Full-width
# letters are missing on purpose: they are ordinary in Chinese and Japanese.
_ORNAMENT = re.compile(
    "[\U0001d400-\U0001d7ff\u24b6-\u24e9\U0001f110-\U0001f12b\U0001f130-\U0001f149\U0001f150-\U0001f169"
    "\U0001f170-\U0001f189\u1d00-\u1d22\u0299\u029f\u026a\u0262\u0274\u0280\ua730\ua731]+"
)
_MOST_HONEST_ORNAMENTS = 3  # the sets of numbers in a formula

_HIDDEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2064\u3164\ufeff\uffa0"
_HIDDEN_IN_WORD = re.compile(f"[{_LATIN}0-9][{_HIDDEN}]+(?=[{_LATIN}0-9])")
_SOFT_HYPHEN = re.compile("\u00ad+")
_OVERRIDE = re.compile("[\u202d\u202e]+")
# Tag characters are honest only inside the flags of Scotland, Wales and England, after a black flag.
_TAGS = re.compile("(\U0001f3f4[\U000e0000-\U000e007f]+)|[\U000e0000-\U000e0fff]+")

# Narrower than what the rules see through: "x=y^2", "%Y%m%d" and "a, b, c" are formulas, formats and lists.
_PULLING_GAP = re.compile("[ .*_\u00b7\u2022-]{1,3}")


def find(_evidence: Evidence, reading: Reading) -> list[Signal]:
    """Signals about disguised letters in the name and the body."""
    texts = (reading.body, reading.name)
    return [*_lookalikes(texts), *_ornaments(texts), *_invisible(texts), *_spelled_out(texts)]


def _lookalikes(texts: tuple[TextReading, ...]) -> Iterator[Signal]:
    spans: list[Span] = []
    for text in texts:
        if text.text.isascii():
            continue
        # One honest Russian word in an English text may happen to consist of look-alikes only; where nothing
        # else is Russian, it is a disguise.
        latin_around = len(_LATIN_LETTER.findall(text.text)) * 2 > len(text.text) and not any(
            map(_is_foreign_letter, set(text.folded.text))
        )
        for word in text.words:
            typed = text.original(word)
            if not typed.isascii() and _is_lookalike(text, word, typed, latin_around):
                spans.append(text.cite(word.start, word.end))
    if spans:
        weight = 2.0 if len(spans) == 1 else 3.0
        yield Signal(
            "shape_lookalikes",
            weight,
            f"{_words(len(spans))} with look-alike letters of another script",
            tuple(spans[:_MOST_CITED]),
        )


def _is_lookalike(text: TextReading, word: Word, typed: str, latin_around: bool) -> bool:
    """Whether a word mixes scripts so that it reads as a word of one script."""
    latin = _LATIN_LETTER.findall(typed)
    if not latin:
        # All letters foreign, and all of them read as Latin ones, in the middle of a Latin text.
        return (
            latin_around
            and len(word.text) >= 4
            and word.text.isascii()
            and all(map(_is_foreign_letter, typed))
            and word.text.isalpha()
        )
    foreign = [letter for letter in typed if _is_foreign_letter(letter)]
    if not foreign or _is_stem_with_ending(typed):
        return False
    if word.text.isascii():
        # Every foreign letter folds to a Latin one. Units and formulas ("μs", "Δx") are short.
        return len(typed) > 3
    origin = text.folded.origin
    folded_to_latin = any(
        _is_foreign_letter(text.text[origin[at]]) and text.folded.text[at].isascii()
        for at in range(word.start, word.end)
    )
    cyrillic = bool(_CYRILLIC_LETTER.search(typed))
    return len(typed) > 3 and cyrillic and folded_to_latin and all(letter in _TWINS for letter in latin)


def _is_foreign_letter(letter: str) -> bool:
    return letter.isalpha() and not _LATIN_LETTER.match(letter) and not _ORNAMENT.match(letter)


def _is_stem_with_ending(typed: str) -> bool:
    """An abbreviation with an ending of the other script: "API" and "шка"."""
    stem = re.match("[A-Z0-9]{2,}", typed)
    return bool(stem) and not re.search("[A-Za-z]", typed[stem.end() :])


def _ornaments(texts: tuple[TextReading, ...]) -> Iterator[Signal]:
    spans = [
        Span(text.field, *match.span())
        for text in texts
        if not text.text.isascii()
        for match in _ORNAMENT.finditer(text.text)
    ]
    letters = sum(span.end - span.start for span in spans)
    if letters > _MOST_HONEST_ORNAMENTS:
        says = f"{letters} letters of ornamental alphabets"
        yield Signal("shape_ornaments", 3.0, says, tuple(spans[:_MOST_CITED]))


def _invisible(texts: tuple[TextReading, ...]) -> Iterator[Signal]:
    hidden: list[Span] = []
    soft: list[Span] = []
    for text in texts:
        if text.text.isascii():
            continue
        hidden += [Span(text.field, match.start() + 1, match.end()) for match in _HIDDEN_IN_WORD.finditer(text.text)]
        hidden += [Span(text.field, *match.span()) for match in _OVERRIDE.finditer(text.text)]
        hidden += [Span(text.field, *match.span()) for match in _TAGS.finditer(text.text) if not match.group(1)]
        soft += [Span(text.field, *match.span()) for match in _SOFT_HYPHEN.finditer(text.text)]
    if hidden:
        says = f"invisible characters in {len(hidden)} {'place' if len(hidden) == 1 else 'places'}"
        yield Signal("shape_invisible", 3.0, says, tuple(hidden[:_MOST_CITED]))
    if soft:
        # Comes along when people paste from typeset pages, so it says little by itself.
        yield Signal("shape_soft_hyphens", 0.5, "soft hyphens inside words", tuple(soft[:_MOST_CITED]))


def _spelled_out(texts: tuple[TextReading, ...]) -> Iterator[Signal]:
    spans = [
        text.cite(run[0].start, run[-1].end)
        for text in texts
        for run in text.spelled_out
        if len(run) >= 5 and _PULLING_GAP.fullmatch(text.folded.text, run[0].end, run[1].start)
    ]
    if spans:
        yield Signal(
            "shape_spaced_out",
            2.0,
            f"{_words(len(spans))} pulled apart into single letters",
            tuple(spans[:_MOST_CITED]),
        )


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count} words"
