"""The outward shape of a text: shouting, floods of one sign, towers of marks, nothing but punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .evidence import Evidence, Signal, Span
from .reading import Reading

_SHOUT_LETTERS = 20
_SHOUT_SHARE = 0.7
_FEW_WORDS = 5
_EMOJI_FLOOD = 8
_MOST_CITED = 20

# Quoted code and tables use long rules of - = _ * # ~ . legitimately; letters and other signs do not.
_REPEATED = re.compile(r"([^\s\-=_*#~.0-9|+/])\1{7,}")
_EMOJI = re.compile(
    "[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001f0ff\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*"
)
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_RUN_OF_NON_ASCII = re.compile(r"[^\x00-\x7f]+")
_TOWER = 4


def find(_evidence: Evidence, reading: Reading) -> list[Signal]:
    """Signals about the shape of the body, and of the name where it matters."""
    return [
        *_shouting(reading),
        *_repeated(reading),
        *_emoji(reading),
        *_towers(reading),
        *_no_words(reading),
        *_short_with_website(reading),
    ]


def _shouting(reading: Reading) -> Iterator[Signal]:
    prose = _CODE.sub(" ", reading.body.text)
    letters = sum(map(str.isalpha, prose))
    if letters < _SHOUT_LETTERS:
        return
    capitals = sum(map(str.isupper, prose))
    if capitals >= letters * _SHOUT_SHARE:
        yield Signal(
            "shape_shouting",
            1.0,
            f"{round(100 * capitals / letters)} % of the letters are capitals",
            reading.body.whole(),
        )


def _repeated(reading: Reading) -> Iterator[Signal]:
    spans = [
        Span(text.field, *match.span())
        for text in (reading.body, reading.name)
        for match in _REPEATED.finditer(text.text)
    ]
    if spans:
        long = any(span.end - span.start >= 30 for span in spans)
        says = f"one sign {max(span.end - span.start for span in spans)} times in a row"
        yield Signal("shape_repeated", 1.5 if long else 0.5, says, tuple(spans[:_MOST_CITED]))


def _emoji(reading: Reading) -> Iterator[Signal]:
    if reading.body.text.isascii():
        return
    spans = [Span("body", *match.span()) for match in _EMOJI.finditer(reading.body.text)]
    if len(spans) >= _EMOJI_FLOOD and len(spans) * 3 > len(reading.body.words):
        says = f"{len(spans)} emoji beside {len(reading.body.words)} words"
        yield Signal("shape_emoji", 1.5, says, tuple(spans[:_MOST_CITED]))


def _towers(reading: Reading) -> Iterator[Signal]:
    """Marks stacked on one letter until they cover the lines around it."""
    spans = [
        span
        for text in (reading.body, reading.name)
        for run in _RUN_OF_NON_ASCII.finditer(text.text)
        for span in _towers_in(text.field, run.start(), run.group())
    ]
    if spans:
        yield Signal("shape_towers", 2.0, "letters under towers of marks", tuple(spans[:_MOST_CITED]))


def _towers_in(field: str, offset: int, run: str) -> Iterator[Span]:
    height = 0
    for at, sign in enumerate(f"{run} "):
        if unicodedata.combining(sign):
            height += 1
        else:
            if height >= _TOWER:
                yield Span(field, offset + at - height, offset + at)
            height = 0


def _no_words(reading: Reading) -> Iterator[Signal]:
    if reading.body.words:
        return
    if _EMOJI.search(reading.body.text):
        yield Signal("shape_no_words", 0.5, "only emoji, no words", reading.body.whole())
    else:
        yield Signal("shape_no_words", 2.0, "only punctuation, no words", reading.body.whole())


def _short_with_website(reading: Reading) -> Iterator[Signal]:
    words = len(reading.body.words)
    if reading.website_host and words < _FEW_WORDS:
        says = f"a website, and only {words} {'word' if words == 1 else 'words'}"
        yield Signal("shape_short_with_website", 1.0, says, reading.website.whole())
