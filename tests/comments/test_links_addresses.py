"""The host that an address leads to, and the addresses that readers may give as their website."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.links import UnusableAddress, canonical, clean_website, host_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://bank.example@evil.example", "evil.example"),
        ("http://bank.example:80@evil.example:81/x@y", "evil.example"),
        ("http://bank.example\\@evil.example", "bank.example"),
        ("http:evil.example", "evil.example"),
        ("http:/\\evil.example", "evil.example"),
        ("HTTPS://EVIL.Example.", "evil.example"),
        ("http://ev%69l.example", "evil.example"),
        ("http://ｅｖｉｌ。example", "evil.example"),
        ("http://ev\u200bil.example", "evil.example"),
        ("http://bаnk.example", "xn--bnk-6cd.example"),
        ("http://straße.example", "xn--strae-oqa.example"),
        ("http://192.0.2.1/", "192.0.2.1"),
        ("http://a.example?@b.example", "a.example"),
        ("http://a.example#@b.example", "a.example"),
    ],
)
def test_the_true_host_is_named(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    "url",
    ["", "ftp://a.example", "//a.example", "a.example", "http://", "http://nodot", "http://a..example", "http://0x7f.1",
     "http://2130706433", "http://127.1", "http://010.0.0.1", "http://[::1]", "http://a b.example", "http://a.example:x",
     "http://a%00.example", "http://a%2fb.example", "http://" + "a" * 64 + ".example",
     "http://" + "a." * 200 + "example", "http://a．/b", "http://℀.example", "java\nscript:x", "http://a.example:99999"],
)  # fmt: skip
def test_what_is_no_web_address_has_no_host(url):
    assert host_of(url) is None


def test_the_canonical_form_is_a_valid_address():
    assert canonical("http://u:p@A.example:080/ä b%zz".replace(" ", "")) == "http://a.example:80/%C3%A4b%25zz"
    assert canonical('http://a.example/[x]?{y}#z#"') == "http://a.example/%5Bx%5D?%7By%7D#z%23%22"


@pytest.mark.parametrize(
    ("raw", "website"),
    [
        (" a.example ", "https://a.example"),
        ("http://a.example/x", "http://a.example/x"),
        ("a.example:8080/x", "https://a.example:8080/x"),
        ("//a.example", "https://a.example"),
        ("a.example/me@home", "https://a.example/me@home"),
        ("Bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_a_website_is_made_whole(raw, website):
    assert clean_website(raw) == website
    assert clean_website(website) == website


@pytest.mark.parametrize(
    "raw",
    ["", "  ", "javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "ftp://a.example", "localhost",
     "http://user@a.example", "https:user:pw@a.example", "http://a.example\\x", "http://a.example/ x", "http://a.example/\x00",
     "http://a.example/\n", "a.example\u202e", "a.example/\ud800", "http://a.example/" + "x" * 200,
     "a.example/" + "ä" * 150],
)  # fmt: skip
def test_other_websites_are_refused(raw):
    if raw.endswith("\n"):
        # A line end after the address is a slip of the hand.
        assert clean_website(raw) == raw.strip()
        return
    with pytest.raises(UnusableAddress):
        clean_website(raw)


@given(st.text(max_size=250))
def test_any_website_is_clean_or_refused_by_name(raw):
    try:
        website = clean_website(raw)
    except UnusableAddress:
        return
    assert website.startswith(("http://", "https://"))
    assert website.isascii()
    assert len(website) <= 200
