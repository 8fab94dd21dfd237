"""What changed between two texts, line by line and within a line word by word, for a page that shows it.

Pure: no Django, no settings.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

SAME, GONE, NEW, SKIPPED = "same", "gone", "new", "skipped"
CONTEXT = 2  # unchanged lines shown around a change
#: Comparing costs the product of the lines that differ; beyond this, all of the old and all of the new is shown.
MAX_PRODUCT = 4_000_000
MAX_WORDS_PRODUCT = 250_000
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison: its kind, and its pieces as (text, whether this piece changed).

    For a skipped stretch, `count` says how many unchanged lines are left out.
    """

    kind: str
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    count: int = 0


def compare(old: str, new: str) -> list[Row]:
    """Rows that lead from the old text to the new; an empty list when they are equal."""
    if old == new:
        return []
    before, after = old.splitlines(), new.splitlines()
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    middle_before, middle_after = before[start : len(before) - end], after[start : len(after) - end]
    rows = _same(before[:start])
    if len(middle_before) * len(middle_after) > MAX_PRODUCT:
        rows += [Row(GONE, [(line, False)]) for line in middle_before]
        rows += [Row(NEW, [(line, False)]) for line in middle_after]
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, middle_before, middle_after).get_opcodes():
            if tag == "equal":
                rows += _same(middle_before[i1:i2])
            else:
                rows += _changed(middle_before[i1:i2], middle_after[j1:j2])
    rows += _same(before[len(before) - end :])
    return _folded(rows)


def _common(one: list[str], other: list[str]) -> int:
    """How many lines are equal at the start."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _same(lines: list[str]) -> list[Row]:
    return [Row(SAME, [(line, False)]) for line in lines]


def _changed(gone: list[str], new: list[str]) -> list[Row]:
    """Lines that gave way to others. Pairs that resemble each other are compared word by word."""
    if len(gone) != len(new):
        return [Row(GONE, [(line, False)]) for line in gone] + [Row(NEW, [(line, False)]) for line in new]
    rows = []
    for old_line, new_line in zip(gone, new, strict=True):
        left, right = _words(old_line, new_line)
        rows += [Row(GONE, left), Row(NEW, right)]
    return rows


def _words(old: str, new: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) * len(after) > MAX_WORDS_PRODUCT:
        return [(old, False)], [(new, False)]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.4:
        return [(old, False)], [(new, False)]
    left, right = [], []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if i1 < i2:
            left.append(("".join(before[i1:i2]), tag != "equal"))
        if j1 < j2:
            right.append(("".join(after[j1:j2]), tag != "equal"))
    return left, right


def _folded(rows: list[Row]) -> list[Row]:
    """Leave out long unchanged stretches."""
    changed = [index for index, row in enumerate(rows) if row.kind != SAME]
    near = {index + step for index in changed for step in range(-CONTEXT, CONTEXT + 1)}
    folded: list[Row] = []
    skipped = 0
    for index, row in enumerate(rows):
        if index in near:
            if skipped:
                folded.append(Row(SKIPPED, count=skipped))
                skipped = 0
            folded.append(row)
        else:
            skipped += 1
    if skipped:
        folded.append(Row(SKIPPED, count=skipped))
    return folded
