"""What a reader's text must be like before anything else looks at it.

Pure: no Django, no settings.
"""

import re

from comments.confusables import SURROGATE, UNPRINTABLE, cap_marks, has_visible

MAX_BYTES = 10_000
MAX_CHARS = 5_000
#: A line costs a reader's screen and a tag or two of HTML, however short it is.
MAX_LINES = 300
MARKS_PER_LETTER = 4

# Text beyond this is refused before any work on it: twice over what could shrink to a permitted one honestly.
_MOST_RAW_CHARS = 4 * MAX_CHARS
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{4,}")


class UnusableText(ValueError):
    """The text cannot be kept as text, or shows nothing."""


class TextTooLong(ValueError):
    """The text, or what it renders to, is over a limit."""


def check(source: str) -> str:
    """The text as it is stored: plain line ends, nothing unprintable, no long gaps, no towers of marks.

    Checking a checked text changes nothing.

    Raises:
        UnusableText: lone surrogates, which no database stores, or nothing that a reader could see.
        TextTooLong: over `MAX_CHARS`, `MAX_BYTES` (UTF-8) or `MAX_LINES`.
    """
    if len(source) > _MOST_RAW_CHARS:
        raise TextTooLong(f"A comment has at most {MAX_CHARS} characters.")
    if SURROGATE.search(source):
        raise UnusableText("The text contains half a character.")
    # Line ends before the stripping, which would take carriage returns away.
    text = UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", source))
    text, _ = cap_marks(text, MARKS_PER_LETTER)
    text = _TRAILING.sub("", text)
    text = _BLANK_LINES.sub("\n\n\n", text).strip("\n")
    if not has_visible(text):
        raise UnusableText("The text is empty.")
    if len(text) > MAX_CHARS:
        raise TextTooLong(f"A comment has at most {MAX_CHARS} characters.")
    if len(text.encode()) > MAX_BYTES:
        raise TextTooLong(f"A comment has at most {MAX_BYTES} bytes.")
    if text.count("\n") >= MAX_LINES:
        raise TextTooLong(f"A comment has at most {MAX_LINES} lines.")
    return text
