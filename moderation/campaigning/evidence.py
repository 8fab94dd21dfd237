"""Whether two comments belong together: the evidence that two texts, marks, networks and senders give.

A strong tie joins two comments by itself. A weak one is what two honest comments may have by chance too, so it takes
several of them to one card (joining.py). The figures behind each number stand in moderation/README.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from moderation.filters.duplicates import ALIKE
from moderation.filters.words import COMPARABLE_WORDS
from moderation.fingerprint import likeness

from .traces import Traces

#: A campaign is a wave: what comes later than this after the latest one is looked at anew.
WINDOW = timedelta(days=30)
#: Texts of fewer words are alike by chance: "Good article, thanks for sharing such a good stuff".
TELLING_WORDS = 12
SAME_PLACE = timedelta(hours=1)
_PHRASES, _PHRASES_PART = 4, 0.1
_FEW_PHRASES, _FEW_PHRASES_PART = 3, 0.06
# Two honest comments with links share next to no pairs; without links they say "thanks for the great post".
_PAIRS, _PAIRS_PART = 4, 0.08
_FEW_PAIRS, _FEW_PAIRS_PART = 3, 0.06
_MANY_PAIRS, _MANY_PAIRS_PART = 5, 0.15
_WITH_CONTACT, _WITH_CONTACT_PART = 2, 0.04
_RATHER_ALIKE, _SOMEWHAT_ALIKE = 0.4, 0.3


class Tie(IntEnum):
    """How strongly two comments are tied."""

    NONE = 0
    WEAK = 1
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """One comment as campaigns see it. `sender` and `network` are empty where unknown; `card` is None for a loose one.

    `id` orders comments; the newest has the largest.
    """

    id: int
    traces: Traces
    at: datetime
    sender: int | str | None = None
    network: str = ""
    card: int | None = None


def tie(one: Facts, other: Facts, ordinary: frozenset[str] = frozenset()) -> Tie:
    """How strongly two comments are tied. `ordinary` are marks that published comments carry: they prove nothing."""
    apart = abs(one.at - other.at)
    if apart > WINDOW:
        return Tie.NONE
    a, b = one.traces, other.traces
    alike = likeness(a.signature, b.signature) if a.signature and b.signature else 0.0
    shared, part = _common(a.phrases, b.phrases)
    pairs, part_of_pairs = _common(a.pairs, b.pairs)
    hosts = (a.hosts & b.hosts) - ordinary
    marks = hosts | ((a.contacts & b.contacts) - ordinary)
    said = shared >= _WITH_CONTACT and part >= _WITH_CONTACT_PART
    if hosts and (shared or alike >= _SOMEWHAT_ALIKE):
        return Tie.STRONG
    if marks and (said or a.digest == b.digest):
        return Tie.STRONG
    near = one.sender is not None and one.sender == other.sender
    near |= bool(one.network) and one.network == other.network and apart <= SAME_PLACE
    words = min(a.words, b.words)
    if near and words >= COMPARABLE_WORDS and (alike >= _SOMEWHAT_ALIKE or said):
        return Tie.STRONG
    if a.linked and b.linked and pairs >= _PAIRS and part_of_pairs >= _PAIRS_PART:
        return Tie.STRONG
    found = _by_wording(words, alike, shared, part)
    if found is Tie.STRONG and a.linked != b.linked:
        # Who copies an honest comment to hang a link on it: the one without the link may be the honest one.
        return Tie.WEAK
    if found is Tie.NONE and (hosts or _by_pairs(a, b, pairs, part_of_pairs)):
        return Tie.WEAK
    return found


def _by_pairs(a: Traces, b: Traces, pairs: int, part: float) -> bool:
    if a.linked and b.linked:
        return pairs >= _FEW_PAIRS and part >= _FEW_PAIRS_PART
    return min(a.words, b.words) >= TELLING_WORDS and pairs >= _MANY_PAIRS and part >= _MANY_PAIRS_PART


def _common(one: frozenset[str], other: frozenset[str]) -> tuple[int, float]:
    """How many numbers two texts share, and which part of all theirs that is."""
    shared = len(one & other)
    return shared, shared / max(1, len(one) + len(other) - shared)


def _by_wording(words: int, alike: float, shared: int, part: float) -> Tie:
    if words < COMPARABLE_WORDS or not shared:
        # Alike without a phrase of their own in common: both quote the same.
        return Tie.NONE
    if words < TELLING_WORDS:
        return Tie.WEAK if alike >= ALIKE else Tie.NONE
    if alike >= ALIKE or (shared >= _PHRASES and part >= _PHRASES_PART):
        return Tie.STRONG
    if alike >= _RATHER_ALIKE or (shared >= _FEW_PHRASES and part >= _FEW_PHRASES_PART):
        return Tie.WEAK
    return Tie.NONE
