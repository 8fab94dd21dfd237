"""Telling campaigns: which comments are variants of one text, or push the same link. Pure: no Django, no clock.

`traces.py` reads a comment, `evidence.py` weighs two of them against each other, `joining.py` decides which card a new
one joins.
"""

from .evidence import WINDOW, Facts, Tie, tie
from .joining import Placement, place
from .traces import Traces, key_of, number, packed, traces_of, unpacked

__all__ = [
    "WINDOW",
    "Facts",
    "Placement",
    "Tie",
    "Traces",
    "key_of",
    "number",
    "packed",
    "place",
    "tie",
    "traces_of",
    "unpacked",
]
