"""A breaker (M. Nygard, "Release It!", 2007): a server that failed is left alone for some seconds.

Otherwise every visitor would wait for the same silence, and a hundred of them would take every thread.
"""

import logging
from threading import Lock
from time import monotonic

log = logging.getLogger(__name__)
PAUSE = 5.0  # seconds in which a server that failed is not asked


class Breaker:
    """Whether a server may be asked. One for each server and process; `what` and `instead` are for the log."""

    def __init__(self, what: str, instead: str) -> None:
        self._what, self._instead = what, instead
        self._lock, self._broken, self._until = Lock(), False, 0.0

    def lets_through(self) -> bool:
        return not self._broken or monotonic() >= self._until

    def failed(self, error: Exception) -> None:
        with self._lock:
            if not self._broken:
                log.error("%s does not answer (%s): %s.", self._what, type(error).__name__, self._instead)
            self._broken, self._until = True, monotonic() + PAUSE

    def answered(self) -> None:
        if self._broken:
            with self._lock:
                self._broken = False
            log.warning("%s answers again.", self._what)
