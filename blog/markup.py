"""An author's Markdown to safe HTML.

Two walls: the parser has raw HTML off, so that every tag in its output is one that a rule here wrote; bleach then
passes only what stands in an explicit list. Authors are trusted with words and layout, not with scripts, styles or
requests to other hosts: a page of the blog loads nothing from anywhere else.

Pure: no Django, no settings.
"""

import re
import unicodedata

from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from blog.highlight import MAX_HIGHLIGHTED_CHARS, code_block
from blog.words import plain_text, summarise

__all__ = ["MAX_HIGHLIGHTED_CHARS", "plain_text", "render", "summarise"]

ID_PREFIX = "s-"
_MOST_ID_CHARS = 60

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(p * 65536 + 65534)}{chr(p * 65536 + 65535)}" for p in range(17))
_CONTROLS = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_NONCHARACTERS}]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NOT_IN_ID = re.compile(r"[\W_]+")
_WEB = re.compile(r"https?://(?:[^\s/?#@\\]*@)?[^\s/?#@\\:\[\]%]+(?::[0-9]{1,5})?(?:[/?#]|\Z)", re.IGNORECASE)
_OWN_PICTURE = re.compile(r"/(?:media|static)/(?!.*(?:\.|%2e){2})[^\\\s]+", re.IGNORECASE)
_CLASSES = {
    "pre": re.compile(r"code"),
    "code": re.compile(r"language-[a-z0-9+#._-]{1,30}"),
    "span": re.compile(r"[a-z][a-z0-9]{0,3}"),
    "div": re.compile(r"table"),
    "th": re.compile(r"align-(?:left|center|right)"),
    "td": re.compile(r"align-(?:left|center|right)"),
}
_TAGS = frozenset(
    [
        "p",
        "br",
        "hr",
        "em",
        "strong",
        "s",
        "code",
        "pre",
        "span",
        "blockquote",
        "ol",
        "ul",
        "li",
        "a",
        "img",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)


def render(source: str) -> str:
    """The HTML of a post or page.

    Headings form an outline that starts at h2 and leaves no level out, whatever levels the author used; each has an id.
    Pictures under `/media/` or `/static/` are shown, pictures from elsewhere become links. Tables and code can be
    scrolled by keyboard. Code is highlighted by classes, no colour stands in the HTML.

    Args:
        source: Markdown (CommonMark with tables and strikethrough); HTML in it is shown as typed.
    """
    text = _CONTROLS.sub("", _SURROGATES.sub("\ufffd", source))
    tokens = _MARKDOWN.parse(text)
    _outline(tokens)
    _frame_tables(tokens)
    for token in tokens:
        if token.type == "inline":
            token.children = _without_strangers(token.children)
    tokens = _without_empty_headings(tokens)
    return _wall().clean(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _is_safe_address(url: str) -> bool:
    """Whether an author's link may lead there: the web, a mail address, this site or this page."""
    if url.lower().startswith("mailto:"):
        return "@" in url
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", url):
        return _WEB.match(url) is not None
    # No scheme: `//host` and `/\host` leave the site all the same.
    return not re.match(r"[/\\]{2}|[^/?#]*:", url)


def _normalised_address(url: str) -> str:
    path, mark, fragment = normalizeLink(url).partition("#")
    return path + mark + fragment.replace("#", "%23")


def _markdown() -> MarkdownIt:
    # Deeper than anybody writes: what stands deeper still, the parser drops.
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 60}).enable(["table", "strikethrough"])
    markdown.normalizeLink = _normalised_address
    markdown.validateLink = _is_safe_address
    markdown.add_render_rule("fence", _fence)
    markdown.add_render_rule("code_block", _fence)
    return markdown


def _fence(renderer, tokens, index, options, env) -> str:
    token = tokens[index]
    return code_block(token.content, token.info if token.type == "fence" else "", env)


def _outline(tokens: list[Token]) -> None:
    """Give headings the levels of an outline below the page's h1, and ids of their own."""
    above: list[int] = []
    taken: set[str] = set()
    latest: dict[str, int] = {}
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            level = int(token.tag[1])
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            token.tag = tokens[index + 2].tag = f"h{min(len(above) + 1, 6)}"
            slug = _slug(_said(tokens[index + 1].children))
            name, number = slug, latest.get(slug, 1)
            while name in taken:
                number += 1
                name = f"{slug}-{number}"
            latest[slug] = number
            taken.add(name)
            token.attrs = {"id": ID_PREFIX + name}


def _slug(words: str) -> str:
    return _NOT_IN_ID.sub("-", unicodedata.normalize("NFKC", words).lower())[:_MOST_ID_CHARS].strip("-") or "section"


def _said(children: list[Token] | None) -> str:
    """The words of inline tokens, those of pictures included."""
    return "".join(
        _said(child.children) if child.type == "image" else child.content or (" " if child.tag == "br" else "")
        for child in children or ()
    )


def _frame_tables(tokens: list[Token]) -> None:
    """Prepare tables for a narrow screen and for a policy that forbids `style`."""
    number = 0
    for token in tokens:
        if token.type in ("th_open", "td_open"):
            align = str(token.attrs.pop("style", "")).removeprefix("text-align:")
            if align:
                token.attrs["class"] = f"align-{align}"
            if token.type == "th_open":
                token.attrs["scope"] = "col"
        elif token.type == "table_open":
            number += 1
            # Regions on one page need names of their own.
            token.meta["label"] = "Table" if number == 1 else f"Table {number}"


def _table_open(renderer, tokens, index, options, env) -> str:
    label = tokens[index].meta["label"]
    return f'<div class="table" role="region" tabindex="0" aria-label="{label}"><table>\n'


def _table_close(renderer, tokens, index, options, env) -> str:
    return "</table></div>\n"


def _without_strangers(children: list[Token]) -> list[Token]:
    """Show only our own pictures; others become links, or their words where a link stands already."""
    kept: list[Token] = []
    link: Token | None = None
    start = 0
    for token in children:
        if token.type == "link_open":
            link, start = token, len(kept) + 1
        elif token.type == "link_close" and link:
            if not any(_said([child]).strip() or child.type == "image" for child in kept[start:]):
                # A link without words is no link to those who hear the page.
                kept.append(Token("text", "", 0, content=str(link.attrs["href"]) or "#"))
            link = None
        elif token.type == "image":
            address, words = str(token.attrs["src"]), _said(token.children)
            if _OWN_PICTURE.fullmatch(address):
                token.attrs["loading"] = "lazy"
            elif link:
                token = Token("text", "", 0, content=words)
            else:
                kept.append(Token("link_open", "a", 1, attrs={"href": address}))
                kept.append(Token("text", "", 0, content=words if words.strip() else address))
                token = Token("link_close", "a", -1)
        kept.append(token)
    return kept


def _without_empty_headings(tokens: list[Token]) -> list[Token]:
    """Drop headings that say nothing: a listener would be led to an empty place."""
    kept: list[Token] = []
    skip = 0
    for index, token in enumerate(tokens):
        if skip:
            skip -= 1
        elif token.type == "heading_open" and not _said(tokens[index + 1].children).strip():
            skip = 2
        else:
            kept.append(token)
    return kept


def _permitted(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return tag in _CLASSES and _CLASSES[tag].fullmatch(value) is not None
    match tag, name:
        case "a", "href":
            return _is_safe_address(value)
        case "img", "src":
            return _OWN_PICTURE.fullmatch(value) is not None
        case ("a" | "img", "title") | ("img", "alt"):
            return True
        case "img", "loading":
            return value == "lazy"
        case "ol", "start":
            return value.isdigit()
        case (("h2" | "h3" | "h4" | "h5" | "h6"), "id"):
            return value.startswith(ID_PREFIX)
        case (("pre" | "div"), "tabindex"):
            return value == "0"
        case "div", "role":
            return value == "region"
        case "div", "aria-label":
            return re.fullmatch(r"Table(?: [0-9]+)?", value) is not None
        case "th", "scope":
            return value == "col"
    return False


def _wall() -> Cleaner:
    # A cleaner of its own for every call: bleach's keeps state and is not safe to share between threads.
    return Cleaner(tags=_TAGS, attributes=_permitted, protocols=frozenset({"http", "https", "mailto"}))


_MARKDOWN = _markdown()
_MARKDOWN.add_render_rule("table_open", _table_open)
_MARKDOWN.add_render_rule("table_close", _table_close)
