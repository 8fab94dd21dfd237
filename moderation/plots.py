"""Numbers to shapes: the geometry of the plots, for templates to draw as SVG. Pure.

A plot is a field of WIDTH by HEIGHT that the page stretches to its own width, so it has no letters in it: labels are
HTML beside it and stay readable on a narrow screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1000.0, 100.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of one series, named by its CSS class."""

    css: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stacks:
    """Stacked bars, one a day, and the value that the top of the field stands for."""

    bars: list[Bar]
    top: int
    lines: list[float]  # y of the rules at a half and at the top


@dataclass(frozen=True, slots=True)
class Span:
    """An interval on a scale from 0 to `top`: where it begins and ends, its point, and the limit; all x."""

    low: float
    high: float
    point: float
    limit: float


@dataclass(frozen=True, slots=True)
class Reach:
    """An upright interval of shares in a column: x of its middle, the column's edges, and y of all its marks."""

    x: float
    left: float
    right: float
    low: float
    high: float
    point: float
    expected: float


def stacks(days: Sequence[Sequence[int]], css: Sequence[str]) -> Stacks:
    """Bars of the values of each day, the first series at the bottom; `css` names the series."""
    top = round_up(max((sum(day) for day in days), default=0))
    step = WIDTH / max(1, len(days))
    # Bars stand apart by a fifth of their place.
    width = step * 0.8
    bars = []
    for number, day in enumerate(days):
        base = HEIGHT
        for name, value in zip(css, day, strict=True):
            if value:
                height = HEIGHT * value / top
                base -= height
                bars.append(Bar(name, _near(number * step + step * 0.1), _near(base), _near(width), _near(height)))
    return Stacks(bars, top, [0.0, HEIGHT / 2])


def span(low: float, high: float, point: float, limit: float, top: float) -> Span:
    """Where an interval of shares lies in the width of the field."""
    return Span(*(_near(WIDTH * min(value, top) / top) for value in (low, high, point, limit)))


def reach(column: int, columns: int, low: float, high: float, point: float, expected: float) -> Reach:
    """Where an interval of shares lies in one of the columns of the field, with the share seen and the one expected."""
    step = WIDTH / columns
    edges = (_near((column + part) * step) for part in (0.5, 0.15, 0.85))
    return Reach(*edges, *(_near(HEIGHT * (1 - share)) for share in (low, high, point, expected)))


def length(value: int, most: int) -> float:
    """How long the bar of a value is where the longest is WIDTH."""
    return _near(WIDTH * value / most) if most else 0.0


def round_up(value: int) -> int:
    """The next number that a scale may end at: 4, 6, 8, 10, 20, 40, and so on, so that its half is whole."""
    size = 1
    while True:
        for step in (2, 4, 6, 8, 10):
            if step * size >= max(value, 4):
                return step * size
        size *= 10


def _near(number: float) -> float:
    return round(number, 2)
