"""Pictures, links, tables and code in a post."""

import pytest

from blog.markup import MAX_HIGHLIGHTED_CHARS, render


def test_own_pictures_are_shown():
    html = render('![A cat](/media/cat.png "Mine")')
    assert html == '<p><img src="/media/cat.png" alt="A cat" title="Mine" loading="lazy"></p>\n'


@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example/a.png",
        "https://evil.example/a.png",
        "/elsewhere/a.png",
        "a.png",
        "/media/../admin/",
        "/media/%2e%2e/x",
    ],
)
def test_other_pictures_become_links(address):
    html = render(f"![A cat]({address})")
    assert "<img" not in html
    assert html.endswith(">A cat</a></p>\n")


def test_a_strange_picture_in_a_link_leaves_its_words():
    assert render("[![cat](http://evil.example/a.png)](/x)") == '<p><a href="/x">cat</a></p>\n'


@pytest.mark.parametrize("address", ["/x", "#s-a", "x/y", "?q=1", "https://a.example/x", "mailto:a@b.example"])
def test_links_of_an_author_work(address):
    assert f'href="{address}"' in render(f"[a]({address})")


@pytest.mark.parametrize("address", ["//evil.example", "javascript:x", "ftp://a.example", "http://", "data:x", "x:y"])
def test_other_links_are_shown_as_typed(address):
    assert "href" not in render(f"[a]({address})")


def test_a_link_without_words_shows_its_address():
    assert render("[](https://a.example)") == '<p><a href="https://a.example">https://a.example</a></p>\n'


def test_a_table_can_be_reached_and_scrolled():
    html = render("|a|b|\n|:-|-:|\n|1|2|\n\nx\n\n|c|\n|-|")
    assert '<div class="table" role="region" tabindex="0" aria-label="Table"><table>' in html
    assert 'aria-label="Table 2"' in html
    assert '<th class="align-right" scope="col">b</th>' in html
    assert "style" not in html


def test_code_is_highlighted_by_short_classes():
    html = render("```python\ndef x(): pass\n```")
    assert html.startswith('<pre class="code" tabindex="0"><code class="language-python"><span class="k">def</span>')


@pytest.mark.parametrize("fence", ["```nonsense\nx < 1\n```", "```\nx < 1\n```", "    x < 1\n"])
def test_code_in_no_known_language_is_plain(fence):
    assert "x &lt; 1\n</code></pre>" in render(fence)


def test_long_code_is_plain():
    assert "<span" not in render("```python\n" + "x = 1\n" * (MAX_HIGHLIGHTED_CHARS // 6 + 1) + "```")


def test_highlighting_of_a_whole_post_is_bounded():
    block = "```python\n" + "#" * 19_000 + "\n```\n\n"
    assert render(block * 8).count("<span") == 5


def test_deep_nesting_loses_no_words():
    assert "kept" in render("> " * 50 + "kept")
