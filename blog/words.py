"""HTML back to words, and words to a summary.

Pure: no Django, no settings.
"""

import unicodedata
from html.parser import HTMLParser

# The longest summary in characters: scripts without spaces have no words to count.
_CHARS_PER_WORD = 8
_INLINE = frozenset({"em", "strong", "s", "code", "span", "a", "img"})


def plain_text(html: str) -> str:
    """The words of cleaned HTML, entities decoded, white space folded; for search and summaries."""
    words = _Words()
    words.feed(html)
    words.close()
    return " ".join("".join(words.parts).split())


def summarise(text: str, words: int = 40) -> str:
    """The first words of a text on one line, with an ellipsis where something is left out.

    Args:
        text: plain text, not HTML.
        words: how many to keep; a text without spaces is cut at eight characters for each.
    """
    # One more than is kept, so that a long text is not split to its end.
    found = text.split(maxsplit=words)
    summary = " ".join(found[:words])
    most = words * _CHARS_PER_WORD
    if len(summary) > most:
        cut = most
        while cut and (unicodedata.combining(summary[cut]) or "\u200d" in summary[cut - 1 : cut + 1]):
            cut -= 1
        summary = summary[:cut]
    elif len(found) <= words:
        return summary
    return summary.rstrip(" ,;:.-–—") + "…"


class _Words(HTMLParser):
    """Collects text; block tags part words, inline tags do not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")
