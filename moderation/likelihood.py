"""What a probability of spam is called in words: how many comments in a hundred are spam. Pure."""

from math import floor

NBSP = "\N{NO-BREAK SPACE}"


def in_100(p: float, beside: float | None = None) -> str:
    """A probability as people say it: "38 in 100", and never "0" or "100" for what nobody can be sure of.

    Args:
        beside: a line that is named beside it. Under it, where both would read as the same number, this one gets a
            decimal.
    """
    if p < 0.01:
        return f"fewer than 1{NBSP}in{NBSP}100"
    if p > 0.99:
        return f"more than 99{NBSP}in{NBSP}100"
    number = percent_of(p)
    if beside is not None and p < beside and number == percent_of(beside):
        number = f"{floor(p * 1000) / 10:.1f}"
    return f"{number}{NBSP}in{NBSP}100"


def percent_of(p: float) -> str:
    """The number in it: whole, but for lines between two whole ones (95.5)."""
    tenths = round(p * 1000, 3)
    return f"{tenths / 10:g}" if tenths == round(tenths) and tenths % 10 == 5 else f"{p * 100:.0f}"
