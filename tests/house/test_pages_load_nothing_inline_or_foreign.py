"""Templates and static files hold to the strict CSP: nothing inline, and no other host."""

import re

import pytest

from tests.house.sources import name_of, static_files, templates

INLINE = re.compile(
    r"<style\b|\sstyle\s*=|<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)[^>]*>|\son[a-z]+\s*=\s*[\"'{]"
    r"|javascript:|<(?:base|embed|object|applet|iframe)\b",
    re.IGNORECASE,
)
FOREIGN = re.compile(
    r"https?:(?://|\\/\\/)([a-z0-9.-]+)|(?:src|href|action|url\()\s*=?\s*[\"'(]?//([a-z0-9.-]+)",
    re.IGNORECASE,
)
# Names of vocabularies: nothing loads them. Hosts ending in .example cannot exist.
VOCABULARIES = {"schema.org", "www.w3.org", "www.sitemaps.org", "purl.org"}
COMMENTS = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
BUILDERS = re.compile(
    r"\beval\(|\bFunction\(|\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|document\.write"
    r"|createContextualFragment|setHTMLUnsafe"
)


def inline_parts(template: str) -> list[str]:
    """Return the parts of a template that the CSP would block."""
    return [found.group().strip() for found in INLINE.finditer(COMMENTS.sub("", template))]


def foreign_hosts(text: str) -> list[str]:
    """Return the hosts that a text names and that are neither a vocabulary's nor ending in .example."""
    hosts = [one or other for one, other in FOREIGN.findall(text)]
    return [host for host in hosts if host not in VOCABULARIES and not host.endswith(".example")]


def test_no_template_has_inline_style_script_or_handler() -> None:
    pages = [(path, path.read_text()) for path in templates()]
    assert [f"{name_of(path)}: {part}" for path, text in pages for part in inline_parts(text)] == []


def test_no_template_or_static_file_names_another_host() -> None:
    sources = [(path, path.read_text()) for path in (*templates(), *static_files())]
    assert [f"{name_of(path)}: {host}" for path, text in sources for host in foreign_hosts(text)] == []


def test_no_script_builds_code_or_markup_from_text() -> None:
    scripts = [(path, path.read_text()) for path in static_files() if path.suffix == ".js"]
    assert [f"{name_of(path)}: {way}" for path, text in scripts for way in BUILDERS.findall(text)] == []


@pytest.mark.parametrize(
    "template",
    [
        "<style>p{}</style>",
        '<p style="color: red">',
        "<script>go()</script>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        "<iframe src=/x></iframe>",
    ],
)
def test_the_rule_sees_what_is_inline(template: str) -> None:
    assert inline_parts(template)


def test_the_rule_lets_files_and_data_through() -> None:
    assert not inline_parts('<script src="{% static "a.js" %}" defer></script>')
    assert not inline_parts('<script type="application/ld+json">{}</script>')


@pytest.mark.parametrize(
    "text", ["https://fonts.elsewhere.org/x", '<img src="//cdn.elsewhere.org/x">', "@import url(//a.org/x)"]
)
def test_the_rule_sees_another_host(text: str) -> None:
    assert foreign_hosts(text)
    assert not foreign_hosts("https://blog.example/ https://schema.org http://www.w3.org/2005/Atom")


def test_the_rule_sees_markup_built_from_text() -> None:
    assert BUILDERS.findall("place.innerHTML = text; new Function('x')") == [".innerHTML", "Function("]
