"""The host that a web address really leads to.

An address is read the way browsers read it (WHATWG URL, "special" schemes; hosts after the main lines of UTS 46):
`http:/host`, `http:\\host`, names before an `@`, percent signs and full-width letters in the host are all undone before
the host is named.

Pure: no Django, no settings.
"""

import re
import unicodedata
from urllib.parse import quote, unquote

from comments.confusables import strip_invisible

# Endings of file names. None but `py` and `md` is a top-level domain.
_FILE_ENDINGS = """
    py md js jsx ts tsx txt htm html css json xml yml yaml toml ini cfg conf log csv pdf png jpg jpeg
    gif svg webp gz tar exe dll java class cpp hpp php asp jsp sql ipynb lock doc docx xls xlsx ppt
    odt mp3 mp4
"""
FILE_ENDINGS = frozenset(_FILE_ENDINGS.split())

_MOST_HOST_CHARS = 253
_MOST_LABEL_CHARS = 63
# With names, ports and percent signs around the host.
MOST_AUTHORITY_CHARS = 4 * _MOST_HOST_CHARS
SCHEME = re.compile(r"(https?):", re.IGNORECASE)
FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]|\s")
_PLAIN_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DOTS = str.maketrans({"\u3002": ".", "\uff61": ".", "\uff0e": "."})


def host_of(url: str) -> str | None:
    """The host that a browser would visit for this http(s) address; None for anything else."""
    parts = read(url)
    return parts[1] if parts else None


def canonical(url: str) -> str | None:
    """An http(s) address as it may stand in `href`: no credentials, host in ASCII, the rest percent-encoded.

    Returns:
        None when it is not http(s), has no host with a dot, or contains white space or control characters.
    """
    parts = read(url)
    if parts is None:
        return None
    scheme, host, port, rest = parts
    return f"{scheme}://{host}{port}{_encoded(rest)}"


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
        if "." not in host or ".." in host or len(ending) < 2 or ending in FILE_ENDINGS:
            continue
        if not ending.isdigit() or _as_number(host.split(".")):
            hosts.append(host)
    return hosts


def read(url: str) -> tuple[str, str, str, str] | None:
    """Scheme, host, port (with its colon) and rest of an http(s) address, as a browser reads it."""
    if FORBIDDEN.search(url):
        return None
    scheme = SCHEME.match(url)
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
    if len(name) > MOST_AUTHORITY_CHARS:
        return None
    # An invalid escape becomes a replacement character, which no label may hold.
    name = unquote(name, errors="replace")
    if FORBIDDEN.search(name):
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


def _encoded(rest: str) -> str:
    """Path, query and fragment with everything encoded that a valid address may not hold as it is."""
    if rest.startswith("\\"):
        rest = "/" + rest[1:]
    rest = _LONE_PERCENT.sub("%25", rest)
    path, mark, fragment = rest.partition("#")
    safe = "%/?@!$&'()*+,;=:~"
    return quote(path, safe=safe, errors="replace") + mark + quote(fragment, safe=safe, errors="replace")
