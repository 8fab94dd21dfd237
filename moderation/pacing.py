"""How much of a batch is done at a time, and what others get in between."""

import math
import sys
import time

from django.db import connection

FIRST = 50  # comments of a chunk that are done before it is known how long the others will take
#: Seconds between two chunks on SQLite, which has one writer: whoever waits for a turn asks every 100 ms at the
#: longest, and without this gap a reader's comment would wait until the batch has ended.
GAP = 0.12


def piece(handled: int, took: float, seconds: float) -> int:
    """How many comments to do next: as many as the time that is left allows at the speed so far, 0 for none.

    At most twice as many as were done: the ones to come may be slower, for reports and appeals that hang on them.
    Done together they cost a tenth of what they cost one by one, so it is all at once where no time is set.
    """
    if math.isinf(seconds):
        return sys.maxsize
    if not handled:
        return FIRST if seconds else 1
    return min(int((seconds - took) / took * handled), 2 * handled) if took < seconds else 0


def plan_anew() -> None:
    """Let PostgreSQL forget how it looks foreign keys up, before many are.

    It plans that once for a session: on a young site for tables that were empty then, which a flood has made large
    since. A thousand decisions then read the whole table a thousand times, in their COMMIT (2 s instead of .02).
    """
    if connection.vendor == "postgresql":
        connection.plan_anew()


def let_others_in() -> None:
    """Pause where there is one writer."""
    if connection.vendor == "sqlite":
        time.sleep(GAP)
