"""The Markdown that readers have, and what becomes of the Markdown that they do not have."""

import pytest

from comments.markup import render

REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>\n"),
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>\n"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("- a", "<ul>\n<li>a</li>\n</ul>\n"),
        ("```py\nx < 1\n```", '<pre tabindex="0"><code>x &lt; 1\n</code></pre>\n'),
        ("[a](http://a.example/x)", f'<p><a href="http://a.example/x" {REL}>a</a></p>\n'),
    ],
)
def test_the_subset_is_rendered(source, html):
    assert render(source) == html


def test_a_heading_becomes_a_strong_paragraph():
    assert render("# Loud #") == "<p><strong>Loud</strong></p>\n"


def test_a_line_of_dashes_under_words_stays_text():
    assert render("words\n---") == "<p>words</p>\n<p>---</p>\n"


def test_a_picture_becomes_a_link_with_its_words():
    assert render("![cat](http://a.example/c.png)") == f'<p><a href="http://a.example/c.png" {REL}>cat</a></p>\n'


def test_a_table_stays_text():
    assert "<table" not in render("|a|b|\n|-|-|\n|1|2|")


def test_html_and_entities_are_shown_as_typed():
    assert render("<b>x</b> &nbsp; &#769;") == "<p>&lt;b&gt;x&lt;/b&gt; &amp;nbsp; &amp;#769;</p>\n"


def test_template_code_is_shown_as_typed():
    assert render("{{ 7|add:35 }} {% debug %}") == "<p>{{ 7|add:35 }} {% debug %}</p>\n"


def test_a_definition_does_not_hide_its_address():
    assert "http://a.example" in render("[x]: http://a.example")


@pytest.mark.parametrize("marker", ["> ", "- ", "1. ", "> - "])
def test_deep_nesting_loses_no_words(marker):
    html = render(marker * 60 + "kept")
    assert "kept" in html
    assert html.count("<blockquote>") <= 12


def test_more_markup_than_a_page_bears_is_shown_plain():
    html = render("*a* " * 1000)
    assert "<em>" not in html
    assert "*a*" in html


def test_hundreds_of_brackets_are_shown_plain():
    html = render("[a](http://a.example/x) " * 130)
    assert ">a</a>" not in html
    assert html.count("[a](") == 130
