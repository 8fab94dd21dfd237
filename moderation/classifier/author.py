"""What the sender calls themselves. It proves nothing about who they are; it says how they want to be seen."""

from __future__ import annotations

import re

from .scripts import main_script
from .seen import Scale, Seen

_GRAM = 4
_MOST_CHARS = 60
_LENGTH = Scale((0, 3, 6, 10, 15, 22, 35))
_NOT_PLAIN = re.compile(r"[^a-z0-9]")
_CAMEL = re.compile(r"[a-z][A-Z]")


def name(seen: Seen) -> list[str]:
    """The words of the name and its runs of letters."""
    line = f" {' '.join(seen.name_words)[:_MOST_CHARS]} "
    return [*seen.name_words, *(f"run {line[at : at + _GRAM]}" for at in range(len(line) - _GRAM + 1))]


def shape(seen: Seen) -> list[str]:
    """How the name is written, and whether it is what is being sold."""
    typed = seen.evidence.name.strip()
    words = seen.name_words
    found = [f"words {min(len(words), 6)}", f"length {_LENGTH.step(len(typed))}", f"script {main_script(typed)}"]
    if any(map(str.isdigit, typed)):
        found.append("digits")
    if typed == typed.lower():
        found.append("small letters")
    if typed == typed.upper():
        found.append("capitals")
    if typed == typed.title():
        found.append("title")
    if _CAMEL.search(typed):
        found.append("camel")
    if "." in typed or "/" in typed:
        found.append("dots")
    if not set(words).isdisjoint(seen.words):
        found.append("in the text")
    if seen.site:
        host = _NOT_PLAIN.sub("", seen.site)
        if any(len(word) > 3 and word in host for word in words):
            found.append("in the address")
    return found
