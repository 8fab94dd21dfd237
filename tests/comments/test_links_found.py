"""Which addresses are found in a text, and where they begin and end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.links import find_links, host_of


def found(text):
    return [text[link.start : link.end] for link in find_links(text)]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("see http://a.example.", ["http://a.example"]),
        ("(https://a.example/x(y)), then", ["https://a.example/x(y)"]),
        ("HTTP://A.EXAMPLE/X", ["HTTP://A.EXAMPLE/X"]),
        ("www.a.example, www.b.example!", ["www.a.example", "www.b.example"]),
        ("buy at cheap-gold.example/buy?x=1#y now", ["cheap-gold.example/buy?x=1#y"]),
        ("foo.com? bar.net: baz.org", ["foo.com", "bar.net", "baz.org"]),
        ("site:cheap.example/x", ["cheap.example/x"]),
        ("见http://a.example/好。", ["http://a.example/好"]),
        ("请看www.a.example吧", ["www.a.example吧"]),
        ("http://a.example,http://b.example", ["http://a.example", "http://b.example"]),
        ("“http://a.example/x”", ["http://a.example/x"]),
        ("<http://a.example/x>", ["http://a.example/x"]),
        ("http://http://a.example", ["http://a.example"]),
        ("a.example:8080/x", ["a.example:8080/x"]),
        ("192.0.2.1/admin", ["192.0.2.1/admin"]),
        ("http://bank.example@evil.example/x", ["http://bank.example@evil.example/x"]),
        ("http://a.example/\u202egpj", ["http://a.example/"]),
    ],
)
def test_addresses_are_found(text, addresses):
    assert found(text) == addresses


@pytest.mark.parametrize(
    "text",
    ["e.g. this", "and/or", "i.e./e.g.", "1.5/2.0", "Mr.Smith/Jones", "settings.py", "config/settings.py",
     "index.html/x", "me@mail.example", "me@mail.example/x", "it was.Then", "http://", "http://nodot/x",
     "www.", "...", "a..b/c", "http://-a-.example", "javascript:alert(1)", "http://a.example:99999/"],
)  # fmt: skip
def test_other_things_are_not(text):
    assert found(text) == []


def test_a_link_knows_its_target_and_host():
    (link,) = find_links("x WWW.Bücher.example/ä b")
    assert (link.url, link.host) == ("https://www.xn--bcher-kva.example/%C3%A4", "www.xn--bcher-kva.example")


PIECES = st.sampled_from(
    [*"http:/.@()[]-_%#?&= aé。\u200b\u202e\\'\n", "http://", "www.", ".example", "bank.com", "xn--", "\ud800"]
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join)))
@settings(deadline=None, max_examples=400)
def test_spans_are_in_order_and_agree_with_their_text(text):
    end = 0
    for link in find_links(text):
        assert end <= link.start < link.end <= len(text)
        end = link.end
        written = text[link.start : link.end]
        assert not any(c.isspace() for c in written)
        assert link.host == host_of(link.url) == host_of(written if "://" in written[:8] else f"https://{written}")
        assert link.url.isascii()
        assert "@" not in link.url.split("/")[2]


@pytest.mark.parametrize(
    "piece",
    [
        "http://",
        "www.",
        "((((",
        ".a.a.a",
        "a.b/",
        "[a.b/",
        "😀a.b/",
        "[a.bb/",
        "(A.Bb/",
        "http://)",
        "http://a@",
        "a.com,",
        "http://a.b/)",
        "é.",
        "http:",
        ":",
        "@a.",
    ],
)
def test_the_work_grows_in_proportion(piece, monkeypatch):
    """Counts the characters that the reading steps look at."""
    from comments import hosts, links

    looked = 0
    path_end, authority_end, read = links._path_end, links._authority_end, links.read

    def counted(step):
        def run(text, *place):
            nonlocal looked
            end = step(text, *place)
            looked += end - place[0]
            return end

        return run

    def counted_read(url):
        nonlocal looked
        looked += len(url)
        return read(url)

    monkeypatch.setattr(links, "_path_end", counted(path_end))
    monkeypatch.setattr(links, "_authority_end", counted(authority_end))
    monkeypatch.setattr(links, "read", counted_read)
    monkeypatch.setattr(hosts, "read", counted_read)
    find_links((piece * 10_000)[:10_000])
    assert looked < 16 * 10_000
