"""A reader's text to safe HTML: a subset of Markdown, then plain addresses as links, then a second wall.

The first wall is the parser: raw HTML is off, so every tag in its output is one that a rule here wrote. The second is
bleach with an explicit list. Neither trusts the other, and nothing may touch the HTML afterwards.

What a text may cost is bounded in three ways: the source (`comments.text`), the brackets that the link rule has to try,
and the tags that the second wall has to read. `tests/benchmarks/hostile_comments.py` measures it.

Pure: no Django, no settings.
"""

import re
from collections.abc import Iterable

from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import link as link_rule
from markdown_it.token import Token

from comments.confusables import cap_marks, has_visible
from comments.hosts import canonical, host_of, shown_hosts
from comments.links import find_links
from comments.text import (
    MARKS_PER_LETTER,
    MAX_BYTES,
    MAX_CHARS,
    TextTooLong,
    UnusableText,
    check,
)

__all__ = ["MAX_BYTES", "MAX_CHARS", "MAX_HTML_BYTES", "TextTooLong", "UnusableText", "check", "render"]

MAX_HTML_BYTES = 60_000
#: Quotes in quotes and lists in lists; a list takes two levels. Deeper texts are shown as plain paragraphs.
MAX_NESTING = 12
#: Plain addresses that become links; the rest stay text.
MAX_PLAIN_LINKS = 60
# Every opening bracket makes the link rule read on for its partner. No honest comment comes near.
_MOST_BRACKETS = 120
# A token is about one tag. Above this the text is shown as plain paragraphs, which `MAX_LINES` bounds.
_MOST_TOKENS = 900

REL = "nofollow ugc noopener"
_TAGS = frozenset({"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ol", "ul", "li", "a"})
_HREF = re.compile(r"https?://[a-z0-9._-]+(?::[0-9]+)?(?:[/?#]|\Z)")
_LIST_START = re.compile(r"[0-9]{1,9}")
# Reversing the letters of a passage serves disguise only. Marks that right-to-left texts need stay, and end with
# their paragraph.
_OVERRIDES = {0x202D: None, 0x202E: None}


def render(source: str) -> str:
    """The HTML of a comment: the only way from a reader's text to a page.

    The source is checked first, so text from a form, an importer or a console comes out alike.

    Raises:
        UnusableText: the text cannot be kept, or its Markdown shows nothing.
        TextTooLong: source or HTML over their limits.
    """
    text = check(source)
    tokens = _parsed(text)
    if not _shows_something(tokens):
        raise UnusableText("The text shows nothing.")
    html = _wall().clean(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    if len(html.encode()) > MAX_HTML_BYTES:
        raise TextTooLong("The text is too long once it is formatted.")
    return html


def _picture(state: StateInline, silent: bool) -> bool:
    """Read `![words](address)` as a link: a picture would make readers' browsers call on a stranger's host."""
    if not state.src.startswith("![", state.pos):
        return False
    state.pos += 1
    if link_rule(state, silent):
        return True
    state.pos -= 1
    return False


def _parser(*rules: str) -> MarkdownIt:
    markdown = MarkdownIt("zero", {"html": False, "breaks": True, "maxNesting": MAX_NESTING})
    markdown.inline.ruler.before("link", "picture", _picture)
    markdown.disable("picture")
    # Every address goes through our reading of it, or is none. The words of a link stay as they were written.
    markdown.normalizeLink = lambda url: canonical(url) or ""
    markdown.normalizeLinkText = lambda url: url
    markdown.validateLink = bool
    return markdown.enable(["newline", *rules])


# No entities: `&#769;` would bring back what `check` took out. No reference definitions: they hide text. Pure
# functions of their input, shared by threads.
_FORMATS = (
    "blockquote",
    "code",
    "fence",
    "heading",
    "hr",
    "list",
    "escape",
    "backticks",
    "strikethrough",
    "emphasis",
)
_MARKDOWN = _parser(*_FORMATS, "link", "picture", "autolink")
_WITHOUT_LINKS = _parser(*_FORMATS, "autolink")
_PLAIN = _parser()


def _parsed(text: str) -> list[Token]:
    markdown = _MARKDOWN if text.count("[") <= _MOST_BRACKETS else _WITHOUT_LINKS
    parsed = markdown.parse(text)
    # What is nested deeper than it reads, the parser would drop without a word.
    if not any(token.nesting == 1 and token.level >= MAX_NESTING - 1 for token in parsed):
        tokens = _finished(parsed)
        if _count(tokens) <= _MOST_TOKENS:
            return tokens
    return _finished(_PLAIN.parse(text))


def _count(tokens: Iterable[Token]) -> int:
    return sum(1 + len(token.children or ()) for token in tokens)


def _finished(tokens: list[Token]) -> list[Token]:
    """Turn what the parser knows and comments do not have into what they have, and complete the links."""
    finished: list[Token] = []
    addresses_left = MAX_PLAIN_LINKS
    in_heading = False
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            in_heading = token.nesting == 1
            token.type, token.tag = token.type.replace("heading", "paragraph"), "p"
        elif token.type == "hr":
            finished.extend(_paragraph(token.markup[:1] * 3))
            continue
        if token.type in ("fence", "code_block"):
            # A name of a language is of no use without highlighting. Long lines scroll, by keyboard too.
            token.info = ""
            token.type = "code_block"
            token.attrs = {"tabindex": "0"}
            token.content = cap_marks(token.content, MARKS_PER_LETTER)[0].translate(_OVERRIDES)
        if token.type == "inline":
            _tame(token.children)
            token.children, addresses_left = _linked(token.children, addresses_left)
            if in_heading:
                token.children = [
                    Token("strong_open", "strong", 1),
                    *token.children,
                    Token("strong_close", "strong", -1),
                ]
        finished.append(token)
    return finished


def _paragraph(text: str) -> list[Token]:
    words = Token("inline", "", 0, content=text, children=[Token("text", "", 0, content=text)])
    return [Token("paragraph_open", "p", 1, block=True), words, Token("paragraph_close", "p", -1, block=True)]


def _tame(children: list[Token]) -> None:
    """Cap stacks of marks that markup between them hid from `check`, and take out reversed writing."""
    run = 0
    for token in children:
        if token.type in ("text", "code_inline"):
            content, run = cap_marks(token.content, MARKS_PER_LETTER, run)
            token.content = content.translate(_OVERRIDES)
        elif token.tag == "br":
            run = 0


def _linked(children: list[Token], addresses_left: int) -> tuple[list[Token], int]:
    """Make links of plain addresses, mark every link, and name the true host where its words tell another."""
    linked: list[Token] = []
    opened: Token | None = None
    words: list[str] = []
    for token in children:
        if token.type == "link_open":
            opened, words = token, []
            token.attrs = {"href": token.attrs["href"], "rel": REL}
        elif token.type == "link_close" and opened:
            linked.extend(_closed(opened, token, "".join(words)))
            opened = None
            continue
        elif opened:
            words.append(token.content)
        elif token.type == "text" and addresses_left:
            addresses_left -= _append_addresses(linked, token.content, addresses_left)
            continue
        linked.append(token)
    return linked, addresses_left


def _append_addresses(linked: list[Token], text: str, most: int) -> int:
    links = find_links(text)[:most]
    place = 0
    for link in links:
        written = text[link.start : link.end]
        opening = Token("link_open", "a", 1, attrs={"href": link.url, "rel": REL})
        linked.extend([_text(text[place : link.start]), opening, _text(written)])
        linked.extend(_closed(opening, Token("link_close", "a", -1), written))
        place = link.end
    linked.append(_text(text[place:]))
    return len(links)


def _closed(opening: Token, closing: Token, words: str) -> list[Token]:
    """The end of a link. Without words it shows its host; with words that name another host, the true one follows."""
    host = host_of(str(opening.attrs["href"])) or ""
    if not has_visible(words):
        return [_text(host), closing]
    if {shown.removeprefix("www.") for shown in shown_hosts(words)} - {host.removeprefix("www.")}:
        return [closing, _text(f" ({host})")]
    return [closing]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _shows_something(tokens: Iterable[Token]) -> bool:
    return any(
        has_visible(token.content) if token.children is None else _shows_something(token.children) for token in tokens
    )


def _permitted(tag: str, name: str, value: str) -> bool:
    match tag, name:
        case "a", "href":
            return _HREF.match(value) is not None
        case "a", "rel":
            return value == REL
        case "ol", "start":
            return _LIST_START.fullmatch(value) is not None
        case "pre", "tabindex":
            return value == "0"
    return False


def _wall() -> Cleaner:
    # A cleaner of its own for every call: bleach's keeps state and is not safe to share between threads.
    return Cleaner(tags=_TAGS, attributes=_permitted, protocols=frozenset({"http", "https"}), strip=False)
