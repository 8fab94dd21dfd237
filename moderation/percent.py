"""Shares in words. Pure."""

from moderation.intervals import Interval


def percent(share: float) -> str:
    """A share from 0 to 1 as people say it: "0.3 %", "8 %", and never "0 %" or "100 %" for what is not quite that."""
    number = share * 100
    if 0 < number < 0.1:
        return "less than 0.1 %"
    if 99.9 < number < 100:
        return "more than 99.9 %"
    if number in (0, 100) or 1 <= round(number, 1) <= 99:
        return f"{number:.0f} %"
    return f"{number:.1f} %"


def between(interval: Interval) -> str:
    """ "between 0.3 and 8 %"; the unit is said once where both have it plain."""
    low, high = percent(interval.low), percent(interval.high)
    return f"between {low.removesuffix(' %') if low[0].isdigit() else low} and {high}"
