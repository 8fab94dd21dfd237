"""A bar that says how far a long command is; drawn on a terminal only, so that logs hold no half lines."""

from __future__ import annotations

import sys
from typing import TextIO

_WIDTH = 30


class Bar:
    """One line that is drawn again as the work goes on, and gone when it is done. A context manager.

    Args:
        what: what is being done, in a few words.
        total: how many steps there are.
        out: where to draw; nothing is drawn where that is no terminal.
    """

    def __init__(self, what: str, total: int, out: TextIO | None = None) -> None:
        self._what, self._total, self._out = what, max(total, 1), out or sys.stderr
        self._drawn = -1

    def __enter__(self) -> Bar:
        self(0)
        return self

    def __exit__(self, *_: object) -> None:
        if self._out.isatty():
            self._out.write("\r\x1b[K")
            self._out.flush()

    def __call__(self, done: int) -> None:
        """So many steps are done."""
        percent = min(100, 100 * done // self._total)
        if percent == self._drawn or not self._out.isatty():
            return
        self._drawn = percent
        full = _WIDTH * percent // 100
        self._out.write(f"\r\x1b[K{self._what} [{'#' * full}{'.' * (_WIDTH - full)}] {percent:3} %")
        self._out.flush()
