"""The numbers of the rules that a screening was judged by, written so that ten thousand of them take a line.

Pure: no Django, no settings.
"""

from collections.abc import Iterable


def stretches(numbers: Iterable[int]) -> list[list[int]]:
    """Rising numbers as [first, last] of each unbroken run."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return runs


def numbers(recorded: list) -> list[int]:
    """The numbers again. Screenings before 0013 recorded them one by one."""
    found: list[int] = []
    for entry in recorded:
        if isinstance(entry, int):
            found.append(entry)
        else:
            first, last = entry
            found.extend(range(first, last + 1))
    return found
