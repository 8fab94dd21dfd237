"""The blocklist: words, phrases, domains, addresses and patterns that moderators want held or filed as spam.

The cost is linear in the text plus the number of rules. Each rule of words costs one look-up in the set of the
comment's own words; only the few rules whose words all occur go into a tree of words that is walked along the
text. Each pattern is one pass over the text. What a rule finds does not depend on the other rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from comments.links import host_of
from comments.normalise import fold

from .evidence import Evidence, RuleFact, Signal, Span
from .patterns import Searched, spans
from .reading import Reading, TextReading
from .words import Word, with_runs_joined, words_of

HOLD = "rule_hold"
SPAM = "rule_spam"

# An order is no evidence: it weighs nothing, and decides by its code.
_FINDINGS = {"hold": HOLD, "spam": SPAM}
_MOST_CITED = 10
# Room for every rule of a large blocklist, so that a rule is folded once a process and not once a comment.
_REMEMBERED = 32_768

_RULES = object()  # the key in the tree under which the rules that end here are kept


def find(evidence: Evidence, reading: Reading) -> list[Signal]:
    """One signal for each rule that hits, in the order of the rules."""
    hits: dict[int, list[Span]] = {}
    _find_words(evidence.rules, (reading.body, reading.name, reading.website), hits)
    _find_hosts(evidence, reading, hits)
    _find_patterns(evidence.rules, (reading.body, reading.name, reading.website), hits)
    email = evidence.email.strip().casefold()
    signals = []
    for at, rule in enumerate(evidence.rules):
        if rule.kind == "address" and email and rule.text.strip().casefold() == email:
            hits[at] = []
        if at in hits:
            code = _FINDINGS[rule.effect]
            says = f"blocklist {rule.kind} “{rule.text}” (rule {rule.id})"
            signals.append(Signal(code, 0.0, says, tuple(dict.fromkeys(hits[at]))[:_MOST_CITED], rule.id))
    return signals


def _find_words(rules: tuple[RuleFact, ...], texts: tuple[TextReading, ...], hits: dict[int, list[Span]]) -> None:
    streams = [(text, stream) for text in texts if text.text for stream in _streams(text)]
    present = {word.text for _, stream in streams for word in stream}
    tree: dict[Any, Any] = {}
    for at, rule in enumerate(rules):
        if rule.kind not in ("word", "phrase"):
            continue
        wanted = _words_of_rule(rule.text)
        if not wanted:
            _find_symbols(at, rule, texts, hits)
        elif wanted[0] in present and all(word in present for word in wanted):
            node = tree
            for word in wanted:
                node = node.setdefault(word, {})
            node.setdefault(_RULES, []).append(at)
    if tree:
        for text, stream in streams:
            for node, start, end in _walk(tree, stream):
                for at in node[_RULES]:
                    hits.setdefault(at, []).append(text.cite(start, end))
                if len(hits[node[_RULES][0]]) >= _MOST_CITED:
                    # All rules that end here have the same words, hence the same hits: enough now.
                    del node[_RULES]


def _streams(text: TextReading) -> list[list[Word]]:
    """The words as they stand and, where letters are spaced out, once more with those joined."""
    if not text.spelled_out:
        return [text.words]
    return [text.words, with_runs_joined(text.words, text.spelled_out)]


def _walk(tree: dict[Any, Any], stream: list[Word]) -> Iterator[tuple[dict[Any, Any], int, int]]:
    for first, word in enumerate(stream):
        node = tree.get(word.text)
        last = first
        while node is not None:
            if _RULES in node:
                yield node, word.start, stream[last].end
            last += 1
            if last == len(stream):
                break
            node = node.get(stream[last].text)


def _find_symbols(at: int, rule: RuleFact, texts: tuple[TextReading, ...], hits: dict[int, list[Span]]) -> None:
    """A rule without any letter, as "$$$" or an emoji, has no words: it is looked for as it stands."""
    symbols = fold(rule.text).text.strip()
    if not symbols:
        return
    for text in texts:
        start = text.folded.text.find(symbols)
        if start >= 0:
            hits.setdefault(at, []).append(text.cite(start, start + len(symbols)))


def _find_hosts(evidence: Evidence, reading: Reading, hits: dict[int, list[Span]]) -> None:
    """Domain rules hit the host itself and everything under it, in links, website and e-mail address."""
    if not any(rule.kind == "domain" for rule in evidence.rules):
        return
    cited: dict[str, list[Span]] = {}
    for link in reading.links:
        for domain in _with_parents(link.host):
            cited.setdefault(domain, []).append(Span("body", link.start, link.end))
    for domain in _with_parents(reading.website_host):
        cited.setdefault(domain, []).extend(reading.website.whole())
    for domain in _with_parents(evidence.email.rpartition("@")[2] if "@" in evidence.email else ""):
        cited.setdefault(domain, [])
    if not cited:
        return
    for at, rule in enumerate(evidence.rules):
        if rule.kind == "domain":
            found = cited.get(_domain_of_rule(rule.text))
            if found is not None:
                hits[at] = found


def _find_patterns(rules: tuple[RuleFact, ...], texts: tuple[TextReading, ...], hits: dict[int, list[Span]]) -> None:
    patterns = [(at, rule) for at, rule in enumerate(rules) if rule.kind == "pattern"]
    searched = [Searched(text) for text in texts if text.text] if patterns else []
    for at, rule in patterns:
        for text, start, end in spans(rule.text, searched, _MOST_CITED):
            hits.setdefault(at, []).append(text.cite(start, end))


def _with_parents(host: str) -> Iterator[str]:
    host = _canonical(host[:253])
    while host:
        yield host
        host = host.partition(".")[2]


@lru_cache(maxsize=_REMEMBERED)
def _words_of_rule(text: str) -> tuple[str, ...]:
    return tuple(word.text for word in words_of(fold(text).text))


@lru_cache(maxsize=_REMEMBERED)
def _domain_of_rule(text: str) -> str:
    """What a moderator typed ("*.Bad.example", "https://bad.example/x") as a bare host."""
    text = text.strip().rpartition("@")[2]
    if "://" in text:
        return _canonical(host_of(text) or "")
    return _canonical(text.partition("/")[0].removeprefix("*").lstrip("."))


def _canonical(host: str) -> str:
    """A host in lower-case ASCII, so that a typed "bücher.example" and its xn-- form are one."""
    host = host.strip().rstrip(".").lower()
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
