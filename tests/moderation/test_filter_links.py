"""Links: how many, how dense, where to."""

import pytest

from moderation.filters.links import CHATS, SHORTENERS

from .facts import LETTER, cited, evidence, found


def text_with_links(count):
    return LETTER + " " + " ".join(f"https://site{number}.example/page" for number in range(count))


def test_one_link_in_a_letter_says_little():
    signal = found(body=text_with_links(1))["links_few"]
    assert signal.weight == 1
    assert signal.says == f"1 link in {len(LETTER.split())} words"
    assert cited(evidence(body=text_with_links(1)), signal.spans[0]) == "https://site0.example/page"


@pytest.mark.parametrize(("count", "weight"), [(3, 3), (6, 5), (60, 5)])
def test_many_links_weigh_more(count, weight):
    assert found(body=text_with_links(count))["links_many"].weight == weight


def test_the_sources_of_a_long_letter_weigh_less_than_a_heap_of_links():
    assert found(body=LETTER * 5 + text_with_links(3))["links_many"].weight == 2


def test_a_link_with_hardly_a_word_is_noted():
    assert "links_bare" in found(body="nice https://shop.example/buy")
    assert "links_bare" not in found(body=text_with_links(1))


def test_dense_links_are_noted():
    body = "First look at https://a.example/ and then read the other at https://b.example/"
    assert "links_dense" in found(body=body)
    assert "links_dense" not in found(body=text_with_links(2))


def test_a_name_with_a_dot_is_not_counted_as_a_link():
    signals = found(body=f"{LETTER} That was on ASP.NET and on docs.example then.")
    assert "links_few" not in signals
    assert signals["links_mention"].weight == 0.5


def test_one_host_again_and_again_is_noted():
    body = f"{LETTER} https://shop.example/a https://shop.example/b https://shop.example/c"
    assert found(body=body)["links_repeated"].says == "3 links to shop.example"
    assert "links_repeated" not in found(body=text_with_links(3))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://bank.example@shop.example/login", "links_credentials"),
        ("http://192.0.2.7/buy", "links_ip"),
        (f"https://{min(SHORTENERS)}/x1", "links_shortener"),
        (f"https://www.{min(SHORTENERS)}/x1", "links_shortener"),
        (f"https://{max(CHATS)}/seller", "links_chat"),
        ("https://xn--bnk-sna.example/", "links_punycode"),
        ("https://bücher.example/", "links_punycode"),
    ],
)
@pytest.mark.parametrize("place", ["body", "website"])
def test_hosts_that_hide_where_they_lead_are_noted(url, code, place):
    text = f"{LETTER} {url}" if place == "body" else url
    signal = found(**{place: text})[code]
    assert [span.field for span in signal.spans] == [place]
    assert cited(evidence(**{place: text}), signal.spans[0]) == url


def test_an_honest_host_is_none_of_these():
    codes = found(body=text_with_links(1), website="https://reader.example/")
    assert set(codes) == {"links_few", "history_new"}


def test_the_front_page_of_a_site_is_honest_and_a_deep_page_is_not_quite():
    assert "links_deep_website" not in found(website="https://reader.example/blog/")
    assert "links_deep_website" in found(website="https://reader.example/products/42")
    assert "links_deep_website" in found(website="https://reader.example/?ref=9")


def test_the_own_website_in_the_text_too_is_noted():
    signals = found(website="https://site0.example/", body=text_with_links(1))
    assert [span.field for span in signals["links_own_site"].spans] == ["website", "body"]


@pytest.mark.parametrize("typed", ["[url=http://a.example]x[/url]", "[URL]a[/URL]", "[link=a]"])
def test_forum_markup_is_noted(typed):
    assert found(body=f"{LETTER} {typed}")["markup_bbcode"].weight == 3


def test_typed_html_anchors_are_noted():
    assert "markup_anchor" in found(body=LETTER + ' <a rel="x" HREF="http://a.example">a</a>')
    assert "markup_anchor" not in found(body=LETTER + " <abbr>HTML</abbr> <a name=x>")


def test_a_name_that_is_an_address_is_noted():
    assert found(name="www.shop.example")["name_web_address"].weight == 3
    assert found(name="shop.example")["name_host"].weight == 1.5
    assert "name_host" not in found(name="Dr. Reader Jr.")
