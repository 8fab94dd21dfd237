"""Where the comment wants to send its readers: how many links, how dense, and to what kind of host."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from ipaddress import ip_address

from comments.links import Link, find_links

from .evidence import Evidence, Signal, Span
from .reading import Reading

# Hosts whose whole purpose is to hide where a link goes.
SHORTENERS = frozenset(
    {
        "adf.ly",
        "bit.do",
        "bit.ly",
        "bitly.com",
        "bl.ink",
        "buff.ly",
        "clck.ru",
        "cutt.ly",
        "dlvr.it",
        "goo.gl",
        "goo.su",
        "is.gd",
        "lnkd.in",
        "ow.ly",
        "rb.gy",
        "rebrand.ly",
        "s.id",
        "shorte.st",
        "shorturl.at",
        "soo.gd",
        "t.co",
        "t.ly",
        "tiny.cc",
        "tinyurl.com",
        "trib.al",
        "v.gd",
        "vk.cc",
    }
)
# Hosts that open a private chat with the sender, away from the blog and its moderators.
CHATS = frozenset(
    {
        "api.whatsapp.com",
        "chat.whatsapp.com",
        "discord.gg",
        "line.me",
        "m.me",
        "t.me",
        "telegram.dog",
        "telegram.me",
        "wa.me",
    }
)

_MANY, _FLOOD = 3, 6
_BARE_WORDS = 5
_DENSE_WORDS = 10
_MOST_CITED = 20

_CREDENTIALS = re.compile(r"[a-z][a-z0-9+.-]{0,20}://[^/?#\\\s]{0,300}@", re.IGNORECASE)
_NUMERIC_HOST = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}", re.IGNORECASE)
_BBCODE = re.compile(r"\[(?:url|link)=|\[url\]", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\s[^<>]{0,300}?href\s{0,5}=", re.IGNORECASE)
_WEB_NAME = re.compile(r"https?:|www\.", re.IGNORECASE)


def find(evidence: Evidence, reading: Reading) -> list[Signal]:
    """Signals about links in the body, the website field and the name."""
    return [
        *_how_many(reading),
        *_repeated(reading),
        *_kinds_of_host(reading),
        *_website(reading),
        *_typed_markup(evidence.body),
        *_in_name(reading),
    ]


def _how_many(reading: Reading) -> Iterator[Signal]:
    meant, mentioned = _meant_and_mentioned(reading)
    if mentioned:
        # "ASP.NET" and "see the docs on site.example" read as hosts too, so a bare host weighs little.
        says = f"{_count(len(mentioned), 'host')} named in the text"
        yield Signal("links_mention", 0.5, says, _cited(mentioned))
    if not meant:
        return
    links, words = len(meant), reading.plain_words
    says = f"{_count(links, 'link')} in {_count(words, 'word')}"
    if links >= _FLOOD:
        yield Signal("links_many", 5.0, says, _cited(meant))
    elif links >= _MANY:
        # Honest long comments bring their sources: three links in a letter are not three links in a line.
        yield Signal("links_many", 3.0 if words < 40 * links else 2.0, says, _cited(meant))
    else:
        yield Signal("links_few", 1.0, says, _cited(meant))
    if words < _BARE_WORDS:
        yield Signal("links_bare", 2.0, "hardly any text beside the link", _cited(meant))
    elif links > 1 and words < _DENSE_WORDS * links:
        yield Signal("links_dense", 1.0, f"a link every {max(1, words // links)} words", _cited(meant))


def _meant_and_mentioned(reading: Reading) -> tuple[list[Link], list[Link]]:
    """The links that the sender typed as addresses (scheme, "www." or path), and names with a dot in them."""
    meant: list[Link] = []
    mentioned: list[Link] = []
    for link in reading.links:
        typed = reading.body.text[link.start : link.end]
        (meant if _WEB_NAME.match(typed) or "/" in typed else mentioned).append(link)
    return meant, mentioned


def _cited(links: list[Link]) -> tuple[Span, ...]:
    return tuple(Span("body", link.start, link.end) for link in links[:_MOST_CITED])


def _repeated(reading: Reading) -> Iterator[Signal]:
    meant, _ = _meant_and_mentioned(reading)
    hosts = Counter(link.host for link in meant)
    for host, times in hosts.most_common(1):
        if times >= _MANY:
            same = [link for link in meant if link.host == host]
            yield Signal("links_repeated", 1.0, f"{times} links to {host}", _cited(same))


def _kinds_of_host(reading: Reading) -> Iterator[Signal]:
    # The address as typed: `Link.url` has lost the name and password that a deceiver puts before the host.
    body = reading.body.text
    places = [(body[link.start : link.end], link.host, Span("body", link.start, link.end)) for link in reading.links]
    places += [(reading.website.text, reading.website_host, span) for span in reading.website.whole()]
    found: dict[str, list[Span]] = {}
    for url, host, span in places:
        for code in _codes_of_host(url, host.rstrip(".").lower()):
            found.setdefault(code, []).append(span)
    for code, (weight, says) in _HOST_KINDS.items():
        if code in found:
            yield Signal(code, weight, says, tuple(found[code][:_MOST_CITED]))


_HOST_KINDS = {
    "links_credentials": (4.0, "a link whose true host stands behind an @"),
    "links_ip": (3.0, "a link to a bare network address"),
    "links_shortener": (2.0, "a link through a shortener that hides where it goes"),
    "links_chat": (2.0, "a link into a private chat"),
    "links_punycode": (1.0, "a link to a host in look-alike or non-Latin letters"),
}


def _codes_of_host(url: str, host: str) -> Iterator[str]:
    if _CREDENTIALS.match(url.strip()):
        yield "links_credentials"
    if _is_network_address(host):
        yield "links_ip"
    if host.removeprefix("www.") in SHORTENERS:
        yield "links_shortener"
    if host.removeprefix("www.") in CHATS:
        yield "links_chat"
    if not host.isascii() or host.startswith("xn--") or ".xn--" in host:
        yield "links_punycode"


def _is_network_address(host: str) -> bool:
    """Whether a host is an address in any form that browsers take: dotted, IPv6, decimal, octal, hex."""
    if _NUMERIC_HOST.fullmatch(host):
        return True
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _website(reading: Reading) -> Iterator[Signal]:
    if not reading.website_host:
        return
    website = reading.website.whole()
    linked = [link for link in reading.links if link.host == reading.website_host]
    if linked:
        spans = (*website, *_cited(linked))
        yield Signal("links_own_site", 1.0, "links to the sender's own website in the text too", spans)
    path = re.sub(r"^[a-z]+://", "", reading.website.text.strip(), flags=re.IGNORECASE).partition("/")[2]
    if "?" in path or path.strip("/").count("/") >= 1:
        # People give the front page of their site; sellers give the page that is to rank.
        yield Signal("links_deep_website", 1.0, "the website is a page deep inside a site", website)


def _typed_markup(body: str) -> Iterator[Signal]:
    for code, weight, says, pattern in (
        ("markup_bbcode", 3.0, "links in forum markup, which does nothing here", _BBCODE),
        ("markup_anchor", 1.5, "links typed as HTML, which does nothing here", _ANCHOR),
    ):
        spans = [Span("body", *match.span()) for match in pattern.finditer(body)]
        if spans:
            yield Signal(code, weight, says, tuple(spans[:_MOST_CITED]))


def _in_name(reading: Reading) -> Iterator[Signal]:
    name = reading.name
    if _WEB_NAME.search(name.text):
        yield Signal("name_web_address", 3.0, "the name is a web address", name.whole())
    elif find_links(name.text):
        yield Signal("name_host", 1.5, "the name reads like a host", name.whole())


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
