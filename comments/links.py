"""Plain web addresses in a text, and the host that an address really leads to.

Our own finder, because the ones at hand take quadratic time on hostile text. It reads the text once: every character
belongs to at most one authority and one path, and an authority that fails is not read again by a longer attempt.

An address is read the way browsers read it (WHATWG URL, "special" schemes): `http:/host`, `http:\\host`, names before
an `@`, percent signs and full-width letters in the host are all undone before the host is named.

Pure: no Django, no settings.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from comments.confusables import is_invisible, strip_invisible

MAX_WEBSITE_CHARS = 200
_MOST_HOST_CHARS = 253
_MOST_LABEL_CHARS = 63
# With names, ports and percent signs around the host.
_MOST_AUTHORITY_CHARS = 4 * _MOST_HOST_CHARS

#: Endings that make a bare host a web address even without a path. Words of common languages (it, me, no, to) are left
#: out: a full stop without a space after it is not an address.
KNOWN_ENDINGS = frozenset(
    [
        "com",
        "org",
        "net",
        "info",
        "biz",
        "edu",
        "gov",
        "xyz",
        "shop",
        "store",
        "online",
        "site",
        "website",
        "club",
        "top",
        "icu",
        "app",
        "dev",
        "io",
        "ai",
        "blog",
        "link",
        "live",
        "page",
        "pro",
        "vip",
        "win",
        "bet",
        "casino",
        "loan",
        "click",
        "space",
        "tech",
        "work",
        "world",
        "ru",
        "cn",
        "de",
        "uk",
        "fr",
        "eu",
        "pl",
        "ua",
        "br",
        "jp",
        "nl",
        "se",
        "ch",
        "dk",
        "cz",
        "tk",
        "gq",
        "tv",
        "cc",
        "ws",
        "su",
        "vn",
        "kr",
        "tw",
        "hk",
        "sg",
        "tr",
        "ro",
        "hu",
        "gr",
        "pt",
        "nz",
        "mx",
        "ar",
        "cl",
        "ir",
        "rs",
        "bg",
        "sk",
        "lt",
        "lv",
        "ee",
        "kz",
        "by",
        "example",
    ]
)
#: Endings of file names. None but `py` and `md` is a top-level domain.
FILE_ENDINGS = frozenset(
    [
        "py",
        "md",
        "js",
        "jsx",
        "ts",
        "tsx",
        "txt",
        "htm",
        "html",
        "css",
        "json",
        "xml",
        "yml",
        "yaml",
        "toml",
        "ini",
        "cfg",
        "conf",
        "log",
        "csv",
        "pdf",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "svg",
        "webp",
        "gz",
        "tar",
        "exe",
        "dll",
        "java",
        "class",
        "cpp",
        "hpp",
        "php",
        "asp",
        "jsp",
        "sql",
        "ipynb",
        "lock",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "odt",
        "mp3",
        "mp4",
    ]
)

_SCHEME = re.compile(r"(https?):", re.IGNORECASE)
_SCHEME_END = re.compile(r"https?:\Z", re.IGNORECASE)
_WWW = re.compile(r"(?<![a-z0-9._~%@:-])www\.", re.IGNORECASE)
_PLAIN_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]|\s")
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DOTS = str.maketrans({"\u3002": ".", "\uff61": ".", "\uff0e": "."})
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
    length = len(text)
    place = 0
    while place < length:
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


def host_of(url: str) -> str | None:
    """The host that a browser would visit for this http(s) address; None for anything else."""
    parts = _read(url)
    return parts[1] if parts else None


def canonical(url: str) -> str | None:
    """An http(s) address as it may stand in `href`: no credentials, host in ASCII, the rest percent-encoded.

    Returns:
        None when it is not http(s), has no host with a dot, or contains white space or control characters.
    """
    parts = _read(url)
    if parts is None:
        return None
    scheme, host, port, rest = parts
    return f"{scheme}://{host}{port}{_encoded(rest)}"


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
    if not address or "\\" in address or _FORBIDDEN.search(address) or any(map(is_invisible, address)):
        raise UnusableAddress("This is not a web address.")
    if not _SCHEME.match(address):
        if address.startswith("//"):
            address = "https:" + address
        elif _has_other_scheme(address):
            raise UnusableAddress("An address begins with http:// or https://.")
        else:
            address = "https://" + address
    if "@" in re.split(r"[/?#]", _SCHEME.sub("", address, count=1).lstrip("/"), maxsplit=1)[0]:
        raise UnusableAddress("An address must not contain a name or password.")
    website = canonical(address)
    if website is None:
        raise UnusableAddress("This is not a web address.")
    if len(website) > MAX_WEBSITE_CHARS:
        raise UnusableAddress(f"An address has at most {MAX_WEBSITE_CHARS} characters.")
    return website


def shown_hosts(text: str) -> list[str]:
    """Everything in a text that a reader may take for a host, in small letters and as written, not yet ASCII.

    For comparing the words of a link with its target, therefore generous: `bank.example` counts without a path.
    """
    plain = strip_invisible(unicodedata.normalize("NFKC", text)).translate(_DOTS).lower()
    hosts = []
    for match in re.finditer(r"[\w.-]+", plain):
        before = plain[max(0, match.start() - 2) : match.start()]
        if before[-1:] in ("/", "=", "%") and before != "//":
            continue
        host = match.group().strip(".-")
        ending = host.rpartition(".")[2]
        if "." in host and ".." not in host and len(ending) > 1 and ending not in FILE_ENDINGS:
            if not ending.isdigit() or _as_number(host.split(".")):
                hosts.append(host)
    return hosts


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
    parts = _read("https://" + run.rstrip(_TRAILING_IN_HOST)) if len(run) <= _MOST_AUTHORITY_CHARS else None
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
    if end - authority > _MOST_AUTHORITY_CHARS:
        return None
    scheme = text[start:authority] if authority > start else "https://"
    if _read(scheme + text[authority:end]) is None:
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
        if character in '<>"\\`' or character in _BIDI or _FORBIDDEN.match(character):
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


def _read(url: str) -> tuple[str, str, str, str] | None:
    """Scheme, host, port (with its colon) and rest of an http(s) address, as a browser reads it."""
    if _FORBIDDEN.search(url):
        return None
    scheme = _SCHEME.match(url)
    if not scheme:
        return None
    # Browsers take any number of slashes of either kind here.
    after = url[scheme.end() :].lstrip("/\\")
    authority = re.split(r"[/?#\\]", after, maxsplit=1)[0]
    rest = after[len(authority) :]
    address = authority.rpartition("@")[2]
    name, colon, port = address.partition(":")
    if colon and port and not (port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= 65535):
        return None
    host = _ascii_host(name)
    return (scheme[1].lower(), host, f":{int(port)}" if port else "", rest) if host else None


def _ascii_host(name: str) -> str | None:
    """The host in the form that goes over the wire, after UTS 46 in its main lines; None when it cannot be one."""
    if len(name) > _MOST_AUTHORITY_CHARS:
        return None
    # An invalid escape becomes a replacement character, which no label may hold.
    name = unquote(name, errors="replace")
    if _FORBIDDEN.search(name):
        return None
    name = strip_invisible(name)
    name = unicodedata.normalize("NFKC", name).translate(_DOTS).lower().removesuffix(".")
    labels = [_ascii_label(label) for label in unicodedata.normalize("NFC", name).split(".")]
    if len(labels) < 2 or not all(labels):
        return None
    host = ".".join(labels)
    if len(host) > _MOST_HOST_CHARS:
        return None
    if _NUMBER.fullmatch(labels[-1]) and not _as_number(labels):
        # Browsers read 0x7f.1 and 127.1 as addresses of machines; we name no host that we would have to guess.
        return None
    return host


def _ascii_label(label: str) -> str:
    """One label of a host, encoded; empty when it cannot be one."""
    if len(label) > _MOST_LABEL_CHARS:
        return ""
    if not label.isascii():
        if any(c != "-" and unicodedata.category(c)[0] not in "LMN" for c in label):
            return ""
        label = "xn--" + label.encode("punycode").decode("ascii")
    return label if len(label) <= _MOST_LABEL_CHARS and _PLAIN_LABEL.fullmatch(label) else ""


def _as_number(labels: list[str]) -> bool:
    """Whether the labels are an IPv4 address in the usual four decimal parts."""
    return len(labels) == 4 and all(
        part.isascii() and part.isdigit() and str(int(part)) == part and int(part) < 256 for part in labels
    )


def _has_other_scheme(address: str) -> bool:
    """Whether `name:` at the start is a scheme; a port (`host.example:8080`) is not."""
    name, colon, after = address.partition(":")
    return bool(colon) and not ("." in name and after[:1].isdigit())


def _encoded(rest: str) -> str:
    """Path, query and fragment with everything encoded that a valid address may not hold as it is."""
    if rest.startswith("\\"):
        rest = "/" + rest[1:]
    rest = _LONE_PERCENT.sub("%25", rest)
    path, mark, fragment = rest.partition("#")
    safe = "%/?@!$&'()*+,;=:~"
    return quote(path, safe=safe, errors="replace") + mark + quote(fragment, safe=safe, errors="replace")
