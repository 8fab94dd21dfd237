"""Names that readers give themselves: cleaned, and compared by what they look like.

Pure: no Django, no settings.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from comments.confusables import (
    CAPITAL_SHAPE,
    LOOSE_SHAPE,
    SAME_SHAPE,
    SURROGATE,
    cap_marks,
    has_visible,
    is_invisible,
    strip_invisible,
)

#: Words that no reader may bear, whatever the site's own list says.
ALWAYS_RESERVED = ("admin", "administrator", "moderator", "editor", "staff", "system", "gatepost", "root")

MARKS_PER_LETTER = 3
# Far above any name, so that a huge one is refused before it is worked on.
_MOST_RAW_CHARS = 2_000
_INNER_BANG = re.compile(r"(?<=\w)!(?=\w)")
_INNER_AT = re.compile(r"(?<=\w)@(?=\w)")


class UnusableName(ValueError):
    """The name shows nothing, or is too long."""


def clean_name(raw: str, max_chars: int = 60) -> str:
    """The name as it is stored and shown: one line, composed (NFC), nothing in it that cannot be seen.

    Args:
        raw: what was typed.
        max_chars: the longest name, counted in characters after cleaning.

    Raises:
        UnusableName: nothing visible remains, or the name is too long.
    """
    if len(raw) > _MOST_RAW_CHARS:
        raise UnusableName(f"A name has at most {max_chars} characters.")
    # White space first: some of it counts as control characters and would join two words when stripped.
    name = " ".join(SURROGATE.sub("", raw).split())
    name = strip_invisible(name)
    name = unicodedata.normalize("NFC", name)
    # Marks at the start have no letter to stand on; they would be drawn onto whatever the page puts before the name.
    name, _ = cap_marks(name, MARKS_PER_LETTER, run=MARKS_PER_LETTER)
    name = " ".join(name.split())
    if not has_visible(name):
        raise UnusableName("A name needs at least one character that can be seen.")
    if len(name) > max_chars:
        raise UnusableName(f"A name has at most {max_chars} characters.")
    return name


def skeleton(name: str) -> str:
    """What a name looks like at a glance: names that a reader may take for each other have equal skeletons.

    Compatibility forms, case, marks, spaces, punctuation and invisible characters are gone; look-alike letters and
    digits are one letter; `i`, `l`, `1` and `|` are all `l`; `rn` is `m` and `vv` is `w`. After the idea of Unicode
    Technical Standard 39, section 4, with our own table. Only for comparing; never shown.
    """
    text = unicodedata.normalize("NFKC", SURROGATE.sub("", name))
    text = "".join(CAPITAL_SHAPE.get(c, c) for c in text if not is_invisible(c)).casefold()
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    text = "".join(c for c in text if not unicodedata.category(c).startswith("M"))
    text = _INNER_AT.sub("a", _INNER_BANG.sub("l", text))
    text = "".join(SAME_SHAPE.get(c, c) for c in text)
    text = "".join(LOOSE_SHAPE.get(c, c) for c in text)
    text = "".join(c for c in text if c.isalnum())
    return text.replace("rn", "m").replace("vv", "w")


def is_reserved(name: str, reserved: Iterable[str]) -> bool:
    """Whether the name could be taken for one of the reserved names, or for a word of `ALWAYS_RESERVED`.

    Args:
        name: a name, clean or not.
        reserved: display names and log-ins of the staff.
    """
    # "@dmin" hides a letter, "@admin" does not: try both.
    shapes = {skeleton(name), skeleton(name.replace("@", "a"))} - {""}
    return any(_skeleton_of_ours(word) in shapes for word in (*ALWAYS_RESERVED, *reserved))


#: Of our own names, which are the same each time. A visitor's may be long, and is never kept.
_skeleton_of_ours = lru_cache(maxsize=1024)(skeleton)
