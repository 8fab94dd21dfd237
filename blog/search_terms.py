"""What a visitor typed into the search box, as the few bounded terms that both databases are asked for.

Pure: no Django, no settings.
"""

import re
import unicodedata
from dataclasses import dataclass

MOST_CHARS = 200
MOST_TERMS = 16
_PARTS = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase in which no quotation mark is left; `unwanted` where what is found must not have it."""

    text: str
    unwanted: bool = False


def tidy(query: str) -> str:
    """The query on one line, composed, without controls and lone surrogates, cut to 200 characters."""
    text = query[: 4 * MOST_CHARS].encode("utf-8", "ignore").decode()
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if unicodedata.category(letter) in ("Cc", "Cn", "Co") else letter for letter in text)
    return " ".join(text.split())[:MOST_CHARS].strip()


def terms(query: str) -> list[Term]:
    """The terms of a tidy query: words, "phrases in quotation marks", and -unwanted ones. No other sign means anything.

    Empty where nothing is wanted: unwanted words alone find nothing.
    """
    found = []
    for minus, phrase, word in _PARTS.findall(query):
        text = " ".join((phrase or word).split())
        if any(letter.isalnum() for letter in text):
            found.append(Term(text, unwanted=bool(minus)))
    found = found[:MOST_TERMS]
    return found if any(not term.unwanted for term in found) else []
