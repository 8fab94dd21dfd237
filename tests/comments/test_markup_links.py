"""Links in a reader's text tell where they lead."""

import re

import pytest

from comments.markup import MAX_PLAIN_LINKS, render
from comments.text import MAX_CHARS


def targets(html):
    return re.findall(r'href="([^"]*)"', html)


def test_a_plain_address_becomes_a_link():
    assert render("see www.a.example/x.") == (
        '<p>see <a href="https://www.a.example/x" rel="nofollow ugc noopener">www.a.example/x</a>.</p>\n'
    )


@pytest.mark.parametrize("source", ["`http://a.example`", "    http://a.example", "```\nhttp://a.example\n```"])
def test_an_address_in_code_stays_code(source):
    assert targets(render(source)) == []


def test_an_address_in_a_link_makes_no_second_link():
    assert targets(render("[http://a.example *and* b](http://a.example)")) == ["http://a.example"]


@pytest.mark.parametrize(
    "source",
    [
        "[bank.example](http://evil.example)",
        "[bank.**example**](http://evil.example)",
        "[see https://bank.example/login now](http://evil.example)",
        "[www.bank.example](http://www.evil.example)",
        "[bank\u2024example](http://evil.example)",
        "[bank\u200b.example](http://evil.example)",
        "![bank.example](http://evil.example)",
        "<http://bank.example@evil.example>",
        "http://bank.example@evil.example",
    ],
)
def test_words_that_name_another_host_are_followed_by_the_true_one(source):
    assert re.search(r"</a> \((?:www\.)?evil\.example\)", render(source))


def test_a_look_alike_host_is_shown_in_ascii():
    assert "</a> (xn--bnk-6cd.example)" in render("http://bаnk.example")


@pytest.mark.parametrize(
    "source",
    [
        "[bank.example](http://bank.example/x)",
        "[www.bank.example/index.html](https://bank.example)",
        "[Node.js](https://a.example)",
        "[version 1.5](https://a.example)",
        "[read this](https://a.example)",
    ],
)
def test_honest_words_are_left_alone(source):
    assert "</a></p>" in render(source)


@pytest.mark.parametrize("source", ["[](http://a.example)", "[ ](http://a.example)", "[\u200b](http://a.example)"])
def test_a_link_without_words_shows_its_host(source):
    assert "a.example</a>" in render(source)


@pytest.mark.parametrize(
    "source", ["[x](/here)", "[x](#c1)", "[x](//a.example)", "[x](mailto:a@b.example)", "[x](http://nodot)", "[x]()"]
)
def test_only_web_addresses_are_linked(source):
    assert targets(render(source)) == []


def test_credentials_do_not_reach_the_target():
    assert targets(render("[x](http://user:secret@a.example/y)")) == ["http://a.example/y"]


def test_a_text_of_addresses_is_linked_up_to_a_number():
    text = ("a.com " * MAX_CHARS)[:600]
    assert len(targets(render(text))) == MAX_PLAIN_LINKS
