"""Tricks with letters that spam is dressed up with: random letters of random words, the same for the same seed.

Written from what Unicode and keyboards offer, not from what the product undoes.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from random import Random

# How many of a text's words are dressed up, and how many letters of such a word.
WORDS, LETTERS = 0.5, 0.5
_WORD = re.compile(r"[A-Za-z]{3,}")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@|\w\.\w|/)\S*")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_GAPS = (" ", ".", "-", "*", "_", "·")
_LEET = {"a": "4@", "e": "3", "i": "1", "l": "1", "o": "0", "s": "5$", "t": "7"}
_MARKS = [chr(code) for code in range(0x0300, 0x0370) if unicodedata.category(chr(code)) == "Mn" and code != 0x034F]
_OTHER_SCRIPTS = {
    "a": "аα", "c": "сϲ", "d": "ԁ", "e": "е", "h": "һ", "i": "іι", "j": "ј", "k": "κ", "l": "ӏ", "n": "ո", "o": "оο",
    "p": "рρ", "q": "ԛ", "s": "ѕ", "u": "υս", "v": "ν", "w": "ԝ", "x": "х", "y": "у", "A": "АΑ", "B": "ВΒ", "C": "С",
    "E": "ЕΕ", "H": "НΗ", "I": "ІΙ", "J": "Ј", "K": "КΚ", "M": "МΜ", "N": "Ν", "O": "ОΟ", "P": "РΡ", "S": "Ѕ",
    "T": "ТΤ", "X": "ХΧ", "Y": "УΥ", "Z": "Ζ",
}  # fmt: skip


def _symbols() -> dict[str, str]:
    """For each letter the signs of mathematics, in circles and of full width that mean it."""
    found: dict[str, str] = defaultdict(str)
    for code in (*range(0x1D400, 0x1D6A4), *range(0x24B6, 0x24EA), *range(0xFF21, 0xFF5B)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain.isascii() and plain.isalpha():
            found[plain] += chr(code)
    return found


_SYMBOLS = _symbols()


def homoglyphs(word: str, random: Random) -> str:
    """Letters that look alike, all of other scripts or all of one kind of sign."""
    twins = random.choice((_OTHER_SCRIPTS, _SYMBOLS))
    return _some(word, random, lambda letter: random.choice(twins.get(letter, letter)))


def zero_width(word: str, random: Random) -> str:
    """Invisible characters between the letters."""
    return _some(word[:-1], random, lambda letter: letter + random.choice(_INVISIBLE)) + word[-1]


def spaced_out(word: str, random: Random) -> str:
    """The word pulled apart into its letters; with a wider gap around it, or nobody could read it."""
    gap = random.choice(_GAPS)
    pulled = gap.join(word)
    return f" {pulled} " if gap == " " else pulled


def leet(word: str, random: Random) -> str:
    """Digits and signs for letters."""
    return _some(word, random, lambda letter: random.choice(_LEET.get(letter.lower(), letter)))


def combining(word: str, random: Random) -> str:
    """Marks stacked on letters."""
    return _some(word, random, lambda letter: letter + "".join(random.choices(_MARKS, k=random.randint(1, 3))))


TRICKS: dict[str, Callable[[str, Random], str]] = {
    "homoglyphs": homoglyphs,
    "zero-width": zero_width,
    "spaced-out": spaced_out,
    "leet": leet,
    "combining marks": combining,
}


def dressed_up(text: str, trick: str, random: Random, words: float = WORDS) -> str:
    """A text with one trick played on a part of its words; addresses stay, or they would lead nowhere."""
    done, at = [], 0
    for address in _ADDRESS.finditer(text):
        done += [_dress(text[at : address.start()], trick, random, words), address.group()]
        at = address.end()
    return "".join([*done, _dress(text[at:], trick, random, words)])


def _dress(text: str, trick: str, random: Random, words: float) -> str:
    play = TRICKS[trick]
    return _WORD.sub(lambda word: play(word.group(), random) if random.random() < words else word.group(), text)


def _some(word: str, random: Random, change: Callable[[str], str]) -> str:
    """Change random letters of those that change, at least one where there is any."""
    changed = [(at, after) for at, letter in enumerate(word) if (after := change(letter)) != letter]
    chosen = dict(pair for pair in changed if random.random() < LETTERS)
    if changed and not chosen:
        chosen = dict([random.choice(changed)])
    return "".join(chosen.get(at, letter) for at, letter in enumerate(word))
