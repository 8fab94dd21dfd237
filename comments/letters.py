"""What mails are made of: headers in one clean line, and readers' words as plain text in which nothing is a link.

Plain text only. A mail of ours never carries what a stranger typed as a link or a picture: that would lend the site's
name to phishing.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMessage

from comments.links import find_links

MOST_HEADER = 150  # characters
MOST_QUOTED = 1200
MOST_QUOTED_LINES = 25
# Controls, also \x0b \x0c and \x1c to \x1e, which cut a header block in two (measured, Django 5.2.19 on Python 3.11.7),
# line and paragraph separators, bidi and other invisible marks, half characters.
_NOT_IN_HEADERS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SCHEME = re.compile(r"(?i)\b([a-z][a-z0-9+.-]{1,20}):(?=\S)")
_DOT = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_]{2,})")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as its kind writes it. `stop` is the address that ends mails like it by one POST (RFC 8058), or ""."""

    to: str
    subject: str
    body: str
    stop: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def header(value: str, most: int = MOST_HEADER) -> str:
    """The value as one line without anything invisible."""
    clean = "".join(" " if unicodedata.category(letter) in _NOT_IN_HEADERS else letter for letter in value)
    words = " ".join(clean.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def defused(text: str) -> str:
    """A reader's words with nothing that a mail program would make a link: the hosts stay readable."""
    parts, place = [], 0
    for link in find_links(text):
        parts += [_inert(text[place : link.start]), f"[link to {link.host.replace('.', '[.]')}]"]
        place = link.end
    return "".join([*parts, _inert(text[place:])])


def quoted(text: str) -> str:
    """A reader's words, cut to what a mail needs, each line behind "> "."""
    cut = text[:MOST_QUOTED]
    lines = defused(cut).split("\n")
    shown = lines[:MOST_QUOTED_LINES]
    if len(cut) < len(text) or len(shown) < len(lines):
        shown.append("[…]")
    return "\n".join(f"> {plain(line)}".rstrip() for line in shown)


def plain(line: str) -> str:
    """One line for a body: no controls, nothing invisible that could turn the text around."""
    return "".join(letter for letter in line if unicodedata.category(letter) not in _NOT_IN_HEADERS)


def name(typed: str) -> str:
    """A name that a reader typed, for a subject or a sentence."""
    return defused(header(typed, 60))


def message(letter: Letter, message_id: str) -> EmailMessage:
    """The mail, ready to be sent. Every header value is cleaned here, whoever wrote it."""
    headers = {
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        **{key: header(value, 900) for key, value in letter.headers.items()},
    }
    if letter.stop:
        headers |= {"List-Unsubscribe": f"<{letter.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(
        subject=header(letter.subject),
        body=letter.body,
        from_email=header(settings.DEFAULT_FROM_EMAIL),
        to=[header(letter.to, 254)],
        headers={key: header(value, 900) for key, value in headers.items()},
    )


def _inert(text: str) -> str:
    return _DOT.sub("[.]", _SCHEME.sub(r"\1: ", text))
