"""Fingerprints of a text: one that says "the very same words" and one that says "nearly the same text".

The second is a minhash of one permutation (P. Li, A. Owen, C.-H. Zhang, "One permutation hashing", 2012), whose
empty bins are filled by optimal densification (A. Shrivastava, "Optimal densification for fast and accurate
minwise hashing", 2017), over the set of the text's runs of four characters. Two texts share as many of its 64 bins
as they share of their runs, so the share of equal bins is their likeness: the Jaccard similarity, 0 to 1. A few
bins together make a band, a number that an index finds the texts by which are worth comparing.

All is stable between processes, machines and Python versions, since it is stored: each run is hashed by BLAKE2b,
never by `hash()`.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from operator import eq
from typing import NamedTuple

from .filters.reading import TextReading
from .filters.words import COMPARABLE_WORDS, Word, with_runs_joined

BINS = 64
BANDS = 8
# At a likeness of .5 two of three pairs share a band, at .6 six of seven, and of unrelated texts one in a thousand.
_ROWS = 3
_GRAM = 4
#: Characters that near-duplicates are told by. Two texts that differ in so many are none, whatever follows.
_MOST_READ = 3000
_BIN_SHIFT = 2  # the highest six bits of a hash choose its bin
_BY_CHANCE = 1 / 256  # how often the single bytes that are kept of two different bins are equal

# Where an empty bin borrows from: the first full one in an order of its own. An order that all bins share, as in
# densification by rotation, lends the same bin out many times and makes the estimate coarse.
_LENDERS = [sorted(range(BINS), key=lambda lender: blake2b(bytes([empty, lender])).digest()) for empty in range(BINS)]


class Minhash(NamedTuple):
    """What near-duplicates of one text are found and told by.

    Attributes:
        bands: eight numbers of 0 to 2**31 - 1 for look-up by index; texts worth comparing share at least one.
        signature: 64 bytes in 128 hexadecimal digits, for `likeness`.
    """

    bands: tuple[int, ...]
    signature: str


class Print(NamedTuple):
    """Both fingerprints of one text."""

    digest: str
    minhash: Minhash | None

    @property
    def signature(self) -> str:
        """The minhash's signature, or "" for a text too short to be compared."""
        return self.minhash.signature if self.minhash else ""


def print_of(text: TextReading) -> Print:
    """Both fingerprints of a text that was read already."""
    words = with_runs_joined(text.words, text.spelled_out)
    return Print(_digest(text.folded.text, text.words), _minhash(words))


def minhash(text: str) -> Minhash | None:
    """The minhash of a text, or None when it has too few words (COMPARABLE_WORDS) to be compared.

    Letter case, punctuation, disguised letters and words s p a c e d out make no difference. Linear in the
    length of the text.
    """
    return print_of(TextReading("body", text)).minhash


def _minhash(words: list[Word]) -> Minhash | None:
    if len(words) < COMPARABLE_WORDS:
        return None
    bins = _minima(" ".join(word.text for word in words)[:_MOST_READ])
    return Minhash(
        bands=tuple(_band(bins[at : at + _ROWS]) for at in range(0, BANDS * _ROWS, _ROWS)),
        signature=bytes(least[-1] for least in bins).hex(),
    )


def _minima(line: str) -> list[bytes]:
    """For each bin the least of the hashes that fall into it; an empty bin has what another one lends it."""
    data = line.encode("utf-32-le", "surrogatepass")  # four bytes a character: a run is cut without encoding it
    grams = {data[at : at + _GRAM * 4] for at in range(0, len(data) - _GRAM * 4 + 1, 4)}
    hashes = sorted(map(_hash, grams), reverse=True)
    full = {each[0] >> _BIN_SHIFT: each for each in hashes}  # the last one written, the least, stays
    return [full[at] if at in full else full[next(filter(full.__contains__, _LENDERS[at]))] for at in range(BINS)]


@lru_cache(maxsize=16_384)  # most of a text's runs stand in most texts of the language
def _hash(gram: bytes) -> bytes:
    return blake2b(gram, digest_size=8).digest()


def _band(rows: list[bytes]) -> int:
    return int.from_bytes(blake2b(b"".join(rows), digest_size=4).digest(), "big") >> 1  # fits a signed column


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, by their signatures: 0.0 (nothing) to 1.0 (all).

    An estimate of the Jaccard similarity of their runs of characters; its standard error is about .06.
    """
    same = sum(map(eq, bytes.fromhex(one), bytes.fromhex(other))) / BINS
    return max(0.0, (same - _BY_CHANCE) / (1 - _BY_CHANCE))


def digest(text: str) -> str:
    """The exact fingerprint, 32 hexadecimal digits: equal when the words are equal after folding.

    Spacing, punctuation, letter case and disguised letters make no difference. A text without any word is
    told by its signs instead.
    """
    return print_of(TextReading("body", text)).digest


def _digest(folded: str, apart: list[Word]) -> str:
    words = " ".join(word.text for word in apart) or "".join(folded.split())
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
