"""What a character looks like: the one table of look-alikes and of characters that nobody can see.

Names (`comments.names`) and the text that filters judge (`comments.normalise`) both fold through here, so a word that
is reserved and a word that is blocked are recognised in the same disguises. The tables are our own selection of the
shapes that abusers use, not Unicode's full list of confusables: a full list also joins letters that honest texts need.

Pure: no Django, no settings.
"""

import re
import unicodedata
from functools import lru_cache


def _pairs(*rows: str) -> dict[str, str]:
    """Read rows of `<letter><look-alikes>` into a table from each look-alike to its plain letter."""
    return {shape: row[0] for row in rows for shape in row[1:]}


def _emoji_letters() -> dict[str, str]:
    """Letters in circles, squares and flags that NFKC leaves alone."""
    table = {}
    for first in (0x1F150, 0x1F170, 0x1F1E6):
        for offset in range(26):
            table[chr(first + offset)] = chr(ord("a") + offset)
    return table


#: Look-alikes after casefolding, close enough that a reader takes one for the other in running text.
SAME_SHAPE: dict[str, str] = {
    **_pairs(
        "aаαɑᴀꭺ",
        "bвʙᴃƅ",
        "cсϲᴄⅽꮯ",
        "dԁᴅɗđꭰ",
        "eеєҽᴇꭼ",
        "fꜰƒ",
        "gɡɢցꮐ",
        "hһнʜհħꮋ",
        "iіιıɪɩꭵ",
        "jјϳᴊյ",
        "kкκᴋꮶ",
        "lӏʟłꮮ",
        "mмᴍꮇ",
        "nոɴ",
        "oоοօøᴏ",
        "pрρᴘꮲ",
        "qԛզ",
        "rʀᴦꮢ",
        "sѕꜱꮪ",
        "tтτᴛŧꭲ",
        "uսυᴜʋ",
        "vνᴠѵꮩ",
        "wԝᴡꮃ",
        "xхχ×",
        "yуүʏγ",
        "zᴢƶꮓ",
    ),
    "æ": "ae",
    "œ": "oe",
    **_emoji_letters(),
}

#: Capitals whose shape is another letter's than their small form's. Used for names only: folding running Greek
#: this way would make a search for a word depend on its case.
CAPITAL_SHAPE: dict[str, str] = _pairs("nΝ", "hΗ", "yΥ", "sՏ", "lԼ", "uՍ", "oՕ", "mΜ", "zΖ", "bΒ", "tΤ", "lI")

#: Looser resemblances and digits, for names only, where a wrong match costs a reader another choice of name.
LOOSE_SHAPE: dict[str, str] = {
    **_pairs("nпηπ", "rгя", "uиц", "wшщω", "eεəɛзэ", "oσө", "bьъб", "aд", "xж", "pթքþ", "kқ"),
    **_pairs("o0", "l1|", "z2", "e3€", "a4", "s5$", "b6", "t7", "b8", "g9"),
    "i": "l",
    "ß": "ss",
}

# Unicode's Default_Ignorable_Code_Point, as ranges, and the blanks that are not in it but show nothing either:
# the Braille blank, the object replacement character and the musical null notehead.
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(p * 65536 + 65534)}{chr(p * 65536 + 65535)}" for p in range(17))

#: Control characters other than line feed and tab, and code points that Unicode promises never to assign: a page,
#: a feed (XML 1.0) or a mail header cannot carry them.
UNPRINTABLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_NONCHARACTERS}]")
SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_NONCHARACTERS}{_IGNORABLE}]")
# Marks written above or below any letter (accents, Zalgo); vowel signs of other scripts are letters to their readers.
_ACCENT = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


@lru_cache(maxsize=8192)
def is_invisible(character: str) -> bool:
    """Whether the character shows nothing and takes no room: a control, a joiner, a filler, a bidi mark."""
    return _INVISIBLE.match(character) is not None or unicodedata.category(character) in ("Cf", "Co")


@lru_cache(maxsize=8192)
def is_mark(character: str) -> bool:
    """Whether the character is drawn onto the one before it."""
    return unicodedata.category(character) in ("Mn", "Me")


def has_visible(text: str) -> bool:
    """Whether a reader would see anything of the text."""
    return any(not (c.isspace() or is_mark(c) or is_invisible(c)) for c in text)


def strip_invisible(text: str) -> str:
    """The text without characters that show nothing. White space stays."""
    unseen = set(filter(is_invisible, set(text)))
    return "".join(c for c in text if c not in unseen) if unseen else text


def cap_marks(text: str, most: int, run: int = 0) -> tuple[str, int]:
    """Drop combining marks above `most` on one base character.

    Invisible characters between marks do not start a new stack, because they are not drawn.

    Args:
        text: any text.
        most: marks that one base character may carry.
        run: marks already on the character before this text, from an earlier call.

    Returns:
        The text, and the marks on its last character, to continue with.
    """
    if text.isascii():
        return text, 0 if text else run
    kept = []
    for character in text:
        if is_mark(character):
            run += 1
            if run > most:
                continue
        elif not is_invisible(character):
            run = 0
        kept.append(character)
    return "".join(kept), run


@lru_cache(maxsize=8192)
def fold_character(character: str) -> str:
    """One character as filters see it: compatibility form, no accent, small, look-alikes replaced.

    Returns:
        Nothing for an invisible character or an accent, a space for white space other than a line feed, and a few
        letters where one character stands for several (a ligature).
    """
    if character == "\n":
        return character
    if character.isspace():
        return " "
    if is_invisible(character):
        return ""
    # Accents go before capitals do: the small form of the iota below Greek vowels is a letter of its own.
    plain = _ACCENT.sub("", unicodedata.normalize("NFKD", character)).casefold()
    plain = _ACCENT.sub("", unicodedata.normalize("NFD", plain))
    # Composed again, because taking accents off must not leave Korean syllables in pieces.
    plain = unicodedata.normalize("NFC", plain)
    return "".join(SAME_SHAPE.get(c, c) for c in plain)
