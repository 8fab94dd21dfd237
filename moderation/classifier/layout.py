"""How a comment looks: lengths, lines, signs, capitals, scripts, and disguises that had to be undone."""

from __future__ import annotations

import re

from comments.confusables import is_invisible

from . import counting
from .scripts import NONE, scripts
from .seen import MOST_WORDS, Scale, Seen

LENGTH = Scale((0, 1, 2, 4, 7, 11, 17, 27, 42, 65, 100, 160, 260))
_LINES = Scale((1, 2, 4, 8, 16, 40))
_CAPITALS = Scale((0, 0.02, 0.04, 0.07, 0.12, 0.2, 0.5))
_LETTERS_A_WORD = Scale((3, 3.6, 4, 4.4, 4.8, 5.3, 6, 8))
_DIFFERENT = Scale((0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.999))
_ROUGH_LENGTH = Scale((8, 20, 60))
_COMMAS = Scale((0, 0.02, 0.05, 0.09, 0.15))
_DIGITS = Scale((0, 0.01, 0.03, 0.1))
_FOREIGN = Scale((0, 0.01, 0.05, 0.2, 0.5))
_COUNT = Scale((1, 3, 8))

_MOST_READ = 2500  # characters: how a text looks is seen from its beginning

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_DOUBLED = re.compile(r"(\w)\1\1|\b(\w)\2|([^\Waeloscftnrpmdgbz])\3")
_HABITS = {
    "blank before a sign": re.compile(r" [,.!?]"),
    "no blank after a sign": re.compile(r"[,.!?][A-Za-z]"),
    "code": re.compile(r"``|`\w|\{|\}|;\n|=>|->|\(\)|</"),
    "mention": re.compile(r"(?:^|\s)@\w"),
    "quote": re.compile(r"^>", re.MULTILINE),
    "apostrophe": re.compile("['’]"),
    "typeset quotes": re.compile("[’“]"),
    "dash": re.compile("[—–]"),
    "smiley": re.compile(r":-?\)|;\)|:D|:P"),
    "small i": re.compile(r"\bi\b"),
    "capital I": re.compile(r"\bI\b"),
    "greeting": re.compile(r"^(?:hi|hey|hello|dear)\b", re.IGNORECASE),
    "thanks": re.compile(r"\b(?:thx|thanks|thank)\b", re.IGNORECASE),
    "two blanks": re.compile("  "),
}


def layout(seen: Seen) -> list[str]:
    """Lengths and signs, each on a ladder, and habits of typing."""
    body, words = seen.evidence.body[:_MOST_READ], seen.words
    many = len(words)
    some = max(many, 1)
    different = set(words)
    letters = max(counting.letters(body), 1)
    found = [
        f"length {LENGTH.step(many)}",
        f"lines {_LINES.step(body.count(chr(10)) + 1)}",
        f"paragraphs {min(len(_PARAGRAPH.findall(body)), 4)}",
        f"capitals {_CAPITALS.step(counting.capitals(body) / letters)}",
        f"letters a word {_LETTERS_A_WORD.step(sum(map(len, words)) / some)}",
        f"different words {_DIFFERENT.step(len(different) / some)} of {_ROUGH_LENGTH.step(many)}",
        f"exclamations {min(body.count('!'), 4)}",
        f"questions {min(body.count('?'), 3)}",
        f"commas {_COMMAS.step(body.count(',') / some)}",
        f"digits {_DIGITS.step(counting.figures(body) / max(len(body), 1))}",
        f"doubled letters {min(len(_DOUBLED.findall(' '.join(different))), 3)}",
        "ends a sentence" if body.rstrip()[-1:] in (".", "!", "?") else "ends without a sign",
    ]
    if body[:1].islower():
        found.append("small beginning")
    return found + [habit for habit, pattern in _HABITS.items() if pattern.search(body)]


def script(seen: Seen) -> list[str]:
    """The scripts of the text, and whether the post is written in another one."""
    body = seen.evidence.body[:_MOST_READ]
    found = scripts(body)
    main = max(sorted(found), key=found.__getitem__) if found else NONE
    foreign = 0.0 if body.isascii() else sum(1 for sign in body if sign > "\x7f") / len(body)
    told = [f"script {main}", f"scripts {min(len(found), 3)}", f"not ascii {_FOREIGN.step(foreign)}"]
    of_post = seen.evidence.context.post_script
    if of_post and NONE not in (of_post, main):
        told.append("the post's script" if main == of_post else "another script than the post's")
    return told


def tricks(seen: Seen) -> list[str]:
    """How much had to be undone before the text could be read."""
    body, text = seen.evidence.body[:_MOST_READ], seen.reading.body
    found = []
    if seen.leet:
        found.append(f"leet {min(seen.leet, 3)}")
    if text.spelled_out:
        found.append(f"spaced out {min(len(text.spelled_out), 3)}")
    if body.isascii():
        return found
    if hidden := sum(1 for sign in body if sign > "\x7f" and is_invisible(sign)):
        found.append(f"invisible {_COUNT.step(hidden)}")
    disguised = 0
    for word in text.words[:MOST_WORDS]:
        typed = text.original(word)
        if not typed.isascii() and word.text.isascii() and set(scripts(typed)) - {"latin"}:
            disguised += 1
    if disguised:
        found.append(f"look-alikes {_COUNT.step(disguised)}")
    return found
