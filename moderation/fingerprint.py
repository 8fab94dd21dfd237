"""Fingerprints of a text: one that says "the very same words" and one that says "nearly the same text".

`simhash` is Charikar's similarity hash (M. Charikar, "Similarity estimation techniques from rounding
algorithms", 2002) over the word pairs and runs of four characters of the folded text. It is stable
between processes, machines and Python versions, since it may be stored: each feature is hashed by BLAKE2b,
never by `hash()`.
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from itertools import pairwise

from comments.normalise import fold

from .filters.words import ENOUGH_WORDS, words_of

BITS = 64
_GRAM = 4


def simhash(text: str) -> int:
    """A number of 64 bits (0 to 2**64 - 1) that differs in few bits for texts that differ in little.

    Unreliable for texts of fewer than five words: a single changed word then flips a third of the bits, and
    unrelated short texts can come near each other. Ask `enough(text)` first. A text without words gives 0.
    """
    words = [word.text for word in words_of(fold(text).text)]
    line = " ".join(words)
    # Counted with their repetitions: over eight blogs that found three times the spam of distinct features.
    features = Counter(line[at : at + _GRAM] for at in range(max(1, len(line) - _GRAM + 1)))
    # A word pair always has a letter on both sides of "\n", which no run of characters has.
    features.update(f"{first}\n{second}" for first, second in pairwise(words))
    del features[""]
    return _majority_of_bits(b"".join(_hash(feature) * times for feature, times in features.items()), features.total())


def _hash(feature: str) -> bytes:
    return blake2b(feature.encode("utf-8", "surrogatepass"), digest_size=BITS // 8).digest()


def _majority_of_bits(hashes: bytes, count: int) -> int:
    """For each of the 64 bits, whether more than half of the `count` hashes of 8 bytes have it set.

    Counts by columns: all hashes' n-th bytes as one long integer, masked to one bit a byte, counted at once.
    Linear, and without a Python step for each hash.
    """
    ones = int.from_bytes(b"\x01" * count, "big")
    result = 0
    for byte in range(8):
        column = int.from_bytes(hashes[byte::8], "big")
        for bit in range(8):
            if ((column >> bit) & ones).bit_count() * 2 > count:
                result |= 1 << (8 * (7 - byte) + bit)
    return result


def bands(value: int) -> tuple[int, int, int, int]:
    """A fingerprint as four numbers of 16 bits for look-up by index, the highest first.

    Two fingerprints that differ in at most 3 bits share at least one band for certain; at 6 bits most still
    do.
    """
    return (value >> 48 & 0xFFFF, value >> 32 & 0xFFFF, value >> 16 & 0xFFFF, value & 0xFFFF)


def distance(a: int, b: int) -> int:
    """In how many of 64 bits two fingerprints differ."""
    return (a ^ b).bit_count()


def digest(text: str) -> str:
    """The exact fingerprint, 32 hexadecimal digits: equal when the words are equal after folding.

    Spacing, punctuation, letter case and disguised letters make no difference. A text without any word is
    told by its signs instead.
    """
    folded = fold(text).text
    words = " ".join(word.text for word in words_of(folded)) or "".join(folded.split())
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def enough(text: str) -> bool:
    """Whether the text has the five words from which on `simhash` can be relied on."""
    return len(words_of(fold(text).text)) >= ENOUGH_WORDS
