"""Where a comment leads its readers: the parts of every address, and how links and text lie together."""

from __future__ import annotations

import re

from moderation.campaigning.shared_hosts import is_shared

from .seen import Scale, Seen, bare

_GRAM = 4
_MOST_PARTS = 400
_PART = re.compile(r"[a-z0-9]+")
_LINKS = Scale((0, 1, 2, 3, 5, 8, 15))
_WORDS_A_LINK = Scale((2, 5, 10, 20, 40, 80))
_WORDS = Scale((4, 12, 30, 80))
_MARKDOWN_LINK = re.compile(r"\]\(http", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.\w|\[?email|@mail", re.IGNORECASE)
_TELEPHONE = re.compile(r"\+?\d[\d ().-]{8,24}\d")
_NEAR_END = 6


def parts(seen: Seen) -> list[str]:
    """Hosts, their endings, the words in them and in the paths.

    Of hosts that everybody shares only where there are no others: good company must not make up for a bad one.
    """
    places = [(bare(link.host), link.url.partition("://")[2].partition("/")[2]) for link in seen.links]
    if seen.site:
        places.insert(0, (seen.site, seen.evidence.website.partition("://")[2].partition("/")[2]))
    own = [(host, path) for host, path in places if not is_shared(host)]
    found: list[str] = []
    for host, path in own or places:
        first = f"^{host.partition('.')[0]}$"
        found += (f"host {host}", f"ending {host.rpartition('.')[2]}")
        found += [f"part {part}" for part in _PART.findall(host)]
        found += [f"run {first[at : at + _GRAM]}" for at in range(len(first) - _GRAM + 1)]
        found += [f"path {part}" for part in _PART.findall(path.lower())]
    return list(dict.fromkeys(found))[:_MOST_PARTS]


def shape(seen: Seen) -> list[str]:
    """How many links, how dense, where, and in which markup; and what the website's address looks like."""
    body, words, links = seen.evidence.body, len(seen.words), len(seen.links)
    found = [
        *_website(seen),
        f"links {_LINKS.step(links)}",
        f"hosts {min(len({bare(link.host) for link in seen.links}), 4)}",
        f"{'with' if seen.site else 'without'} website, links {min(links, 3)}, words {_WORDS.step(words)}",
    ]
    if links:
        found.append(f"words a link {_WORDS_A_LINK.step(words / links)}")
        found.append(f"first link {int(3 * seen.links[0].start / max(len(body), 1))}")
        if seen.links[-1].end >= len(body.rstrip()) - _NEAR_END:
            found.append("ends with a link")
        if {bare(link.host) for link in seen.links} == {seen.site}:
            found.append("links to the own website")
    small = body.lower()
    if "<a " in small or "href" in small:
        found.append("html links")
    if "[url" in small:
        found.append("forum links")
    if "](" in body and _MARKDOWN_LINK.search(body):
        found.append("markdown links")
    # Beyond ASCII, what is equal but for its case is the pattern's to say.
    if ("@" in body or "email" in small or not body.isascii()) and _MAIL.search(body):
        found.append("mail address")
    if _TELEPHONE.search(body):
        found.append("telephone number")
    return found


def _website(seen: Seen) -> list[str]:
    if not seen.site:
        return ["no website"]
    typed = seen.evidence.website
    path = typed.partition("://")[2].partition("/")[2]
    found = ["website with a path" if path.strip("/") else "website"]
    if typed.startswith("http:"):
        found.append("website without https")
    if "-" in seen.site:
        found.append(f"hyphens {min(seen.site.count('-'), 3)}")
    if any(map(str.isdigit, seen.site)):
        found.append("digits in the website")
    if typed != typed.lower():
        found.append("capitals in the website")
    return found
