"""What a comment has in common with others of its campaign: its wording in phrases, and the marks that it carries.

A phrase is three words in a row, after folding; a pair is two longer words near each other, in any order, which is left
when every other word was changed. A mark is what the sender wants read or visited: the host of a link
or website, the whole address on hosts that everybody shares, a mail address, a telephone number, a word s p e l l e d
out. Both are kept as numbers only, from which no text can be read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from comments.links import Link, find_links, host_of
from comments.normalise import fold
from moderation.filters.words import joined_letters, with_runs_joined, words_of

from .shared_hosts import is_shared

PHRASE_WORDS = 3
#: Phrases kept of a text, to compare: those with the smallest numbers, so that two texts keep the same ones.
MOST_PHRASES = 96
#: Phrases by which a comment is found. At a tenth of phrases in common, two texts share three of these.
FOUND_BY = 16
MOST_PAIRS, FOUND_BY_PAIRS = 64, 12
MOST_MARKS = 12
_PHRASE_CHARS = 12  # "it is a" is nobody's wording
_PAIR_WORD_CHARS, _PAIR_REACH = 4, 4
_SPELLED_CHARS = 5
_MOST_READ = 10_000  # characters; a comment has fewer, the rest of a longer one changes nothing

_QUOTED_LINE = re.compile(r"^[ \t]*(?:>|&gt;).*$", re.MULTILINE)
_QUOTED = re.compile(r"\"[^\"\n]{20,600}\"|“[^”\n]{20,600}”|«[^»\n]{20,600}»")
_LABEL = re.compile(r"[#@]\w{1,60}")
_MAIL = re.compile(r"[a-z0-9][a-z0-9._+-]{1,60}@[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,4}")
_NUMBER = re.compile("[0-9a-f]{10}")
_TELEPHONE = re.compile(r"\+\d[\d ().-]{7,24}\d")


@dataclass(frozen=True, slots=True)
class Traces:
    """What campaigns are told by, of one text.

    Attributes:
        words: how many words of its own the text has.
        digest, signature: of fingerprint.py; the signature is empty where the text is too short to be compared.
        phrases: numbers of its phrases, at most MOST_PHRASES.
        pairs: numbers of its pairs, at most MOST_PAIRS.
        hosts: numbers of the marks that are links.
        contacts: numbers of the other marks.
        linked: whether it carries any link, in the text or as the sender's website.
    """

    words: int
    digest: str
    signature: str
    phrases: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    linked: bool = False

    @property
    def keys(self) -> list[int]:
        """The numbers under which the comment is found."""
        wording = (*sorted(self.phrases)[:FOUND_BY], *sorted(self.pairs)[:FOUND_BY_PAIRS])
        return [key_of(each) for each in (*wording, *sorted(self.hosts), *sorted(self.contacts))]


def traces_of(body: str, *, digest: str, signature: str, website: str = "", own_hosts: Iterable[str] = ()) -> Traces:
    """The traces of a comment, given its fingerprint. `own_hosts` are the site's own, to which everybody links.

    Linear in the length of the text.
    """
    body = body[:_MOST_READ]
    own = {_bare(host) for host in own_hosts}
    links = find_links(body)
    typed = [link for link in links if _is_meant(body[link.start : link.end]) and _bare(link.host) not in own]
    hosts = [_mark_of_link(link.host, link.url) for link in typed]
    site = host_of(website) if website else None
    if site and _bare(site) not in own:
        hosts.append(_mark_of_link(site, website))
    hosts = list(dict.fromkeys(hosts))[:MOST_MARKS]
    folded = fold(_own_words(body, links)).text
    apart = words_of(folded)
    spelled = joined_letters(folded, apart)
    words = [word.text for word in with_runs_joined(apart, spelled)]
    contacts = [number("mail", address) for address in _MAIL.findall(folded)]
    contacts += [number("telephone", re.sub(r"\D", "", found)) for found in _TELEPHONE.findall(folded)]
    names = ["".join(letter.text for letter in run) for run in spelled]
    contacts += [number("spelled", name) for name in names if len(name) >= _SPELLED_CHARS]
    return Traces(
        words=len(words),
        digest=digest,
        signature=signature,
        phrases=_phrases(words),
        pairs=_pairs(words),
        contacts=frozenset(list(dict.fromkeys(contacts))[:MOST_MARKS]),
        hosts=frozenset(hosts),
        linked=bool(typed or site),
    )


def _phrases(words: list[str]) -> frozenset[str]:
    signs = sum(len(word) == 1 for word in words)
    if signs * 2 > len(words):
        # Scripts written without spaces, where each sign is a word here: twice as many in a row say as much.
        long, least = 2 * PHRASE_WORDS, 0
    else:
        long, least = PHRASE_WORDS, _PHRASE_CHARS
    rows = (words[at : at + long] for at in range(len(words) - long + 1))
    found = {number("phrase", " ".join(row)) for row in rows if sum(map(len, row)) >= least}
    return frozenset(sorted(found)[:MOST_PHRASES])


def _pairs(words: list[str]) -> frozenset[str]:
    long = [word for word in words if len(word) >= _PAIR_WORD_CHARS]
    found = {
        number("pair", " ".join(sorted((word, other))))
        for at, word in enumerate(long)
        for other in long[at + 1 : at + 1 + _PAIR_REACH]
        if word != other
    }
    return frozenset(sorted(found)[:MOST_PAIRS])


def number(kind: str, text: str) -> str:
    """A stable number for a phrase, a pair, a mark or a network, in ten hexadecimal digits; the kinds do not meet."""
    return blake2b(f"{kind}\0{text}".encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def key_of(number: str) -> int:
    """A number as the key of a row."""
    return int(number, 16)


def packed(numbers: Iterable[str]) -> str:
    """Numbers as one text to be stored."""
    return "".join(sorted(numbers))


def unpacked(text: str) -> frozenset[str]:
    """The numbers that `packed` wrote."""
    return frozenset(_NUMBER.findall(text))


def _own_words(body: str, links: list[Link]) -> str:
    """The text without what is nobody's wording: links, quotations, hashtags, and whom it addresses."""
    kept, at = [], 0
    for link in links:
        kept.append(body[at : link.start])
        at = link.end
    kept.append(body[at:])
    return _LABEL.sub(" ", _QUOTED.sub(" ", _QUOTED_LINE.sub(" ", " ".join(kept))))


def _mark_of_link(host: str, url: str) -> str:
    host = _bare(host)
    if not is_shared(host):
        return number("host", host)
    return number("address", re.sub(r"^https?://(?:www\.)?", "", url.strip().lower()).rstrip("/"))


def _is_meant(typed: str) -> bool:
    """Whether a link was typed as one; "ASP.NET" reads as a host too."""
    return "/" in typed or typed.lower().startswith("www.")


def _bare(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")
