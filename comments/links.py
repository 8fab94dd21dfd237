"""Plain web addresses in a text, and the address that a reader gives as their website.

Our own finder, because the ones at hand take quadratic time on hostile text. It reads the text once: every character
belongs to at most one authority and one path, and an authority that fails is not read again by a longer attempt.

Pure: no Django, no settings.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from comments.confusables import is_invisible
from comments.hosts import FILE_ENDINGS, FORBIDDEN, MOST_AUTHORITY_CHARS, SCHEME, canonical, host_of, read

__all__ = [
    "KNOWN_ENDINGS",
    "MAX_WEBSITE_CHARS",
    "Link",
    "UnusableAddress",
    "canonical",
    "clean_website",
    "find_links",
    "host_of",
]

MAX_WEBSITE_CHARS = 200

# Endings that make a bare host a web address even without a path. Words of common languages (it, me, no, to) are left
# out: a full stop without a space after it is not an address.
_KNOWN_ENDINGS = """
    com org net info biz edu gov xyz shop store online site website club top icu app dev io ai blog
    link live page pro vip win bet casino loan click space tech work world ru cn de uk fr eu pl ua br
    jp nl se ch dk cz tk gq tv cc ws su vn kr tw hk sg tr ro hu gr pt nz mx ar cl ir rs bg sk lt lv
    ee kz by example
"""
KNOWN_ENDINGS = frozenset(_KNOWN_ENDINGS.split())

_DOT_INSIDE = re.compile(r"[.\u3002\uff61\uff0e\u2024]\S")
# What may stand in an authority, and of what is not ASCII everything, to be looked at sign by sign.
_MAYBE_AUTHORITY = re.compile("[A-Za-z0-9\\-._~%@:\x80-\U0010ffff]+")
_SCHEME_END = re.compile(r"https?:\Z", re.IGNORECASE)
_WWW = re.compile(r"(?<![a-z0-9._~%@:-])www\.", re.IGNORECASE)
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_TRAILING_IN_HOST = "-._~%@:\u3002\uff61\uff0e\u2024"
_TRAILING = frozenset(".,:;!?'\"*_~`|^")


class UnusableAddress(ValueError):
    """The address of a website is not one that we would show."""


@dataclass(frozen=True, slots=True)
class Link:
    """A web address in a text.

    Attributes:
        start: index of its first character in the text.
        end: index after its last one.
        url: the address to link to: scheme given, no credentials, host in ASCII, percent-encoded.
        host: the host that it leads to, small letters, ASCII (`xn--` form).
    """

    start: int
    end: int
    url: str
    host: str


def find_links(text: str) -> list[Link]:
    """The web addresses in a text, in order and without overlap, in time proportional to its length.

    Found are addresses with `http://`, `https://` or `www.`, and bare hosts with a path (`host.example/buy`) or with
    an ending of `KNOWN_ENDINGS`. Mail addresses are not. Punctuation at the end and closing brackets that were opened
    before the address are left out.
    """
    links: list[Link] = []
    if not _DOT_INSIDE.search(text):
        return links  # a host has a dot with something after it
    place = 0
    while run := _MAYBE_AUTHORITY.search(text, place):
        place, end = run.span()
        if not run.group().isascii():
            if not _in_authority(text[place]):
                place += 1
                continue
            end = _authority_end(text, place)
        if text.startswith("//", end) and (scheme := _SCHEME_END.search(text, place, end)):
            authority_end = _authority_end(text, end + 2)
            link = _link(text, scheme.start(), end + 2, authority_end)
            # After a failure only the authority is read a second time, as a possible bare host.
            place = link.end if link else end + 2
        else:
            link = _bare_link(text, place, end)
            place = link.end if link else end
        if link:
            links.append(link)
    return links


def clean_website(raw: str) -> str:
    """The address that a reader gives as their website, ready to be stored and linked.

    Args:
        raw: what was typed; a missing scheme becomes `https://`. Blanks around it are ignored.

    Raises:
        UnusableAddress: not http(s), with credentials, without a host with a dot, with white space, control characters
            or backslashes, or longer than 200 characters.
    """
    address = raw.strip(" \t\r\n")
    if len(address) > MAX_WEBSITE_CHARS:
        raise UnusableAddress(f"An address has at most {MAX_WEBSITE_CHARS} characters.")
    if not address or "\\" in address or FORBIDDEN.search(address) or any(map(is_invisible, address)):
        raise UnusableAddress("This is not a web address.")
    if not SCHEME.match(address):
        if address.startswith("//"):
            address = "https:" + address
        elif _has_other_scheme(address):
            raise UnusableAddress("An address begins with http:// or https://.")
        else:
            address = "https://" + address
    if "@" in re.split(r"[/?#]", SCHEME.sub("", address, count=1).lstrip("/"), maxsplit=1)[0]:
        raise UnusableAddress("An address must not contain a name or password.")
    website = canonical(address)
    if website is None:
        raise UnusableAddress("This is not a web address.")
    if len(website) > MAX_WEBSITE_CHARS:
        raise UnusableAddress(f"An address has at most {MAX_WEBSITE_CHARS} characters.")
    return website


@lru_cache(maxsize=4096)
def _in_authority(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in "-._~%@:"
    if character in _BIDI or character.isspace():
        return False
    return (
        character.isalnum()
        or character in "\u3002\uff61\uff0e\u2024"
        or unicodedata.category(character)[0] == "M"
        or is_invisible(character)
    )


def _authority_end(text: str, place: int) -> int:
    length = len(text)
    while place < length and _in_authority(text[place]):
        place += 1
    return place


def _bare_link(text: str, start: int, end: int) -> Link | None:
    """An address without a scheme in the authority-like run `start:end`."""
    run = text[start:end]
    if "." not in run or "@" in run or (start and text[start - 1] in "/\\=?&#+"):
        return None
    if www := _WWW.search(run):
        return _link(text, start + www.start(), start + www.start(), end)
    before, colon, after = run.rstrip(":").rpartition(":")
    if colon and not after.isdigit():
        # "site:host.example/buy"
        start += len(before) + 1
        run = text[start:end]
    bare = run.lstrip(_TRAILING_IN_HOST)
    start, run = start + len(run) - len(bare), bare
    # Judged by its host alone: a path is read only for a link that will stand, or hostile text would have the same
    # path read again and again.
    parts = read("https://" + run.rstrip(_TRAILING_IN_HOST)) if len(run) <= MOST_AUTHORITY_CHARS else None
    if parts is None:
        return None
    ending = parts[1].rpartition(".")[2]
    has_path = text.startswith("/", end)
    if ending.isdigit():
        wanted = has_path
    elif ending in FILE_ENDINGS or len(ending) < 2 or not (ending.isalpha() or ending.startswith("xn--")):
        wanted = False
    else:
        # "Mr.Smith/Jones": names of people begin with a capital, hosts seldom do.
        wanted = ending in KNOWN_ENDINGS or (has_path and not run.rpartition(".")[2][:1].isupper())
    return _link(text, start, start, end) if wanted else None


def _link(text: str, start: int, authority: int, end: int) -> Link | None:
    """The link that starts at `start` and whose authority is `authority:end`; its path is read from the text."""
    after = text[end : end + 1]
    if after not in ("/", "?", "#"):
        while end > authority and text[end - 1] in _TRAILING_IN_HOST:
            end -= 1
    if end - authority > MOST_AUTHORITY_CHARS:
        return None
    scheme = text[start:authority] if authority > start else "https://"
    if read(scheme + text[authority:end]) is None:
        return None
    if after in ("/", "?", "#"):
        end = _trimmed(text, end, _path_end(text, end))
    url = canonical(scheme + text[authority:end])
    host = host_of(scheme + text[authority:end])
    return Link(start, end, url, host) if url and host else None


def _path_end(text: str, place: int) -> int:
    length = len(text)
    while place < length:
        character = text[place]
        if character in '<>"\\`' or character in _BIDI or FORBIDDEN.match(character):
            break
        place += 1
    return place


def _trimmed(text: str, start: int, end: int) -> int:
    """The end without trailing punctuation and without closing brackets that the path did not open."""
    path = text[start:end]
    surplus = {close: path.count(close) - path.count(opening) for close, opening in _BRACKETS.items()}
    while end > start:
        last = text[end - 1]
        if last in _BRACKETS:
            if surplus[last] <= 0:
                break
            surplus[last] -= 1
        elif last not in _TRAILING and not (not last.isascii() and unicodedata.category(last)[0] == "P"):
            break
        end -= 1
    return end


def _has_other_scheme(address: str) -> bool:
    """Whether `name:` at the start is a scheme; a port (`host.example:8080`) is not."""
    name, colon, after = address.partition(":")
    return bool(colon) and not ("." in name and after[:1].isdigit())
