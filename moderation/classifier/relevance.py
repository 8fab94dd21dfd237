"""Whether a comment speaks of its post: the words that both have, weighed by how rare they are.

The cosine of tf-idf vectors (G. Salton, C. Buckley, "Term-weighting approaches in automatic text retrieval", 1988),
over the first letters of words, which stand for their stems.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import fsum, log, sqrt

from moderation.filters.context import Relevance
from moderation.filters.reading import TextReading

from .scripts import main_script

_STEM = 6
#: Characters of a post that are read; who reads further has left the comments' box behind.
MOST_POST = 20_000
#: Different words of a text from which it says what a post is about.
LEAST_TEXT = 40
#: Comments of the talk whose names are known, how many of them are read, and how many characters of each.
MOST_TALK, _MOST_READ, _MOST_SAID = 30, 10, 600
_MOST_TERMS = 400
_TERM = re.compile(r"[^\W_]+")
_NAME = re.compile(r"[^\W_a-z][^\W_]{2,}")
_RARE = 3.0
_TITLE = 2.5
#: Terms that say what a text is about: at most one text in ninety has one, or one in fifty for a title's.
_TOPICAL, _HEADING = 4.5, 4.0
_QUOTE = 5.0

Rarity = Callable[[str], float]


def terms(text: str) -> list[str]:
    """The words of a text by their first letters, in order."""
    return [word[:_STEM] for word in _TERM.findall(text.lower())]


def names(text: str) -> frozenset[str]:
    """Words that may be names: of three letters or more, the first of them no small one."""
    return frozenset(_NAME.findall(text))


class Profile:
    """A post as its comments are measured against it.

    Args:
        title, text: plain text; a text of hardly any words means that only the title is known.
        rarity: how rare a term is, as the natural logarithm of the part of texts that have it, negated.
    """

    def __init__(self, title: str, text: str, rarity: Rarity) -> None:
        text = text[:MOST_POST]
        self.script = main_script(title + text[:2000])
        in_title, in_text = terms(title), terms(text)
        self.whole = len(set(in_text)) >= LEAST_TEXT
        counts = Counter(in_text)
        for term in set(in_title):
            counts[term] += 2
        self.weights = {term: (1 + log(times)) * rarity(term) for term, times in counts.items()}
        self.length = sqrt(fsum(weight * weight for weight in self.weights.values())) or 1.0
        self.title = frozenset(term for term in in_title if rarity(term) > _TITLE)
        self.pairs = frozenset(pairwise(in_title)) | frozenset(pairwise(in_text))
        self._rarity = rarity

    def measure(self, body: TextReading, talk: Sequence[tuple[str, str]] = ()) -> Relevance | None:
        """How a comment relates to the post; None where the post has no words.

        Args:
            body: the comment's text.
            talk: name and text of public comments below the post, at most MOST_TALK of them, the latest first.
        """
        if not self.weights:
            return None
        found = terms(body.folded.text)[:_MOST_TERMS]
        counts = Counter(found)
        rarity = {term: self._rarity(term) for term in counts}
        weights = {term: (1 + log(times)) * rarity[term] for term, times in counts.items()}
        shared = [term for term in weights if term in self.weights]
        length = sqrt(fsum(weight * weight for weight in weights.values())) or 1.0
        rare = [term for term in weights if rarity[term] > _RARE]
        topical = [term for term in weights if rarity[term] > _TOPICAL and term.isalpha()]
        pairs = [
            pair for pair in self.pairs.intersection(pairwise(found)) if rarity[pair[0]] + rarity[pair[1]] > _QUOTE
        ]
        said = {term for _, text in talk[:_MOST_READ] for term in terms(text[:_MOST_SAID])}
        return Relevance(
            whole=self.whole,
            cosine=round(fsum(weights[term] * self.weights[term] for term in shared) / (length * self.length), 4),
            rare=len(rare),
            shared=sum(1 for term in rare if term in self.weights),
            weight=round(fsum(weights[term] for term in shared) / (fsum(weights.values()) or 1.0), 4),
            cover=round(len(shared) / max(len(weights), 1), 4),
            title=len(self.title & weights.keys()),
            titled=len(self.title),
            quotes=len(pairs),
            topical=len(topical),
            touched=sum(1 for term in topical if term in self.weights),
            headed=sum(1 for term in self.title & weights.keys() if rarity[term] > _HEADING),
            thread=sum(1 for term in rare if term in said) if said else None,
            copied=self._copied(found),
            names=len(names(body.text) & names(" ".join(name for name, _ in talk))) if talk else None,
        )

    def _copied(self, found: Sequence[str]) -> int:
        """The longest stretch of a text in which each two words follow one another in the post too."""
        longest = row = 0
        for pair in pairwise(found):
            row = row + 1 if pair in self.pairs else 0
            longest = max(longest, row)
        return longest + 1 if longest else 0
