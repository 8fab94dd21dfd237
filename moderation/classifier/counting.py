"""How many letters, capitals and digits a text has. A text of ASCII alone is counted by what is left without them."""

from __future__ import annotations

from string import ascii_letters, ascii_uppercase, digits

_LETTERS, _CAPITALS, _DIGITS = ascii_letters.encode(), ascii_uppercase.encode(), digits.encode()


def letters(text: str) -> int:
    """Characters that are letters in any script."""
    return _without(text, _LETTERS) if text.isascii() else sum(map(str.isalpha, text))


def capitals(text: str) -> int:
    """Characters that are capital letters in any script."""
    return _without(text, _CAPITALS) if text.isascii() else sum(map(str.isupper, text))


def figures(text: str) -> int:
    """Characters that are digits in any script."""
    return _without(text, _DIGITS) if text.isascii() else sum(map(str.isdigit, text))


def _without(text: str, signs: bytes) -> int:
    return len(text) - len(text.encode().translate(None, signs))
