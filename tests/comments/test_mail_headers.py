"""What anybody typed reaches a mail's headers as one clean line, and its body as words that are no links."""

import re

import pytest
from django.core import mail
from django.core.mail import get_connection

from comments import letters
from comments.letters import Letter
from tests.post_office import Office

# With the line ends that everybody thinks of come those that cut a header block on Django 5.2.19 and Python 3.11.7.
LINE_ENDS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\x00", "\ud800"]


@pytest.mark.parametrize("end", LINE_ENDS, ids=ascii)
def test_no_header_can_be_cut_in_two(office: Office, settings, end: str) -> None:
    evil = f"Eve{end}Bcc: all@victims.example{end}{end}Attacker's own text"
    settings.DEFAULT_FROM_EMAIL = f"Gatepost{end}X-Evil <noreply@blog.example>"
    letter = Letter("cora@readers.example", evil, "The body.\n", f"http://blog.example/stop/{end}X: y", {"X-A": evil})
    get_connection().send_messages([letters.message(letter, "<one@blog.example>")])
    (raw,), (arrived,) = office.raw, office.mails
    head, _, body = raw.partition(b"\r\n\r\n")
    assert body.strip() == b"The body."
    assert arrived["Bcc"] is None
    assert arrived["X-Evil"] is None
    assert arrived["To"] == "cora@readers.example"
    assert arrived["From"] == "Gatepost X-Evil <noreply@blog.example>"
    assert arrived["Subject"].startswith("Eve Bcc: all@victims.example")
    assert all(re.match(rb"[A-Za-z-]+: |[ \t]", line) for line in head.split(b"\r\n"))


def test_a_header_has_an_end() -> None:
    assert letters.header("a" * 500) == "a" * 149 + "…"
    assert letters.header("\u202eabc\u200b  d ") == "abc d"


@pytest.mark.parametrize(
    ("typed", "mailed"),
    [
        ("see https://bank.example/login?x=1 now", "see [link to bank[.]example] now"),
        ("www.bank.example", "[link to www[.]bank[.]example]"),
        ("bank.example", "[link to bank[.]example]"),
        ("[ok](https://evil.example/)", "[ok]([link to evil[.]example])"),
        ("https://bank.example@evil.example/", "[link to evil[.]example]"),
        ("write to me@evil.example", "write to me@evil[.]example"),
        ("ftp://evil.example/x mailto:me@evil.example", "ftp: //evil[.]example/x mailto: me@evil[.]example"),
        ("javascript:alert(1)", "javascript: alert(1)"),
        ("The end.Next", "The end[.]Next"),
        ("3.14, e.g. this", "3.14, e.g. this"),
    ],
)
def test_nothing_in_a_readers_words_is_a_link(typed: str, mailed: str) -> None:
    assert letters.defused(typed) == mailed


def test_a_quotation_is_short_and_every_line_of_it_is_one() -> None:
    quoted = letters.quoted("\n".join(f"line {number}" for number in range(400)))
    assert len(quoted.split("\n")) == letters.MOST_QUOTED_LINES + 1
    assert all(line.startswith("> ") for line in quoted.split("\n"))
    assert quoted.endswith("> […]")
    assert len(letters.quoted("x" * 10_000)) < letters.MOST_QUOTED + 20


def test_the_site_mails_plain_text_only() -> None:
    sent = letters.message(Letter("a@b.example", "s", "b"), "<one@blog.example>")
    assert isinstance(sent, mail.EmailMessage)
    assert not isinstance(sent, mail.EmailMultiAlternatives)
    assert sent.message().get_content_type() == "text/plain"
