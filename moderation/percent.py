"""Shares in words. Pure."""

from moderation.intervals import Interval

NBSP = "\N{NO-BREAK SPACE}"


def percent(share: float) -> str:
    """A share from 0 to 1 as people say it: "0.3 %", "8 %", and never "0 %" or "100 %" for what is not quite that."""
    number = share * 100
    if 0 < number < 0.1:
        return f"less than 0.1{NBSP}%"
    if 99.9 < number < 100:
        return f"more than 99.9{NBSP}%"
    if number in (0, 100) or 1 <= round(number, 1) <= 99:
        return f"{number:.0f}{NBSP}%"
    return f"{number:.1f}{NBSP}%"


def between(interval: Interval) -> str:
    """ "between 0.3 and 8 %"; the unit is said once where both have it plain."""
    low, high = percent(interval.low), percent(interval.high)
    return f"between {low.removesuffix(f'{NBSP}%') if low[0].isdigit() else low} and {high}"
