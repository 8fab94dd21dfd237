"""Patterns of the blocklist: RE2's, which take time in proportion to the text whatever somebody writes.

A pattern is matched against folded text (small letters without accents, look-alikes replaced), so what is typed in it
beyond ASCII is folded as well: "é" finds "e", and a range of Cyrillic letters those to which they fold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import re2

from comments.confusables import SURROGATE, fold_character

from .reading import TextReading

MOST_CHARACTERS = 200
#: Memory of one compiled pattern with its cache of states; when that is full, RE2 goes on slower but still linearly.
MOST_BYTES = 1 << 20
#: RE2's measure of how much a pattern does at each character: "viagra" is 8, "\\w{100}" 300, "\\pL" 1,200.
MOST_STEPS = 1500
_MOST_EXPANDED = 1000  # letters in a range; a longer one is a whole script, whose letters fold to themselves

_CLASS = re.compile(r"\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]", re.DOTALL)
_QUOTED = re.compile(r"\\Q(.*?)(?:\\E|\Z)", re.DOTALL)
_PART_OF_CLASS = re.compile(r"\[:\^?\w+:\]|\\.|.", re.DOTALL)
# Every place at which a match of nothing can be: edges of text, lines and words, and between any two characters.
_EDGES = ("", "ab\n\n !! ab")
_UNLIKE_EACH_OTHER = ("e", "7", "!", "\u6f22", "\U0001f600")


class PatternRefused(ValueError):
    """Why a pattern cannot be a rule, for the person who wrote it."""


def check(pattern: str) -> None:
    """Raises PatternRefused for a pattern that RE2 does not take, that is too large, or that hits every comment."""
    if len(pattern) > MOST_CHARACTERS:
        raise PatternRefused(f"A pattern has at most {MOST_CHARACTERS} characters.")
    if SURROGATE.search(pattern):
        raise PatternRefused("This has half a character in it; please type it again.")
    found = compiled(pattern)
    if any(match.start() == match.end() for text in _EDGES for match in found.finditer(text)):
        raise PatternRefused("This also matches where there is nothing, so it would hit every comment.")
    if all(found.search(text) for text in _UNLIKE_EACH_OTHER):
        raise PatternRefused("This matches any text, so it would hit every comment.")


@lru_cache(maxsize=1024)
def compiled(pattern: str):
    """The pattern, folded and compiled once a process. Raises PatternRefused with RE2's own words."""
    options = re2.Options()
    options.max_mem = MOST_BYTES
    options.log_errors = False
    options.never_capture = True  # only where a match stands is asked for; groups would cost a second, slower pass
    options.case_sensitive = False
    try:
        found = re2.compile(_folded(pattern), options)
    except re2.error as refusal:
        raise PatternRefused(_in_words(refusal)) from None
    if max(found.programsize, found.reverseprogramsize) > MOST_STEPS:
        raise PatternRefused("This pattern does too much at each character; make its repetitions or classes smaller.")
    return found


def spans(pattern: str, texts: list[Searched], most: int) -> Iterator[tuple[TextReading, int, int]]:
    """Where the pattern stands, as (text, start, end) in the folded text, the first `most` of each text."""
    found = compiled(pattern)
    for text in texts:
        if found.search(text.encoded):
            for match in islice(found.finditer(text.folded), most):
                if match.start() < match.end():
                    yield text.reading, match.start(), match.end()


class Searched:
    """A folded text as patterns search it: encoded once for all of them, half characters replaced one for one."""

    def __init__(self, reading: TextReading) -> None:
        self.reading = reading
        self.folded = SURROGATE.sub("\N{REPLACEMENT CHARACTER}", reading.folded.text)
        self.encoded = self.folded.encode()


def _in_words(refusal: Exception) -> str:
    said = refusal.args[0] if refusal.args else ""
    said = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    if said.startswith("invalid perl operator: (?"):
        return f"Looking ahead or behind is not possible in these patterns ({said})."
    if re.match(r"invalid escape sequence: \\[0-9]", said):
        return f"Referring back to a group is not possible in these patterns ({said})."
    if "too large" in said:
        return f"This pattern is too large ({said})."
    return f"This is not a pattern: {said}."


def _folded(pattern: str) -> str:
    """The pattern with what is not ASCII folded as texts are. Its operators are ASCII and stay."""
    if pattern.isascii():
        return pattern
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        if quoted := _QUOTED.match(pattern, at):
            parts.append(re2.escape("".join(map(fold_character, quoted[1]))))
            at = quoted.end()
        elif pattern[at] == "\\":
            parts.append(pattern[at : at + 2])
            at += 2
        elif cls := _CLASS.match(pattern, at):
            parts.append(_folded_class(cls[0]))
            at = cls.end()
        else:
            parts.append(_folded_literal(pattern[at]))
            at += 1
    return "".join(parts)


def _folded_literal(character: str) -> str:
    if character.isascii():
        return character
    letters = re2.escape(fold_character(character))
    return letters if len(letters) < 2 else f"(?:{letters})"  # what repeats "ß" repeats both of its letters


def _folded_class(cls: str) -> str:
    opening = re.match(r"\[\^?\]?", cls)[0]
    parts = _PART_OF_CLASS.findall(cls[len(opening) : -1])
    kept: list[str] = []
    at = 0
    while at < len(parts):
        first, last = parts[at], parts[at + 2] if parts[at + 1 : at + 2] == ["-"] and at + 2 < len(parts) else ""
        if len(first) == len(last) == 1 and not (first + last).isascii():
            if 0 <= ord(last) - ord(first) < _MOST_EXPANDED:
                members = {letter for code in range(ord(first), ord(last) + 1) for letter in fold_character(chr(code))}
                kept += [re2.escape(letter) for letter in sorted(members)]
            else:
                kept.append(f"{first}-{last}")
            at += 3
        else:
            kept.append(first if first.isascii() else "".join(map(re2.escape, fold_character(first))))
            at += 1
    return f"{opening}{''.join(kept)}]"
