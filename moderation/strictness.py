"""How strict the filter is, in words: the one table of its lines, the same for every blog."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .classifier.trial import Lines

#: By name the probabilities of spam from which a comment is held, and from which it is filed as spam.
STRICTNESS: Mapping[str, Lines] = MappingProxyType(
    {
        "strict": Lines(hold=0.06, spam=0.98),
        "normal": Lines(hold=0.15, spam=0.95),
        "relaxed": Lines(hold=0.30, spam=0.95),
    }
)
DEFAULT = "normal"
